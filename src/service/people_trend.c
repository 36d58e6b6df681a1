/* Each snapshot's profile and pay gap in turn; then the groups of the latest, looked for in all. */
#include "service/people_trend.h"

#include <string.h>

#include "base/arena.h"
#include "service/pay_report.h"
#include "service/sealed_people.h"
#include "service/snapshot.h"
#include "base/banned.h"

#define FIRST_SHOWN "ethnicity"

static const struct profile_table *table_of(const struct people_profile *profile,
                                            const char *column)
{
    for (size_t i = 0; column && i < profile->tables.count; i++) {
        const struct profile_table *table = profile->tables.items[i];
        if (strcmp(table->column, column) == 0)
            return table;
    }
    return NULL;
}

/* Nobody's unit is known before a snapshot is open, so those where it is not there are passed over.
 */
static bool is_absent(enum status status)
{
    return status == STATUS_NOT_FOUND || status == STATUS_INPUT;
}

/* The women's gap to the men's; none where the snapshot has no pay or no sex. */
static enum status take_gap(struct work *work, const char *unit, struct trend_point *point)
{
    CLEANUP_SEALED_PEOPLE struct sealed_people sealed = { 0 };
    struct people_labels labels;
    struct pay_report report = { 0 };
    struct pay_report_options options = { .role = PEOPLE_SEX,
                                          .bonus_days = PAY_DAYS_YEAR,
                                          .on = point->entry.snapshot.taken_on };
    point->mean = point->median = (struct pay_gap){ .state = PAY_GAP_NOT_KNOWN };
    enum status status = people_labels_read(work, &labels);
    if (status == STATUS_OK)
        status = sealed_people_open(work, &labels.lists, point->entry.snapshot.code, unit, &sealed);
    if (status == STATUS_OK)
        status = pay_report_make(work, &labels, &sealed.people, &options, &report);
    if (is_absent(status)) {
        work_forget(work);
        return STATUS_OK;
    }
    if (status != STATUS_OK || report.groups.count < 2)
        return status;
    const struct pay_figures *figures = sealed.scope.unit ? NULL : &report.figures;
    for (size_t i = 0; !figures && i < report.unit_count; i++)
        if (strcmp(report.units[i].path, sealed.scope.unit) == 0)
            figures = &report.units[i].figures;
    if (figures) {
        point->mean = figures->groups[1].mean_gap;
        point->median = figures->groups[1].median_gap;
    }
    return STATUS_OK;
}

/* The characteristics of the latest snapshot, and which of them is shown. */
static enum status choose(struct work *work, const struct people_profile *latest,
                          const char *column, struct people_trend *trend)
{
    const struct profile_table *shown = table_of(latest, column ? column : FIRST_SHOWN);
    for (size_t i = 0; i < latest->tables.count; i++) {
        const struct profile_table *table = latest->tables.items[i];
        struct trend_choice *choice = arena_new_of(work->arena, struct trend_choice);
        *choice = (struct trend_choice){ table->column, table->title };
        list_add(work->arena, &trend->choices, choice);
    }
    if (column && !shown)
        return work_fail(work, STATUS_NOT_FOUND,
                         "The latest snapshot has no characteristic \"%.60s\".", column);
    if (!shown && latest->tables.count > 0)
        shown = latest->tables.items[0];
    if (shown) {
        trend->column = shown->column;
        trend->title = shown->title;
        trend->list = shown->groups.count > 0 ? "" : shown->list_title;
    }
    return STATUS_OK;
}

static const struct list *rows_of(const struct profile_table *table)
{
    return table->groups.count > 0 ? &table->groups : &table->answers;
}

/* Whether two tables count the same set of groups. */
static bool are_alike(const struct profile_table *left, const struct profile_table *right)
{
    bool grouped = left->groups.count > 0;
    return grouped == (right->groups.count > 0) &&
           (grouped || strcmp(left->list_title, right->list_title) == 0);
}

static void put_groups(struct work *work, struct people_trend *trend)
{
    const struct profile_table *last = trend->points[trend->count - 1].table;
    if (!last)
        return;
    const struct list *rows = rows_of(last);
    trend->groups = arena_array_of(work->arena, rows->count + 1, struct trend_group);
    trend->group_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct profile_row *row = rows->items[i];
        trend->groups[i].code = row->code;
        trend->groups[i].label = row->label;
    }
    for (size_t point = 0; point < trend->count; point++) {
        const struct profile_table *table = trend->points[point].table;
        bool is_alike = table && are_alike(table, last);
        trend->is_broken = trend->is_broken || !is_alike;
        for (size_t i = 0; is_alike && i < rows->count; i++)
            for (size_t j = 0; j < rows_of(table)->count; j++) {
                const struct profile_row *row = rows_of(table)->items[j];
                if (strcmp(row->code, trend->groups[i].code) == 0)
                    trend->groups[i].rows[point] = row;
            }
    }
}

/* The latest snapshots of the workforce, by day. */
static enum status find_snapshots(struct work *work, struct list *out_entries)
{
    struct list all = { 0 }, found = { 0 };
    enum status status = snapshot_store_list(work, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++) {
        const struct snapshot_entry *entry = all.items[i];
        if (strcmp(entry->snapshot.population, POPULATION_STANDARD) == 0)
            list_add(work->arena, &found, all.items[i]);
    }
    for (size_t i = found.count > TREND_MOST ? found.count - TREND_MOST : 0; i < found.count; i++)
        list_add(work->arena, out_entries, found.items[i]);
    return status;
}

static enum status take_point(struct work *work, const struct snapshot_entry *entry,
                              const char *unit, struct people_profile *profile,
                              struct people_trend *trend)
{
    struct trend_point *point = &trend->points[trend->count];
    enum status status = people_profile_load(work, entry->snapshot.code, unit, NULL, profile);
    if (status == STATUS_NOT_FOUND) { /* this snapshot has no such unit */
        work_forget(work);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    *point = (struct trend_point){ .entry = *entry, .people = profile->people };
    trend->count++;
    return take_gap(work, unit, point);
}

enum status people_trend_load(struct work *work, const char *unit, const char *column,
                              struct people_trend *out_trend)
{
    struct people_trend trend = { .unit = unit };
    struct people_profile *profiles = arena_array_of(work->arena, TREND_MOST + 1,
                                                     struct people_profile);
    struct list entries = { 0 };
    enum status status = find_snapshots(work, &entries);
    if (status == STATUS_OK && entries.count > 0) { /* the latest says what is shown */
        struct people_profile *latest = &profiles[TREND_MOST];
        const struct snapshot_entry *last = entries.items[entries.count - 1];
        status = people_profile_load(work, last->snapshot.code, unit, NULL, latest);
        trend.unit = latest->unit;
        trend.units = latest->units;
        trend.is_whole = latest->is_whole;
        if (status == STATUS_OK)
            status = choose(work, latest, column, &trend);
    }
    for (size_t i = 0; status == STATUS_OK && i < entries.count; i++) {
        size_t at = trend.count;
        status = take_point(work, entries.items[i], trend.unit, &profiles[at], &trend);
        if (trend.count > at)
            trend.points[at].table = table_of(&profiles[at], trend.column);
    }
    if (status == STATUS_OK && trend.count > 0)
        put_groups(work, &trend);
    if (status == STATUS_OK)
        *out_trend = trend;
    return status;
}
