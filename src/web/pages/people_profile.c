/* The profile of a snapshot: every characteristic as a table and as a picture. */
#include "service/people_profile.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "chart/chart.h"
#include "service/people_view.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum { CHART_BYTES_MOST = 256 * 1024, BARS_MOST = 12 };

static const char *share_words(struct arena *arena, int64_t share)
{
    return share == INTEGER_MISSING ? ""
                                    : arena_format(arena, "%s%%", number_print(arena, share, 1));
}

static json_t *rows_json(struct arena *arena, const struct list *rows)
{
    json_t *array = json_array();
    for (size_t i = 0; i < rows->count; i++) {
        const struct profile_row *row = rows->items[i];
        json_array_append_new(array, json_pack("{s:s, s:I, s:s}", "label", row->label, "count",
                                               (json_int_t)row->count, "share",
                                               share_words(arena, row->share)));
    }
    return array;
}

/* Bars of the shares of those who answered; none where there are too many to tell apart. */
static enum status draw(struct work *work, const struct call *call,
                        const struct profile_table *table, json_t *json)
{
    const struct list *rows = table->groups.count > 0 ? &table->groups : &table->answers;
    const char *labels[BARS_MOST];
    double shares[BARS_MOST];
    if (table->answered == 0 || rows->count > BARS_MOST)
        return STATUS_OK;
    for (size_t i = 0; i < rows->count; i++) {
        const struct profile_row *row = rows->items[i];
        /* "Black" for "Black, Black British, …": bars have little room, the table has the rest */
        labels[i] = table->groups.count > 0
                        ? arena_copy(work->arena, row->label, strcspn(row->label, ","))
                        : row->label;
        shares[i] = (double)row->share / (double)NUMBER_ONE;
    }
    const struct chart_series series = { call_words(call, WORDS("Of those who answered")), shares };
    struct chart chart = {
        .kind = CHART_BAR,
        .id = arena_format(work->arena, "profile-%s", table->column),
        .title = table->title,
        .description = call_words(call, WORDS("The table below has the figures.")),
        .labels = labels,
        .label_count = rows->count,
        .series = &series,
        .series_count = 1,
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

static enum status table_json(struct work *work, const struct call *call,
                              const struct profile_table *table, json_t *array)
{
    struct arena *arena = work->arena;
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:I, s:I, s:s, s:o, s:o}", "column", table->column, "title", table->title,
        "list", strcmp(table->title, table->list_title) == 0 ? "" : table->list_title, "total",
        (json_int_t)table->total, "answered", (json_int_t)table->answered, "response",
        share_words(arena, table->response), "answers", rows_json(arena, &table->answers), "states",
        rows_json(arena, &table->states));
    json_array_append_new(array, json);
    return draw(work, call, table, json);
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

enum status page_people_profile(struct work *work, const struct call *call, struct page *out_page)
{
    struct people_profile profile;
    struct date day;
    const char *unit = request_query(call->request, "unit");
    json_t *tables = json_array();
    enum status status = people_profile_load(work, call_parameter(call, "code"),
                                             unit && *unit ? unit : NULL, &profile);
    for (size_t i = 0; status == STATUS_OK && i < profile.tables.count; i++)
        status = table_json(work, call, profile.tables.items[i], tables);
    if (status != STATUS_OK) {
        json_decref(tables);
        return status;
    }
    const struct snapshot *snapshot = &profile.entry.snapshot;
    bool read = date_read(slice_of(snapshot->taken_on), &day);
    json_t *model = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s?, s:o, s:o, s:s}", "code",
                              snapshot->code, "snapshotTitle", snapshot->title, "day",
                              read ? date_print_long(work->arena, day) : snapshot->taken_on,
                              "version", (json_int_t)profile.entry.version.number, "people",
                              (json_int_t)profile.people, "unit", profile.unit, "units",
                              units_json(&profile), "tables", tables, "notice", PEOPLE_UNPROTECTED);
    *out_page = (struct page){ .template = "pages/people-profile.html",
                               .title = arena_format(work->arena, "%s: %s", snapshot->title,
                                                     profile.unit ? profile.unit
                                                                  : "the whole workforce"),
                               .model = model };
    return STATUS_OK;
}
