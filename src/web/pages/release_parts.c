#include "web/pages/release_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "document/released_chart.h"
#include "web/form.h"
#include "web/routes.h"

#include "base/banned.h"

enum { ROWS_SHOWN = 300, CHART_BYTES_MOST = 256 * 1024 };

static const char *figure_words(struct arena *arena, struct released_figure figure,
                                const char *unit)
{
    if (figure.mark != RELEASED_SHOWN)
        return released_mark_text(figure.mark);
    return arena_format(arena, "%s%s", number_print_count(arena, figure.number), unit);
}

/* What a page of tables is made for. */
struct showing {
    struct work *work;
    const struct call *call;
};

/* What a mark means, for those who hear the page; NULL: a number stands there. */
static const char *mark_words(enum released_mark mark)
{
    static const char *const words[RELEASED_MARK_COUNT] = {
        [RELEASED_CONFIDENTIAL] = WORDS("hidden"),
        [RELEASED_LOW] = WORDS("rounds to nought"),
        [RELEASED_UNAVAILABLE] = WORDS("not available"),
        [RELEASED_NOT_APPLICABLE] = WORDS("not applicable"),
    };
    return words[mark];
}

/* Under its name the figure, and under nameMeans what its mark means. */
static void set_figure(const struct showing *showing, json_t *row, const char *name,
                       struct released_figure figure)
{
    struct arena *arena = showing->work->arena;
    const char *unit = strcmp(name, "percent") == 0 ? "%" : "";
    const char *means = mark_words(figure.mark);
    json_object_set_new(row, name, json_string(figure_words(arena, figure, unit)));
    json_object_set_new(row, arena_format(arena, "%sMeans", name),
                        means ? json_string(call_words(showing->call, means)) : json_null());
}

static json_t *row_json(const struct showing *showing, const struct released_table *table,
                        size_t row)
{
    json_t *labels = json_array();
    bool is_total = true; /* of everything but the first variable */
    for (size_t i = 1; i < released_table_headings(table); i++) {
        const char *label = released_table_label(table, row, i);
        is_total = is_total && strcmp(label, RELEASED_ALL) == 0;
        json_array_append_new(labels, json_string(label));
    }
    json_t *json = json_pack(
        "{s:s, s:o, s:b, s:n, s:n, s:n, s:n}", "first",
        released_table_headings(table) ? released_table_label(table, row, 0) : RELEASED_ALL,
        "labels", labels, "isTotal", (int)(is_total && released_table_headings(table) > 1), "mean",
        "meanMeans", "median", "medianMeans");
    set_figure(showing, json, "count", released_table_count(table, row));
    set_figure(showing, json, "percent", released_table_percent(table, row));
    if (!released_table_has_amounts(table))
        return json;
    set_figure(showing, json, "mean", released_table_mean(table, row));
    set_figure(showing, json, "median", released_table_median(table, row));
    return json;
}

/* "Hidden: 12 of 40 counts, …" */
static const char *hidden_words(struct arena *arena, const struct released_table *table)
{
    size_t hidden = 0, rows = released_table_rows(table);
    for (size_t row = 0; row < rows; row++)
        hidden += released_table_count(table, row).mark == RELEASED_CONFIDENTIAL;
    if (hidden == 0)
        return arena_format(arena, "All %zu counts are shown.", rows);
    return arena_format(
        arena,
        "Hidden: %zu of %zu counts, marked [c]. Each is small, or a small one could "
        "be worked out from it.",
        hidden, rows);
}

static json_t *table_json(const struct showing *showing, const struct released_table *table,
                          size_t number)
{
    struct work *work = showing->work;
    size_t rows = released_table_rows(table), headings = released_table_headings(table);
    json_t *names = json_array(), *list = json_array();
    for (size_t i = 1; i < headings; i++)
        json_array_append_new(names, json_string(released_table_heading(table, i)));
    for (size_t row = 0; row < rows && row < ROWS_SHOWN; row++)
        json_array_append_new(list, row_json(showing, table, row));
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:s, s:b}", "id",
        arena_format(work->arena, "table-%zu", number + 1), "name", released_table_name(table),
        "firstHeading",
        headings ? released_table_heading(table, 0) : call_words(showing->call, WORDS("People")),
        "otherHeadings", names, "rows", list, "hidden", hidden_words(work->arena, table),
        "hasAmounts", released_table_has_amounts(table));
    if (rows > ROWS_SHOWN)
        json_object_set_new(json, "more",
                            json_string(arena_format(work->arena,
                                                     "The first %d of %zu rows; the files have all "
                                                     "of them.",
                                                     ROWS_SHOWN, rows)));
    else
        json_object_set_new(json, "more", json_null());
    return json;
}

static enum status add_chart(const struct showing *showing, const struct released_table *table,
                             size_t number, json_t *json)
{
    struct work *work = showing->work;
    struct text text = text_new(work->arena, CHART_BYTES_MOST);
    const struct released_chart_words words = {
        .title = released_table_headings(table)
                     ? call_words(showing->call, released_table_heading(table, 0))
                     : "",
        .people = call_words(showing->call, WORDS("People")),
        .figures = call_words(showing->call, WORDS("The table below has the figures.")),
        .hidden = call_words(showing->call,
                             WORDS("Without a bar, because it is hidden so that nobody can be "
                                   "recognised: {1}.")),
    };
    enum status status = released_chart(work, table, &words,
                                        arena_format(work->arena, "chart-%zu", number + 1), &text);
    json_object_set_new(json, "chartHtml",
                        text.length ? json_stringn(text.bytes, text.length) : json_null());
    return status;
}

enum status released_tables_json(struct work *work, const struct call *call,
                                 const struct released_list *list, json_t **out_array)
{
    const struct showing showing = { work, call };
    json_t *array = json_array();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < list->count; i++) {
        json_t *json = table_json(&showing, list->tables[i], i);
        json_array_append_new(array, json);
        status = add_chart(&showing, list->tables[i], i, json);
    }
    if (status == STATUS_OK)
        *out_array = array;
    else
        json_decref(array);
    return status;
}

json_t *release_lines_json(struct work *work, const char *lines)
{
    json_t *array = json_array();
    struct slice rest = slice_of(lines), line;
    while (slice_split(&rest, '\n', &line))
        if (slice_trim(line).length > 0)
            json_array_append_new(array, json_string(slice_copy(work->arena, slice_trim(line))));
    return array;
}

json_t *release_exposures_json(struct work *work, const struct ledger_verdict *verdict,
                               size_t left_out)
{
    json_t *array = json_array();
    for (size_t i = 0; i < verdict->exposures.count; i++) {
        const struct ledger_exposure *exposure = verdict->exposures.items[i];
        json_t *steps = release_lines_json(work,
                                           exposure->certificate ? exposure->certificate : "");
        for (size_t line = 0; line < left_out && json_array_size(steps) > 1; line++)
            json_array_remove(steps, 0);
        json_array_append_new(array,
                              json_pack("{s:s, s:o}", "name", exposure->name, "steps", steps));
    }
    return array;
}

json_t *release_look_button(const char *words, const char *act, const json_t *result)
{
    bool may_go_out = json_is_true(json_object_get(result, "mayGoOut"));
    return form_act_button(words, may_go_out ? "govuk-button--secondary" : NULL, act);
}
