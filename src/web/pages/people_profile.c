/* The profile of a snapshot: every characteristic as a table and as a picture. */
#include "service/people_profile.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "chart/chart.h"
#include "service/people_view.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum { CHART_BYTES_MOST = 256 * 1024, BARS_MOST = 12 };

static const char *share_words(struct arena *arena, int64_t share)
{
    return share == INTEGER_MISSING ? ""
                                    : arena_format(arena, "%s%%", number_print(arena, share, 1));
}

/* A row, with a cell for the benchmark where its table is compared. */
static json_t *rows_json(struct arena *arena, const struct list *rows, bool is_compared)
{
    json_t *array = json_array();
    for (size_t i = 0; i < rows->count; i++) {
        const struct profile_row *row = rows->items[i];
        json_t *compared = is_compared
                               ? json_pack("{s:s}", "words", share_words(arena, row->compared))
                               : json_null();
        json_array_append_new(array,
                              json_pack("{s:s, s:I, s:s, s:o}", "label", row->label, "count",
                                        (json_int_t)row->count, "share",
                                        share_words(arena, row->share), "compared", compared));
    }
    return array;
}

/* Bars of the shares of those who answered; none where there are too many to tell apart. */
static enum status draw(struct work *work, const struct call *call, const char *benchmark,
                        const struct profile_table *table, json_t *json)
{
    const struct list *rows = table->groups.count > 0 ? &table->groups : &table->answers;
    const char *labels[BARS_MOST];
    double shares[BARS_MOST], compared[BARS_MOST];
    if (table->answered == 0 || rows->count > BARS_MOST)
        return STATUS_OK;
    for (size_t i = 0; i < rows->count; i++) {
        const struct profile_row *row = rows->items[i];
        /* "Black" for "Black, Black British, …": bars have little room, the table has the rest */
        labels[i] = table->groups.count > 0
                        ? arena_copy(work->arena, row->label, strcspn(row->label, ","))
                        : row->label;
        shares[i] = (double)row->share / (double)NUMBER_ONE;
        compared[i] = row->compared == INTEGER_MISSING ? NAN
                                                       : (double)row->compared / (double)NUMBER_ONE;
    }
    const struct chart_series series[] = {
        { call_words(call, WORDS("Of those who answered")), shares }, { benchmark, compared }
    };
    struct chart chart = {
        .kind = CHART_BAR,
        .id = arena_format(work->arena, "profile-%s", table->column),
        .title = call_words(call, table->title),
        .description = call_words(call, WORDS("The table below has the figures.")),
        .labels = labels,
        .label_count = rows->count,
        .series = series,
        .series_count = table->is_compared ? 2 : 1,
        .unit = "%",
        .decimals = 1,
        .target = NAN,
    };
    struct text text = text_new(work->arena, CHART_BYTES_MOST);
    enum status status = chart_draw(work, &chart, &text);
    if (status == STATUS_OK)
        json_object_set_new(json, "chartHtml", json_stringn(text.bytes, text.length));
    return status;
}

static enum status table_json(struct work *work, const struct call *call, const char *benchmark,
                              const struct profile_table *table, json_t *array)
{
    struct arena *arena = work->arena;
    bool has_name = strcmp(table->title, table->list_title) == 0; /* then once is enough */
    json_t *json = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s, s:b}", "column", table->column,
                             "title", table->title, "list", has_name ? "" : table->list_title,
                             "total", (json_int_t)table->total, "answered",
                             (json_int_t)table->answered, "response",
                             share_words(arena, table->response), "isCompared", table->is_compared);
    json_object_set_new(json, "groups", rows_json(arena, &table->groups, table->is_compared));
    json_object_set_new(json, "answers", rows_json(arena, &table->answers, table->is_compared));
    json_object_set_new(json, "states", rows_json(arena, &table->states, table->is_compared));
    json_array_append_new(array, json);
    return draw(work, call, benchmark, table, json);
}

static json_t *units_json(const struct people_profile *profile)
{
    json_t *array = json_array();
    for (size_t i = 0; i < profile->units.count; i++) {
        const char *unit = profile->units.items[i];
        bool here = profile->unit && strcmp(profile->unit, unit) == 0;
        json_array_append_new(array, json_pack("{s:s, s:b}", "name", unit, "isHere", here));
    }
    return array;
}

static json_t *benchmarks_json(const struct call *call, const struct people_profile *profile)
{
    json_t *array = json_array();
    const char *chosen = profile->benchmark ? profile->benchmark->name : "";
    json_array_append_new(array, form_item("", "Nothing", NULL, chosen));
    for (size_t i = 0; i < profile->benchmarks.count; i++) {
        const struct profile_benchmark *one = profile->benchmarks.items[i];
        json_array_append_new(array, form_data_item(call, one->name, one->title, chosen));
    }
    return array;
}

/* Whence the benchmark is, and how well it is known: a comparison is not better than that. */
static json_t *benchmark_json(const struct benchmark *benchmark)
{
    if (!benchmark)
        return json_null();
    return json_pack("{s:s, s:s, s:s?, s:s?, s:s?}", "name", benchmark->name, "title",
                     benchmark->title, "population", benchmark->population, "source",
                     benchmark->source, "standing", benchmark->standing);
}

static json_t *model_of(struct work *work, const struct call *call,
                        const struct people_profile *profile, json_t *tables)
{
    const struct snapshot *snapshot = &profile->entry.snapshot;
    json_t *model = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s?, s:o, s:o, s:s}", "code",
                              snapshot->code, "snapshotTitle", snapshot->title, "day",
                              date_print_iso_long(work->arena, snapshot->taken_on), "version",
                              (json_int_t)profile->entry.version.number, "people",
                              (json_int_t)profile->people, "unit", profile->unit, "units",
                              units_json(profile), "tables", tables, "notice", PEOPLE_UNPROTECTED);
    json_object_set_new(model, "isWhole", json_boolean(profile->is_whole));
    json_object_set_new(model, "benchmark", benchmark_json(profile->benchmark));
    json_object_set_new(
        model, "choice",
        form_field(&(struct form_field){ .name = "benchmark",
                                         .label = call_words(call, WORDS("Compare with")),
                                         .items = benchmarks_json(call, profile) },
                   NULL));
    json_object_set_new(model, "show",
                        form_button(call_words(call, WORDS("Compare")), "govuk-button--secondary"));
    return model;
}

enum status page_people_profile(struct work *work, const struct call *call, struct page *out_page)
{
    struct people_profile profile;
    json_t *tables = json_array();
    enum status status = people_profile_load(work, call_parameter(call, "code"),
                                             call_asked(call, "unit"),
                                             call_asked(call, "benchmark"), &profile);
    const char *benchmark = status == STATUS_OK && profile.benchmark ? profile.benchmark->title
                                                                     : NULL;
    for (size_t i = 0; status == STATUS_OK && i < profile.tables.count; i++)
        status = table_json(work, call, benchmark, profile.tables.items[i], tables);
    if (status != STATUS_OK) {
        json_decref(tables);
        return status;
    }
    const char *whom = profile.unit ? profile.unit : call_words(call, WORDS("The whole workforce"));
    *out_page = (struct page){ .template = "pages/people-profile.html",
                               .has_figures = true,
                               .title = arena_format(work->arena, "%s: %s",
                                                     profile.entry.snapshot.title, whom),
                               .model = model_of(work, call, &profile, tables) };
    return STATUS_OK;
}

/* The file: a row for each group, answer and state of every characteristic -----------------------
 */

enum { FILE_COLUMNS = 7, FILE_NUMBERS_FROM = 4 };

static const char *number_or_blank(struct arena *arena, int64_t millionths)
{
    return millionths == INTEGER_MISSING ? "" : number_print(arena, millionths, 1);
}

/* Gives where the next row's cells go. */
static struct slice *put_rows(struct arena *arena, const struct profile_table *table,
                              const char *kind, const struct list *rows, struct slice *cells)
{
    for (size_t i = 0; i < rows->count; i++, cells += FILE_COLUMNS) {
        const struct profile_row *row = rows->items[i];
        const char *const words[FILE_COLUMNS] = {
            table->column,
            kind,
            row->code,
            row->label,
            arena_format(arena, "%lld", (long long)row->count),
            number_or_blank(arena, strcmp(kind, "state") == 0 ? INTEGER_MISSING : row->share),
            number_or_blank(arena, table->is_compared ? row->compared : INTEGER_MISSING)
        };
        for (size_t c = 0; c < FILE_COLUMNS; c++)
            cells[c] = slice_of(words[c] ? words[c] : "");
    }
    return cells;
}

static enum status answer_file(struct work *work, const struct call *call, bool is_ods,
                               struct page *out_page)
{
    static const char *const headings[FILE_COLUMNS] = {
        "characteristic",   "kind", "code", "label", "people", "percent_of_answered",
        "benchmark_percent"
    };
    struct people_profile profile;
    enum status status = people_profile_load(work, call_parameter(call, "code"),
                                             call_asked(call, "unit"),
                                             call_asked(call, "benchmark"), &profile);
    size_t most = 0;
    for (size_t i = 0; status == STATUS_OK && i < profile.tables.count; i++) {
        const struct profile_table *table = profile.tables.items[i];
        most += table->groups.count + table->answers.count + table->states.count;
    }
    struct slice *cells = arena_array_of(work->arena, most * FILE_COLUMNS + 1, struct slice);
    const struct table_file file = { .name = "profile",
                                     .title = "Profile",
                                     .headings = headings,
                                     .columns = FILE_COLUMNS,
                                     .cells = cells,
                                     .rows = most,
                                     .numbers_from = FILE_NUMBERS_FROM };
    for (size_t i = 0; status == STATUS_OK && i < profile.tables.count; i++) {
        const struct profile_table *table = profile.tables.items[i];
        cells = put_rows(work->arena, table, "group", &table->groups, cells);
        cells = put_rows(work->arena, table, "answer", &table->answers, cells);
        cells = put_rows(work->arena, table, "state", &table->states, cells);
    }
    return status == STATUS_OK ? table_file_answer(work, &file, is_ods, out_page) : status;
}

enum status page_people_profile_csv(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    return answer_file(work, call, false, out_page);
}

enum status page_people_profile_ods(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    return answer_file(work, call, true, out_page);
}
