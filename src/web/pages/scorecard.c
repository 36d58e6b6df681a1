/* A period in pages: the scorecard, the returns with their findings. */
#include "service/scorecard.h"

#include <math.h>

#include "base/arena.h"
#include "chart/chart.h"
#include "web/localise.h"
#include "web/pages/pages.h"
#include "web/pages/period.h"
#include "web/pages/table_file.h"

#include "base/banned.h"

enum { CHART_BYTES_MOST = 1024 * 1024 };

static enum status load(struct work *work, const char *asked, bool without_check,
                        struct progress **out_progress, json_t **out_choices)
{
    struct period period;
    struct progress_options options = { .without_check = without_check };
    enum status status = page_period(work, asked, &period, out_choices);
    if (status != STATUS_OK)
        return status;
    status = progress_load(work, period, &options, out_progress);
    if (status != STATUS_OK)
        json_decref(*out_choices);
    return status;
}

static const char *title_of(struct work *work, const struct call *call, const char *words,
                            const struct progress *progress)
{
    return language_fill(work->arena, call_words(call, words), "period",
                         localise_period(work, call, progress->period_words));
}

enum status page_scorecard(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL;
    enum status status = load(work, request_query(call->request, "period"), true, &progress,
                              &choices);
    if (status != STATUS_OK)
        return status;
    struct page page = { .template = "pages/scorecard.html",
                         .model = scorecard_model(work->arena, progress) };
    json_object_set_new(page.model, "periods", choices);
    page.title = title_of(work, call, WORDS("Scorecard, {period}"), progress);
    *out_page = page;
    return STATUS_OK;
}

/* How many ratings of each kind, as declared and as computed. */
static enum status draw_counts(struct work *work, const struct call *call, const json_t *counts,
                               json_t **out_html)
{
    const json_t *levels = json_object_get(counts, "levels");
    size_t count = json_array_size(levels);
    const char **labels = arena_array_of(work->arena, count + 1, const char *);
    double *declared = arena_array_of(work->arena, count + 1, double);
    double *computed = arena_array_of(work->arena, count + 1, double);
    for (size_t i = 0; i < count; i++) {
        const json_t *level = json_array_get(levels, i);
        labels[i] = arena_format(
            work->arena, "%s %s", json_string_value(json_object_get(level, "letters")),
            call_words(call, json_string_value(json_object_get(level, "name"))));
        declared[i] = json_number_value(json_object_get(level, "declared"));
        computed[i] = json_number_value(json_object_get(level, "computed"));
    }
    const struct chart_series series[] = { { call_words(call, WORDS("Declared")), declared },
                                           { call_words(call, WORDS("Computed")), computed } };
    struct chart chart = {
        .kind = CHART_BAR,
        .id = "ratings",
        .title = call_words(call, WORDS("Ratings, as declared and as computed")),
        .description = call_words(call, WORDS("The table below has the figures.")),
        .labels = labels,
        .label_count = count,
        .series = series,
        .series_count = ARRAY_COUNT(series),
        .target = NAN,
    };
    struct text text = text_new(work->arena, CHART_BYTES_MOST);
    enum status status = chart_draw(work, &chart, &text);
    *out_html = status == STATUS_OK ? json_stringn(text.bytes, text.length) : NULL;
    return status;
}

enum status page_heat_map(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL, *chart = NULL;
    enum status status = load(work, request_query(call->request, "period"), true, &progress,
                              &choices);
    if (status != STATUS_OK)
        return status;
    struct page page = { .template = "pages/heat-map.html",
                         .model = heat_map_model(work->arena, progress) };
    json_object_set_new(page.model, "periods", choices);
    status = draw_counts(work, call, json_object_get(page.model, "counts"), &chart);
    if (status == STATUS_OK)
        json_object_set_new(page.model, "chartHtml", chart);
    page.title = title_of(work, call, WORDS("At a glance, {period}"), progress);
    *out_page = page;
    return status;
}

static enum status ratings_file(struct work *work, const struct call *call, bool is_ods,
                                struct page *out_page)
{
    static const char *const columns[] = { "period",   "objective", "reference", "measure",
                                           "title",    "unit",      "target",    "value",
                                           "declared", "computed" };
    enum { COLUMNS = ARRAY_COUNT(columns) };
    struct progress *progress = NULL;
    json_t *choices = NULL;
    enum status status = load(work, request_query(call->request, "period"), true, &progress,
                              &choices);
    if (status != STATUS_OK)
        return status;
    json_decref(choices);
    size_t count = progress->rows.count;
    struct slice *all = arena_array_of(work->arena, count * COLUMNS + 1, struct slice);
    for (size_t i = 0; i < count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        const char *const cells[COLUMNS] = {
            progress->period_code,
            row->objective->objective->code,
            row->reference,
            row->measure->code,
            row->measure->title,
            row->unit ? row->unit->code : NULL,
            row->target_words,
            row->figure.words ? row->figure.words : row->missing_words,
            row->declared ? row->declared->letters : row->declared_words,
            row->computed ? row->computed->letters : NULL,
        };
        for (size_t c = 0; c < COLUMNS; c++)
            all[i * COLUMNS + c] = slice_of(cells[c] ? cells[c] : "");
    }
    const struct table_file table = { "ratings", "Ratings", columns, COLUMNS, all, count, COLUMNS };
    return table_file_answer(work, &table, is_ods, out_page);
}

enum status page_ratings_csv(struct work *work, const struct call *call, struct page *out_page)
{
    return ratings_file(work, call, false, out_page);
}

enum status page_ratings_ods(struct work *work, const struct call *call, struct page *out_page)
{
    return ratings_file(work, call, true, out_page);
}

enum status page_returns(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL;
    const char *asked = call->parameters[0] ? call_parameter(call, "period") : NULL;
    enum status status = load(work, asked, false, &progress, &choices);
    if (status != STATUS_OK)
        return status;
    const char *today = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    struct page page = { .template = "pages/returns.html",
                         .model = returns_model(work->arena, progress, today) };
    json_object_set_new(page.model, "periods", choices);
    page.title = title_of(work, call, WORDS("Returns, {period}"), progress);
    *out_page = page;
    return STATUS_OK;
}
