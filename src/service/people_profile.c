#include "service/people_profile.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "disclosure/profile.h"
#include "service/people.h"
#include "service/people_scope.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum { TABLES_MOST = 24 };

#define UNIT_COLUMN "unit-1"
#define GROUPS_LIST "ethnicity-5"

/* A column that is shown: its name in the snapshot, what it is called, the list of its codes. */
struct shown {
    const char *column, *title, *list;
};

/* A profile in the making. */
struct profiling {
    struct work *work;
    struct people_profile *profile;
    struct code_lists lists;
    const struct profiles *profiles; /* whose rules for sensitive columns hold */
    struct shown shown[TABLES_MOST];
    size_t count;
};

/* Columns of answers, by what was sealed with them, then the ones that were derived. */
static void choose_columns(struct profiling *profiling, json_t *about)
{
    struct arena *arena = profiling->work->arena;
    json_t *columns = json_object_get(about, "columns");
    bool has_age = false;
    for (size_t i = 0; i < json_array_size(columns) && profiling->count < TABLES_MOST - 1; i++) {
        json_t *one = json_array_get(columns, i);
        const char *name = json_string_value(json_object_get(one, "name"));
        const char *list = json_string_value(json_object_get(one, "list"));
        const char *code = json_string_value(json_object_get(one, "role"));
        enum people_role role = PEOPLE_UNKNOWN;
        enum pay_period period = PAY_UNSAID;
        if (!code || !people_role_read(slice_of(code), &role, &period))
            continue;
        has_age = has_age || role == PEOPLE_AGE || role == PEOPLE_DATE_OF_BIRTH;
        bool is_withheld = profiling->profile->unit &&
                           profiles_whole_only(profiling->profiles, code);
        if (name && list && !is_withheld)
            profiling->shown[profiling->count++] = (struct shown){ arena_copy_text(arena, name),
                                                                   people_roles[role].title,
                                                                   arena_copy_text(arena, list) };
    }
    if (has_age)
        profiling->shown[profiling->count++] = (struct shown){ PEOPLE_AGE_GROUP,
                                                               people_roles[PEOPLE_AGE].title,
                                                               PEOPLE_AGE_GROUP };
}

static int64_t share_of(int64_t count, int64_t whole)
{
    int64_t share = INTEGER_MISSING;
    return whole > 0 && number_percent(count * NUMBER_ONE, whole * NUMBER_ONE, &share)
               ? share
               : INTEGER_MISSING;
}

static struct profile_row *add_row(struct profiling *profiling, struct list *rows, const char *code,
                                   const char *label)
{
    struct profile_row *row = arena_new_of(profiling->work->arena, struct profile_row);
    *row = (struct profile_row){ .code = code, .label = label, .compared = INTEGER_MISSING };
    list_add(profiling->work->arena, rows, row);
    return row;
}

static struct profile_row *row_of(const struct list *rows, struct slice code)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct profile_row *row = rows->items[i];
        if (slice_is(code, row->code))
            return row;
    }
    return NULL;
}

/* Rows for every answer of the list and for every state, none counted yet. */
static void lay_out(struct profiling *profiling, const struct code_list *list,
                    struct profile_table *table)
{
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        add_row(profiling, &table->answers, code->code, code->label);
    }
    for (int state = ANSWER_GIVEN + 1; state < ANSWER_STATE_COUNT; state++)
        add_row(profiling, &table->states, answer_state_code((enum answer_state)state),
                answer_state_title((enum answer_state)state));
}

/* The counts of a column, for everybody or in the unit. */
static void count_in(struct profiling *profiling, const struct cube_counts *counts,
                     struct profile_table *table)
{
    size_t axis = counts->axis_count - 1;
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        size_t nodes[CUBE_MOST_VARIABLES];
        cube_nodes(counts, cell, nodes);
        if (axis > 0 && !slice_is(counts->axes[0]->nodes[nodes[0]].label, profiling->profile->unit))
            continue;
        struct slice label = counts->axes[axis]->nodes[nodes[axis]].label;
        struct profile_row *row = row_of(&table->answers, label);
        table->total += counts->counts[cell];
        if (row)
            table->answered += counts->counts[cell];
        else
            row = row_of(&table->states, label);
        if (row)
            row->count += counts->counts[cell];
    }
}

/* Rows that nobody is in go where they are groups of the list or mere states. */
static struct list kept_rows(struct profiling *profiling, const struct code_list *list,
                             const struct list *rows)
{
    struct list kept = { 0 };
    for (size_t i = 0; i < rows->count; i++) {
        struct profile_row *row = rows->items[i];
        const struct list_code *code = list ? code_list_find(list, row->code) : NULL;
        if (row->count > 0 || (code && !code->is_group))
            list_add(profiling->work->arena, &kept, row);
    }
    return kept;
}

/* The answers in five groups, for charts and for comparing with a census. */
static enum status group_rows(struct profiling *profiling, const struct code_list *list,
                              struct profile_table *table)
{
    struct work *work = profiling->work;
    const struct code_list *five = NULL;
    if (strcmp(list->role, "ethnicity") != 0)
        return STATUS_OK;
    enum status status = code_list_load(work, &profiling->lists, GROUPS_LIST, &five);
    for (size_t i = 0; status == STATUS_OK && five && i < five->codes.count; i++) {
        const struct list_code *code = five->codes.items[i];
        add_row(profiling, &table->groups, code->code, code->label);
    }
    for (size_t i = 0; status == STATUS_OK && i < table->answers.count; i++) {
        const struct profile_row *row = table->answers.items[i];
        const char *group = NULL;
        status = code_lists_map(work, &profiling->lists, list->name, row->code, GROUPS_LIST,
                                &group);
        struct profile_row *into = status == STATUS_OK && group
                                       ? row_of(&table->groups, slice_of(group))
                                       : NULL;
        if (into)
            into->count += row->count;
    }
    return status;
}

static void set_shares(struct profile_table *table)
{
    struct list *all[] = { &table->answers, &table->groups };
    for (size_t i = 0; i < ARRAY_COUNT(all); i++)
        for (size_t j = 0; j < all[i]->count; j++) {
            struct profile_row *row = all[i]->items[j];
            row->share = share_of(row->count, table->answered);
        }
    int64_t responded = table->answered;
    for (size_t i = 0; i < table->states.count; i++) {
        struct profile_row *row = table->states.items[i];
        row->share = INTEGER_MISSING;
        if (strcmp(row->code, answer_state_code(ANSWER_PREFER_NOT_TO_SAY)) == 0)
            responded += row->count;
    }
    table->response = share_of(responded, table->total);
}

/* Puts the benchmark's shares beside the rows of the same list. */
static void compare(const struct benchmark *benchmark, const struct code_list *list,
                    struct profile_table *table)
{
    const char *name = table->groups.count > 0 ? GROUPS_LIST : list->name;
    const struct list *rows = table->groups.count > 0 ? &table->groups : &table->answers;
    for (size_t i = 0; benchmark && i < benchmark->sets.count; i++) {
        const struct benchmark_set *set = benchmark->sets.items[i];
        if (strcmp(set->list->name, name) != 0)
            continue;
        for (size_t j = 0; j < set->values.count; j++) {
            const struct benchmark_value *value = set->values.items[j];
            struct profile_row *row = row_of(rows, slice_of(value->code));
            if (row) {
                row->compared = value->percent;
                table->is_compared = true;
            }
        }
    }
}

static enum status take_benchmark(struct work *work, void *target,
                                  const char *const cells[RULES_MOST_COLUMNS])
{
    struct people_profile *profile = target;
    struct profile_benchmark *one = arena_new_of(work->arena, struct profile_benchmark);
    *one = (struct profile_benchmark){ cells[0], cells[1] };
    if (cells[0] && cells[1])
        list_add(work->arena, &profile->benchmarks, one);
    return STATUS_OK;
}

/* Those there are, and the one that is asked for: by its name in the rules alone, never a file. */
static enum status load_benchmark(struct work *work, const char *name,
                                  struct people_profile *profile)
{
    static const char *const columns[] = { "benchmark", "title", NULL };
    struct people_labels labels;
    struct benchmark *benchmark = arena_new_of(work->arena, struct benchmark);
    bool is_known = false;
    enum status status = rules_table_read(work, "benchmarks.csv", columns, take_benchmark, profile);
    if (status != STATUS_OK || !name)
        return status;
    for (size_t i = 0; i < profile->benchmarks.count; i++) {
        const struct profile_benchmark *one = profile->benchmarks.items[i];
        is_known = is_known || strcmp(one->name, name) == 0;
    }
    if (!is_known)
        return work_fail(work, STATUS_NOT_FOUND, "There is no benchmark \"%.60s\".", name);
    status = people_labels_read(work, &labels);
    if (status == STATUS_OK)
        status = benchmark_load(work, &labels, name, benchmark);
    profile->benchmark = benchmark;
    return status;
}

static enum status make_table(struct profiling *profiling, const struct shown *shown,
                              const struct cube_counts *counts)
{
    const struct code_list *list = NULL;
    struct profile_table *table = arena_new_of(profiling->work->arena, struct profile_table);
    enum status status = code_list_load(profiling->work, &profiling->lists, shown->list, &list);
    if (status != STATUS_OK)
        return status;
    *table = (struct profile_table){ .column = shown->column,
                                     .title = shown->title,
                                     .list_title = list->title };
    lay_out(profiling, list, table);
    count_in(profiling, counts, table);
    status = group_rows(profiling, list, table);
    set_shares(table);
    compare(profiling->profile->benchmark, list, table);
    table->answers = kept_rows(profiling, list, &table->answers);
    table->states = kept_rows(profiling, NULL, &table->states);
    list_add(profiling->work->arena, &profiling->profile->tables, table);
    return status;
}

static bool has_unit(const struct people_profile *profile)
{
    for (size_t i = 0; i < profile->units.count; i++)
        if (strcmp(profile->units.items[i], profile->unit) == 0)
            return true;
    return false;
}

static enum status count_all(struct profiling *profiling, const struct snapshot_people *people)
{
    struct work *work = profiling->work;
    struct people_profile *profile = profiling->profile;
    struct snapshot_table tables[TABLES_MOST + 1];
    struct cube cube;
    size_t count = 0;
    for (; count < profiling->count; count++) {
        tables[count] = (struct snapshot_table){ .name = profiling->shown[count].column };
        if (profile->unit)
            tables[count].variables[tables[count].variable_count++] = UNIT_COLUMN;
        tables[count].variables[tables[count].variable_count++] = profiling->shown[count].column;
    }
    enum status status = snapshot_people_count(work, people, tables, count, &cube);
    if (status != STATUS_OK)
        return status;
    profile->people = cube.rows;
    if (profile->unit && !has_unit(profile))
        return work_fail(work, STATUS_NOT_FOUND, "The snapshot has no unit \"%.80s\".",
                         profile->unit);
    for (size_t i = 0; status == STATUS_OK && i < profiling->count; i++)
        status = make_table(profiling, &profiling->shown[i], &cube.tables[i]);
    if (profile->unit && profile->tables.count > 0)
        profile->people = ((const struct profile_table *)profile->tables.items[0])->total;
    return status;
}

enum status people_profile_load(struct work *work, const char *code, const char *unit,
                                const char *benchmark, struct people_profile *out_profile)
{
    struct people_profile profile = { 0 };
    struct profiling profiling = { .work = work, .profile = &profile };
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    struct people_scope scope;
    enum status status = code_lists_open(work, &profiling.lists);
    if (status == STATUS_OK)
        status = profiles_load(work, &profiling.profiles);
    if (status == STATUS_OK)
        status = load_benchmark(work, benchmark, &profile);
    if (status == STATUS_OK)
        status = snapshot_people_open(work, code, &people);
    if (status == STATUS_OK)
        status = people_scope_choose(work, snapshot_people_columns(people), unit, &scope);
    if (status != STATUS_OK)
        return status;
    profile.unit = scope.unit;
    profile.units = scope.units;
    profile.is_whole = scope.is_whole;
    json_t *about = json_loads(snapshot_people_about(people), 0, NULL);
    profile.entry = *snapshot_people_entry(people);
    choose_columns(&profiling, about);
    json_decref(about);
    status = count_all(&profiling, people);
    if (status == STATUS_OK)
        *out_profile = profile;
    return status;
}
