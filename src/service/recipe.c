#include "service/recipe.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/profile.h"
#include "base/problem.h"
#include "model/measure.h"
#include "model/measure_recipe.h"
#include "model/unit.h"
#include "model/value.h"
#include "service/people_roles.h"
#include "service/permission.h"
#include "service/recipe_filter.h"
#include "service/recipe_protect.h"
#include "service/record.h"
#include "service/reporting_year.h"
#include "store/entity_store.h"
#include "store/snapshot_store.h"
#include "base/banned.h"

/* Recipes under way on one snapshot. */
struct running {
    struct work *work;
    struct audit *audit;
    struct references *references;
    struct snapshot_people *people;
    struct code_lists lists;
    json_t *about;
    const char *period;
    int start_month;
    const struct profiles *profiles; /* NULL until they are asked */
};

/* The mean of a denominator over the snapshots of another population. */
struct mean {
    int64_t sum;
    size_t snapshots;
    const char *codes; /* of them, parted by commas */
};

/* The list that a column's codes are of, or NULL for a plain category. */
static enum status list_of(struct running *running, const char *column,
                           const struct code_list **out_list)
{
    json_t *columns = json_object_get(running->about, "columns");
    *out_list = NULL;
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *one = json_array_get(columns, i);
        const char *name = json_string_value(json_object_get(one, "name"));
        const char *list = json_string_value(json_object_get(one, "list"));
        if (name && list && strcmp(name, column) == 0)
            return code_list_load(running->work, &running->lists, list, out_list);
    }
    for (size_t i = 0; i < running->lists.lists.count;
         i++) { /* derived columns have a list's name */
        const struct code_list *list = running->lists.lists.items[i];
        if (strcmp(list->name, column) == 0)
            return code_list_load(running->work, &running->lists, column, out_list);
    }
    return STATUS_OK;
}

/* The columns of both filters, each once. */
static size_t columns_of(const struct recipe_filter *filters, const char **columns)
{
    size_t count = 0;
    for (size_t f = 0; f < 2; f++)
        for (size_t i = 0; i < filters[f].count; i++) {
            size_t known = 0;
            while (known < count && strcmp(columns[known], filters[f].terms[i].column) != 0)
                known++;
            if (known == count)
                columns[count++] = filters[f].terms[i].column;
        }
    return count;
}

/* Whether the cell's labels meet all terms. */
static bool is_counted(const struct recipe_filter *filter, const char *const *columns,
                       const struct code_list *const *lists, const struct slice *labels)
{
    for (size_t i = 0; i < filter->count; i++) {
        size_t at = 0;
        while (strcmp(columns[at], filter->terms[i].column) != 0)
            at++;
        if (!recipe_filter_meets(&filter->terms[i], lists[at], labels[at]))
            return false;
    }
    return true;
}

/* People among whom, and of those the ones who are counted: out_counts[0] and [1]. */
static void add_up(const struct cube_counts *counts, const struct recipe_filter *filters,
                   const char *const *columns, const struct code_list *const *lists,
                   int64_t out_counts[2])
{
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        struct slice labels[CUBE_MOST_VARIABLES];
        size_t nodes[CUBE_MOST_VARIABLES];
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < counts->axis_count; i++)
            labels[i] = counts->axes[i]->nodes[nodes[i]].label;
        if (!is_counted(&filters[0], columns, lists, labels))
            continue;
        out_counts[0] += counts->counts[cell];
        if (is_counted(&filters[1], columns, lists, labels))
            out_counts[1] += counts->counts[cell];
    }
}

/* Whether the snapshot's column holds dates. */
static bool is_date(const struct running *running, const char *column)
{
    json_t *columns = json_object_get(running->about, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *one = json_array_get(columns, i);
        const char *name = json_string_value(json_object_get(one, "name"));
        const char *code = json_string_value(json_object_get(one, "role"));
        enum people_role role = PEOPLE_UNKNOWN;
        enum pay_period period = PAY_UNSAID;
        if (name && code && strcmp(name, column) == 0)
            return people_role_read(slice_of(code), &role, &period) &&
                   people_roles[role].kind == PEOPLE_IS_DATE;
    }
    return false;
}

/* "start-date=within": whether a date is before, within or after the period of the values. */
static enum status take_date(struct running *running, const char *column,
                             const struct recipe_filter filters[2], const char **out_variable)
{
    static const char *const words[] = { "before", "within", "after" };
    struct period period;
    for (size_t f = 0; f < 2; f++)
        for (size_t i = 0; i < filters[f].count; i++) {
            const struct filter_term *term = &filters[f].terms[i];
            bool is_known = strcmp(term->column, column) != 0 || term->is_answered;
            for (size_t k = 0; !is_known && term->value_count == 1 && k < ARRAY_COUNT(words); k++)
                is_known = strcmp(term->values[0], words[k]) == 0;
            if (!is_known)
                return work_fail(running->work, STATUS_INPUT,
                                 "%s is a date: write %s=within for the period, or before, after "
                                 "or answered.",
                                 column, column);
        }
    if (!period_read(slice_of(running->period), &period))
        return work_fail(running->work, STATUS_INPUT, "\"%.20s\" is no period.", running->period);
    const struct snapshot_days days = {
        date_days(period_first_day(period, running->start_month)),
        date_days(period_last_day(period, running->start_month)),
    };
    *out_variable = snapshot_people_date(running->work, running->people, column, days);
    return *out_variable ? STATUS_OK
                         : work_fail(running->work, STATUS_INPUT,
                                     "The snapshot keeps no dates under \"%.40s\".", column);
}

/* What is counted for the whole organisation only is crossed with nothing, a unit neither. */
static enum status check_whole(struct running *running, const struct snapshot_table *table)
{
    enum status status = STATUS_OK;
    if (!running->profiles)
        status = profiles_load(running->work, &running->profiles);
    for (size_t i = 0;
         status == STATUS_OK && table->variable_count > 1 && i < table->variable_count; i++)
        if (profiles_whole_only(running->profiles, table->variables[i]))
            return work_fail(running->work, STATUS_INPUT,
                             "%s is counted for the whole organisation only and never crossed with "
                             "anything; name it alone.",
                             table->variables[i]);
    return status;
}

static enum status count(struct running *running, const char *denominator, const char *numerator,
                         int64_t out_counts[2])
{
    struct work *work = running->work;
    struct recipe_filter filters[2];
    const struct code_list *lists[2 * FILTER_MOST_TERMS] = { NULL };
    const char *columns[2 * FILTER_MOST_TERMS] = { NULL };
    struct snapshot_table table = { .name = "recipe" };
    struct cube cube;
    enum status status = recipe_filter_read(work, denominator, &filters[0]);
    if (status == STATUS_OK)
        status = recipe_filter_read(work, numerator, &filters[1]);
    if (status != STATUS_OK)
        return status;
    table.variable_count = columns_of(filters, columns);
    if (table.variable_count > CUBE_MOST_VARIABLES)
        return work_fail(work, STATUS_INPUT, "A recipe names %d columns at most.",
                         CUBE_MOST_VARIABLES);
    for (size_t i = 0; status == STATUS_OK && i < table.variable_count; i++) {
        table.variables[i] = columns[i];
        if (is_date(running, columns[i])) {
            status = take_date(running, columns[i], filters, &table.variables[i]);
            continue;
        }
        status = list_of(running, columns[i], &lists[i]);
        for (size_t f = 0; status == STATUS_OK && f < 2; f++)
            for (size_t j = 0; status == STATUS_OK && j < filters[f].count; j++)
                if (strcmp(filters[f].terms[j].column, columns[i]) == 0)
                    status = recipe_filter_check(work, &filters[f].terms[j], lists[i]);
    }
    if (status == STATUS_OK)
        status = check_whole(running, &table);
    if (status == STATUS_OK)
        status = snapshot_people_count(work, running->people, &table, 1, &cube);
    if (status == STATUS_OK)
        add_up(&cube.tables[0], filters, columns, lists, out_counts);
    return status;
}

/* Opens a snapshot for counting; `people` and `about` are the caller's to give up. */
static enum status open_snapshot(struct running *running, const char *code)
{
    enum status status = snapshot_people_open(running->work, code, &running->people);
    if (status == STATUS_OK)
        running->about = json_loads(snapshot_people_about(running->people), 0, NULL);
    return status;
}

static void close_snapshot(struct running *running)
{
    json_decref(running->about);
    snapshot_people_close(running->people);
    running->about = NULL;
    running->people = NULL;
}

/* Whether a snapshot was taken within the period, or so many days before it. */
static bool is_within(const struct running *running, const struct snapshot_entry *entry, int before)
{
    struct period period;
    struct date day;
    if (!period_read(slice_of(running->period), &period) ||
        !date_read(slice_of(entry->snapshot.taken_on), &day))
        return false;
    int64_t at = date_days(day);
    return at >= date_days(period_first_day(period, running->start_month)) - before &&
           at <= date_days(period_last_day(period, running->start_month));
}

/* Adds up who is in the denominator in every snapshot of the other population. */
static enum status average(struct running *running, const struct measure_recipe *recipe,
                           struct mean *out_mean)
{
    struct list entries = { 0 };
    struct running other = *running;
    struct mean mean = { .codes = "" };
    enum status status = snapshot_store_list(running->work, &entries);
    for (size_t i = 0; status == STATUS_OK && i < entries.count; i++) {
        const struct snapshot_entry *entry = entries.items[i];
        int64_t counts[2] = { 0 };
        if (strcmp(entry->snapshot.population, recipe->among_population) != 0 ||
            !is_within(running, entry, 1))
            continue;
        status = open_snapshot(&other, entry->snapshot.code);
        if (status != STATUS_OK)
            return status;
        status = count(&other, recipe->denominator, NULL, counts);
        close_snapshot(&other);
        mean.sum += counts[0];
        mean.codes = arena_format(running->work->arena, "%s%s%s", mean.codes,
                                  mean.snapshots++ > 0 ? ", " : "", entry->snapshot.code);
    }
    if (status == STATUS_OK && mean.snapshots == 0)
        return work_fail(running->work, STATUS_INPUT,
                         "There is no snapshot of \"%.60s\" from the day before the period to its "
                         "end.",
                         recipe->among_population);
    *out_mean = mean;
    return status;
}

static bool is_among_others(const struct measure_recipe *recipe)
{
    return recipe->among_population && *recipe->among_population &&
           strcmp(recipe->among_population, recipe->population) != 0;
}

/* Who was counted in which snapshot, among whom. */
static const char *provenance(struct running *running, const struct measure_recipe *recipe,
                              const struct mean *mean)
{
    const struct snapshot_entry *entry = snapshot_people_entry(running->people);
    bool all = !recipe->denominator || !*recipe->denominator;
    const char *among = all ? "everybody" : recipe->denominator;
    if (mean->snapshots > 0)
        among = arena_format(running->work->arena, "%s in %s, the mean of %s", among,
                             recipe->among_population, mean->codes);
    return arena_format(running->work->arena,
                        "Counted from the snapshot %s (%s), version %lld, of %s: %s among %s.",
                        entry->snapshot.code, entry->snapshot.population,
                        (long long)entry->version.number, entry->snapshot.taken_on,
                        recipe->numerator, among);
}

/* The value as the recipe says it. */
static void fill_value(struct running *running, const struct measure_recipe *recipe,
                       const struct measure *measure, const struct recipe_value *result,
                       struct value *value)
{
    const struct snapshot_entry *entry = snapshot_people_entry(running->people);
    value->measure = recipe->measure;
    value->unit = recipe->unit;
    value->period = running->period;
    value->breakdown = recipe->breakdown ? recipe->breakdown : "";
    value->state = "final";
    value->as_at = entry->snapshot.taken_on;
    value->source_hash = entry->version.source_hash;
    if (result->is_withheld)
        value->missing = "withheld";
    else if (strcmp(measure->kind, "count") == 0) {
        value->value = result->numerator * NUMBER_ONE;
    } else if (result->denominator > 0) {
        value->numerator = result->numerator * NUMBER_ONE;
        value->denominator = result->denominator;
    } else {
        value->missing = "not-applicable";
    }
}

static enum status put_value(struct running *running, struct value *value,
                             struct recipe_value *result)
{
    static const char *const said[] = { "measure",     "unit",  "period",       "breakdown",
                                        "numerator",   "value", "state",        "missing",
                                        "denominator", "as_at", "quality_note", "source_hash" };
    struct work *work = running->work;
    bool *present = arena_array_of(work->arena, value_entity.field_count, bool);
    struct problems problems = { .arena = work->arena };
    struct put put = { .entity = &value_entity,
                       .audit = running->audit,
                       .references = running->references,
                       .present = present,
                       .problems = &problems };
    for (size_t i = 0; i < ARRAY_COUNT(said); i++)
        present[entity_field(&value_entity, said[i]) - value_entity.fields] = true;
    enum status status = put_row(work, &put, value, &result->outcome);
    if (status == STATUS_OK && result->outcome == PUT_REFUSED && problems.list.count > 0)
        result->words = ((const struct problem *)problems.list.items[0])->words;
    return status;
}

static bool is_about_input(enum status status)
{
    return status == STATUS_INPUT || status == STATUS_LIMIT || status == STATUS_NOT_FOUND;
}

/* Counts both parts; the denominator in millionths. */
static enum status count_parts(struct running *running, const struct measure_recipe *recipe,
                               struct mean *mean, struct recipe_value *result)
{
    int64_t counts[2] = { 0 };
    bool others = is_among_others(recipe);
    enum status status = count(running, others ? NULL : recipe->denominator, recipe->numerator,
                               counts);
    if (status == STATUS_OK && others)
        status = average(running, recipe, mean);
    if (status != STATUS_OK)
        return status;
    result->numerator = counts[1];
    result->denominator = counts[0] * NUMBER_ONE;
    if (others &&
        !number_scale(mean->sum, NUMBER_ONE, (int64_t)mean->snapshots, &result->denominator))
        return work_fail(running->work, STATUS_LIMIT, "The denominator is too large.");
    return STATUS_OK;
}

/* A recipe that was counted, on its way to a value. */
struct counted {
    const struct measure_recipe *recipe;
    struct recipe_value *result;
    struct measure measure;
    struct unit unit;
    struct mean mean;
};

static enum status count_one(struct running *running, struct counted *counted)
{
    struct work *work = running->work;
    enum status status = entity_store_get(work, &measure_entity, counted->recipe->measure,
                                          &counted->measure);
    if (status == STATUS_OK)
        status = entity_store_get(work, &unit_entity, counted->recipe->unit, &counted->unit);
    if (status == STATUS_OK)
        status = count_parts(running, counted->recipe, &counted->mean, counted->result);
    if (is_about_input(status)) {
        counted->result->outcome = PUT_REFUSED;
        counted->result->words = arena_copy_text(work->arena, work->error);
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_OK && strcmp(counted->measure.kind, "count") == 0)
        counted->result->denominator = INTEGER_MISSING;
    return status;
}

static const char *secret_words(enum recipe_secret secret)
{
    static const char *const words[] = {
        [RECIPE_OPEN] = "",
        [RECIPE_SMALL] = " Withheld: so few people, or all but so few, could be recognised.",
        [RECIPE_LEADS] = " Withheld: another unit's small count could be worked out from it.",
    };
    return words[secret];
}

static enum status put_one(struct running *running, const struct counted *counted,
                           enum recipe_secret secret)
{
    struct arena *arena = running->work->arena;
    struct value *value = entity_row(arena, &value_entity);
    counted->result->is_withheld = secret != RECIPE_OPEN;
    fill_value(running, counted->recipe, &counted->measure, counted->result, value);
    value->quality_note = arena_format(
        arena, "%s%s", provenance(running, counted->recipe, &counted->mean), secret_words(secret));
    return put_value(running, value, counted->result);
}

/* All are counted before one is put on record, because what one tells bears on the others. */
static enum status protect_and_put(struct running *running, const struct list *all)
{
    struct work *work = running->work;
    struct recipe_count *counts = arena_array_of(work->arena, all->count + 1, struct recipe_count);
    const struct counted **which = arena_array_of(work->arena, all->count + 1,
                                                  const struct counted *);
    struct profile profile;
    size_t count = 0;
    enum status status = running->profiles ? STATUS_OK : profiles_load(work, &running->profiles);
    if (status == STATUS_OK)
        status = profile_find(work, running->profiles, PROFILE_STANDARD, &profile);
    for (size_t i = 0; status == STATUS_OK && i < all->count; i++) {
        const struct counted *counted = all->items[i];
        if (counted->result->outcome == PUT_REFUSED)
            continue;
        which[count] = counted;
        counts[count++] = (struct recipe_count){ counted->recipe->measure,
                                                 counted->unit.id,
                                                 counted->unit.parent,
                                                 counted->recipe->breakdown,
                                                 counted->result->numerator,
                                                 counted->result->denominator,
                                                 RECIPE_OPEN };
    }
    if (status == STATUS_OK)
        recipe_protect(&profile, counts, count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = put_one(running, which[i], counts[i].secret);
    return status;
}

static enum status run_all(struct running *running, const struct list *recipes, const char *measure,
                           struct list *out_values)
{
    struct work *work = running->work;
    struct list all = { 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < recipes->count; i++) {
        const struct measure_recipe *recipe = recipes->items[i];
        struct counted *counted = arena_new_of(work->arena, struct counted);
        if (strcmp(recipe->population,
                   snapshot_people_entry(running->people)->snapshot.population) != 0)
            continue;
        struct recipe_value *result = arena_new_of(work->arena, struct recipe_value);
        result->breakdown = recipe->breakdown;
        status = entity_store_code(work, &measure_entity, recipe->measure, &result->measure);
        if (status == STATUS_OK && measure && strcmp(measure, result->measure) != 0)
            continue;
        if (status == STATUS_OK)
            status = entity_store_code(work, &unit_entity, recipe->unit, &result->unit);
        if (status == STATUS_OK)
            status = permission_require(work, RIGHT_DATA_IMPORT, recipe->unit);
        *counted = (struct counted){ .recipe = recipe, .result = result };
        if (status == STATUS_OK)
            status = count_one(running, counted);
        if (status != STATUS_OK)
            break;
        list_add(work->arena, &all, counted);
        list_add(work->arena, out_values, result);
    }
    return status == STATUS_OK ? protect_and_put(running, &all) : status;
}

/* The snapshots to run on: the one that is named, or of each population that a recipe has the
 * latest within the period. */
static enum status choose_snapshots(struct running *running, const char *snapshot,
                                    const struct list *recipes, struct list *out_codes)
{
    struct work *work = running->work;
    struct list entries = { 0 };
    if (snapshot) {
        list_add(work->arena, out_codes, arena_copy_text(work->arena, snapshot));
        return STATUS_OK;
    }
    enum status status = snapshot_store_list(work, &entries);
    for (size_t i = 0; status == STATUS_OK && i < recipes->count; i++) {
        const struct measure_recipe *recipe = recipes->items[i];
        const char *latest = NULL;
        for (size_t j = 0; j < entries.count; j++) { /* by day */
            const struct snapshot_entry *entry = entries.items[j];
            if (strcmp(entry->snapshot.population, recipe->population) == 0 &&
                is_within(running, entry, 0))
                latest = entry->snapshot.code;
        }
        bool is_there = !latest;
        for (size_t j = 0; j < out_codes->count; j++)
            is_there = is_there || strcmp(out_codes->items[j], latest) == 0;
        if (!is_there)
            list_add(work->arena, out_codes, arena_copy_text(work->arena, latest));
    }
    if (status == STATUS_OK && out_codes->count == 0 && recipes->count > 0)
        return work_fail(work, STATUS_NOT_FOUND,
                         "No snapshot of a population that recipes count was taken in %s.",
                         running->period);
    return status;
}

static enum status run_snapshots(struct running *running, const struct list *codes,
                                 const struct list *recipes, const char *measure,
                                 struct list *out_values)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < codes->count; i++) {
        status = open_snapshot(running, codes->items[i]);
        if (status == STATUS_OK)
            status = run_all(running, recipes, measure, out_values);
        close_snapshot(running);
    }
    return status;
}

enum status recipe_run(struct work *work, const char *snapshot, const char *period,
                       const char *measure, struct list *out_values)
{
    struct list recipes = { 0 }, codes = { 0 };
    struct running running = { .work = work, .period = period };
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = entity_store_list(work, &measure_recipe_entity, 0, &recipes);
    if (status == STATUS_OK)
        status = code_lists_open(work, &running.lists);
    if (status == STATUS_OK)
        status = reporting_year_start(work, &running.start_month);
    if (status == STATUS_OK)
        status = choose_snapshots(&running, snapshot, &recipes, &codes);
    if (status != STATUS_OK)
        return status;
    running.references = references_new();
    status = audit_begin(work, "measures-from-snapshot", snapshot ? snapshot : period,
                         &running.audit);
    if (status == STATUS_OK)
        status = record_end(work, running.audit,
                            run_snapshots(&running, &codes, &recipes, measure, out_values));
    references_free(running.references);
    return status;
}
