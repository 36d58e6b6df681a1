/* The workforce from snapshot to snapshot: small charts beside each other, and the table of the
 * same figures; for those who may count people. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "chart/chart.h"
#include "entity/entity.h"
#include "service/pay_words.h"
#include "service/people_trend.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum { CHART_MOST = 256 * 1024, TENTHS = 10 };

/* A month and year, as it fits under a small chart: "03/2026". */
static const char *short_day(struct work *work, const struct trend_point *point)
{
    const char *iso = point->entry.snapshot.taken_on;
    return arena_format(work->arena, "%.2s/%.4s", iso + strlen("2026-"), iso);
}

/* A line of the table: a name and a figure for each snapshot, NAN where there is none. */
struct line {
    const char *id, *title;
    double figures[TREND_MOST];
    const char *words[TREND_MOST];
    const char *unit;
    int decimals;
};

static enum status draw(struct work *work, const struct people_trend *trend,
                        const struct line *line, double highest, json_t *array)
{
    const char *labels[TREND_MOST];
    size_t known = 0;
    for (size_t i = 0; i < trend->count; i++) {
        labels[i] = short_day(work, &trend->points[i]);
        known += isnan(line->figures[i]) ? 0 : 1;
    }
    if (known < 2)
        return STATUS_OK;
    const struct chart_series series = { line->title, line->figures };
    const struct chart chart = {
        .kind = CHART_LINE,
        .id = line->id,
        .title = line->title,
        .description = "From snapshot to snapshot. The table on this page has the figures.",
        .labels = labels,
        .label_count = trend->count,
        .series = &series,
        .series_count = 1,
        .unit = line->unit,
        .decimals = line->decimals,
        .target = NAN,
        .is_small = true,
        .axis_high = highest,
    };
    struct text text = text_new(work->arena, CHART_MOST);
    enum status status = chart_draw(work, &chart, &text);
    if (status == STATUS_OK)
        json_array_append_new(array, json_pack("{s:s, s:s%}", "title", line->title, "chartHtml",
                                               text.bytes, text.length));
    return status;
}

static json_t *line_json(const struct people_trend *trend, const struct line *line)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < trend->count; i++)
        json_array_append_new(cells, json_string(line->words[i]));
    return json_pack("{s:s, s:o}", "title", line->title, "cells", cells);
}

static struct line headcount(struct work *work, const struct people_trend *trend)
{
    struct line line = { .id = "headcount", .title = WORDS("Headcount") };
    for (size_t i = 0; i < trend->count; i++) {
        line.figures[i] = (double)trend->points[i].people;
        line.words[i] = number_print_count(work->arena, trend->points[i].people);
    }
    return line;
}

static struct line gaps(struct work *work, const struct people_trend *trend, bool is_mean)
{
    struct line line = { .id = is_mean ? "mean-gap" : "median-gap",
                         .title = is_mean ? WORDS("Mean pay gap by sex")
                                          : WORDS("Median pay gap by sex"),
                         .unit = "%",
                         .decimals = 1 };
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_point *point = &trend->points[i];
        const struct pay_gap *gap = is_mean ? &point->mean : &point->median;
        const char *words = pay_gap_words(work->arena, gap);
        line.figures[i] = words ? (double)gap->tenths / TENTHS : NAN;
        line.words[i] = words ? arena_format(work->arena, "%s%%", words) : "";
    }
    return line;
}

/* How many answered: what all shares rest on. */
static struct line disclosure(struct work *work, const struct people_trend *trend)
{
    struct line line = { .id = "answered", .title = WORDS("Answered"), .unit = "%", .decimals = 1 };
    for (size_t i = 0; i < trend->count; i++) {
        const struct profile_table *table = trend->points[i].table;
        int64_t tenths = table ? pay_share_tenths(table->answered, table->total) : INTEGER_MISSING;
        line.figures[i] = tenths == INTEGER_MISSING ? NAN : (double)tenths / TENTHS;
        line.words[i] = tenths == INTEGER_MISSING
                            ? ""
                            : pay_share_words(work->arena, table->answered, table->total);
    }
    return line;
}

static struct line shares(struct work *work, const struct people_trend *trend, size_t group)
{
    struct line line = { .id = arena_format(work->arena, "group-%zu", group),
                         .title = trend->groups[group].label,
                         .unit = "%",
                         .decimals = 1 };
    for (size_t i = 0; i < trend->count; i++) {
        const struct profile_row *row = trend->groups[group].rows[i];
        bool is_known = row && row->share != INTEGER_MISSING;
        line.figures[i] = is_known ? (double)row->share / (double)NUMBER_ONE : NAN;
        line.words[i] = is_known ? arena_format(work->arena, "%s%% (%s)",
                                                number_print(work->arena, row->share, 1),
                                                number_print_count(work->arena, row->count))
                                 : "";
    }
    return line;
}

/* Charts beside each other are compared, so all groups have one axis. */
static double highest_share(const struct people_trend *trend)
{
    double highest = 0;
    for (size_t group = 0; group < trend->group_count; group++)
        for (size_t i = 0; i < trend->count; i++) {
            const struct profile_row *row = trend->groups[group].rows[i];
            if (row && row->share != INTEGER_MISSING)
                highest = fmax(highest, (double)row->share / (double)NUMBER_ONE);
        }
    return highest;
}

static enum status add_lines(struct work *work, const struct people_trend *trend, json_t *model)
{
    json_t *workforce = json_array(), *workforce_rows = json_array();
    json_t *groups = json_array(), *group_rows = json_array();
    const struct line first[] = { headcount(work, trend), gaps(work, trend, true),
                                  gaps(work, trend, false) };
    const struct line answered = disclosure(work, trend);
    double highest = highest_share(trend);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(first); i++) {
        status = draw(work, trend, &first[i], 0, workforce);
        json_array_append_new(workforce_rows, line_json(trend, &first[i]));
    }
    for (size_t i = 0; status == STATUS_OK && i < trend->group_count; i++) {
        const struct line line = shares(work, trend, i);
        status = draw(work, trend, &line, highest, groups);
        json_array_append_new(group_rows, line_json(trend, &line));
    }
    if (trend->column)
        json_array_append_new(group_rows, line_json(trend, &answered));
    json_object_set_new(model, "workforceCharts", workforce);
    json_object_set_new(model, "workforceRows", workforce_rows);
    json_object_set_new(model, "groupCharts", groups);
    json_object_set_new(model, "groupRows", group_rows);
    return status;
}

static json_t *points_json(struct work *work, const struct people_trend *trend)
{
    json_t *array = json_array();
    for (size_t i = 0; i < trend->count; i++)
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s}", "code", trend->points[i].entry.snapshot.code, "title",
                      trend->points[i].entry.snapshot.title, "day",
                      date_print_iso_long(work->arena, trend->points[i].entry.snapshot.taken_on)));
    return array;
}

static json_t *choices_json(const struct people_trend *trend)
{
    json_t *array = json_array();
    for (size_t i = 0; i < trend->choices.count; i++) {
        const struct trend_choice *choice = trend->choices.items[i];
        json_array_append_new(array, json_pack("{s:s, s:s, s:b}", "column", choice->column, "title",
                                               choice->title, "isHere",
                                               strcmp(choice->column, trend->column) == 0));
    }
    return array;
}

static json_t *units_json(const struct people_trend *trend)
{
    json_t *array = json_array();
    for (size_t i = 0; i < trend->units.count; i++) {
        const char *unit = trend->units.items[i];
        json_array_append_new(array, json_pack("{s:s, s:b}", "name", unit, "isHere",
                                               trend->unit && strcmp(trend->unit, unit) == 0));
    }
    return array;
}

enum status page_people_trend(struct work *work, const struct call *call, struct page *out_page)
{
    struct people_trend trend = { 0 };
    enum status status = people_trend_load(work, call_asked(call, "unit"), call_asked(call, "by"),
                                           &trend);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack("{s:s?, s:s?, s:s?, s:s?, s:b, s:b, s:o, s:o, s:o}", "unit",
                              trend.unit, "column", trend.column, "characteristic", trend.title,
                              "list", trend.list, "isWhole", trend.is_whole, "isBroken",
                              trend.is_broken, "points", points_json(work, &trend), "choices",
                              choices_json(&trend), "units", units_json(&trend));
    status = add_lines(work, &trend, model);
    *out_page = (struct page){ .template = "pages/people-trend.html",
                               .has_figures = true,
                               .title = call_words(call, WORDS("The workforce over time")),
                               .model = model };
    return status;
}

/* The file: a row for each figure
 * ------------------------------------------------------------------
 */

enum { FILE_COLUMNS = 7 };

struct file {
    struct work *work;
    struct slice *cells;
    size_t rows;
};

static void put(struct file *file, const struct trend_point *point, const char *measure,
                const char *group, const char *const figures[3])
{
    const char *const cells[FILE_COLUMNS] = { point->entry.snapshot.code,
                                              point->entry.snapshot.taken_on,
                                              measure,
                                              group,
                                              figures[0],
                                              figures[1],
                                              figures[2] };
    for (size_t i = 0; i < FILE_COLUMNS; i++)
        file->cells[file->rows * FILE_COLUMNS + i] = slice_of(cells[i]);
    file->rows++;
}

static void put_point(struct file *file, const struct people_trend *trend, size_t at)
{
    struct arena *arena = file->work->arena;
    const struct trend_point *point = &trend->points[at];
    put(file, point, "headcount", "",
        (const char *const[]){ arena_format(arena, "%lld", (long long)point->people), "", "" });
    put(file, point, "mean-pay-gap", "sex",
        (const char *const[]){ "", "", pay_gap_words(arena, &point->mean) });
    put(file, point, "median-pay-gap", "sex",
        (const char *const[]){ "", "", pay_gap_words(arena, &point->median) });
    for (size_t i = 0; i < trend->group_count; i++) {
        const struct profile_row *row = trend->groups[i].rows[at];
        if (row)
            put(file, point, trend->column, trend->groups[i].label,
                (const char *const[]){
                    arena_format(arena, "%lld", (long long)row->count),
                    arena_format(arena, "%lld", (long long)point->table->answered),
                    row->share == INTEGER_MISSING ? "" : number_print(arena, row->share, 1) });
    }
}

static enum status answer_file(struct work *work, const struct call *call, bool is_ods,
                               struct page *out_page)
{
    static const char *const headings[FILE_COLUMNS] = { "snapshot", "day",      "measure", "group",
                                                        "people",   "answered", "percent" };
    enum { ROWS_BESIDE_GROUPS = 3, NUMBERS_FROM = 4 };
    struct people_trend trend = { 0 };
    struct file file = { .work = work };
    enum status status = people_trend_load(work, call_asked(call, "unit"), call_asked(call, "by"),
                                           &trend);
    if (status != STATUS_OK)
        return status;
    size_t most = trend.count * (trend.group_count + ROWS_BESIDE_GROUPS);
    file.cells = arena_array_of(work->arena, most * FILE_COLUMNS + 1, struct slice);
    for (size_t i = 0; i < trend.count; i++)
        put_point(&file, &trend, i);
    const struct table_file table = { "workforce-over-time",
                                      "The workforce over time",
                                      headings,
                                      FILE_COLUMNS,
                                      file.cells,
                                      file.rows,
                                      NUMBERS_FROM };
    return table_file_answer(work, &table, is_ods, out_page);
}

enum status page_people_trend_csv(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_file(work, call, false, out_page);
}

enum status page_people_trend_ods(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_file(work, call, true, out_page);
}
