/* Each label is placed among the groups once; then people are counted. */
#include "service/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "service/people_units.h"
#include "base/banned.h"

#define NOWHERE UINT32_MAX

struct comparing {
    struct work *work;
    struct people_labels *labels;
    const struct people *people;
    const struct people_field *field;
    const struct benchmark_set *set;
    struct comparison *comparison;
    const struct benchmark *benchmark;
    uint32_t *group_of_label; /* of the values' labels; NOWHERE */
    const int64_t *shares;    /* everybody's, of each group */
};

static enum status map_code(struct comparing *comparing, const struct code_list *from,
                            const char *code, const struct code_list *to, const char **out_code)
{
    *out_code = code;
    return from == to ? STATUS_OK
                      : code_lists_map(comparing->work, &comparing->labels->lists, from->name, code,
                                       to->name, out_code);
}

/* True when every group of the benchmark has its place in the list, and some category that was
 * asked. */
static enum status serves_both(struct comparing *comparing, const struct code_list *list,
                               bool *out_serves)
{
    const struct code_list *asked = comparing->field->question.list;
    const char *code = NULL;
    enum status status = STATUS_OK;
    bool serves = true, has_any = false;
    for (size_t i = 0; i < comparing->set->values.count && serves; i++) {
        const struct benchmark_value *value = comparing->set->values.items[i];
        status = map_code(comparing, comparing->set->list, value->code, list, &code);
        if (status != STATUS_OK)
            return status;
        serves = code != NULL;
    }
    for (size_t i = 0; i < asked->codes.count && !has_any; i++) {
        const struct list_code *item = asked->codes.items[i];
        status = map_code(comparing, asked, item->code, list, &code);
        if (status != STATUS_OK)
            return status;
        has_any = code != NULL;
    }
    *out_serves = serves && has_any;
    return STATUS_OK;
}

/* The finest list that serves both: the benchmark's, the file's, or any other of the role. */
static enum status find_common(struct comparing *comparing, const struct code_list **out_list)
{
    const struct list *lists = &comparing->labels->lists.lists;
    size_t most = 0;
    *out_list = NULL;
    for (size_t i = 0; i < lists->count; i++) {
        const struct code_list *list = lists->items[i];
        bool serves = false;
        if (strcmp(list->role, comparing->set->list->role) != 0)
            continue;
        enum status status = code_list_load(comparing->work, &comparing->labels->lists, list->name,
                                            &list);
        if (status == STATUS_OK)
            status = serves_both(comparing, list, &serves);
        if (status != STATUS_OK)
            return status;
        size_t categories = code_list_categories(list);
        bool is_own = list == comparing->set->list;
        if (serves && (categories > most || (categories == most && is_own))) {
            most = categories;
            *out_list = list;
        }
    }
    return STATUS_OK;
}

static uint32_t group_named(struct comparison *comparison, const char *code)
{
    for (uint32_t i = 0; i < comparison->group_count; i++)
        if (strcmp(comparison->groups[i].code->code, code) == 0)
            return i;
    return NOWHERE;
}

/* Groups in the order of the list, with the benchmark's shares. */
static enum status make_groups(struct comparing *comparing)
{
    struct comparison *comparison = comparing->comparison;
    const struct list *codes = &comparison->list->codes;
    comparison->groups = arena_array_of(comparing->work->arena, codes->count + 1,
                                        struct comparison_group);
    for (size_t c = 0; c < codes->count; c++) {
        const struct list_code *code = codes->items[c];
        struct comparison_group *group = &comparison->groups[comparison->group_count];
        bool is_used = false;
        *group = (struct comparison_group){ .code = code };
        for (size_t i = 0; i < comparing->set->values.count; i++) {
            const struct benchmark_value *value = comparing->set->values.items[i];
            const char *mapped = NULL;
            enum status status = map_code(comparing, comparing->set->list, value->code,
                                          comparison->list, &mapped);
            if (status != STATUS_OK)
                return status;
            if (!mapped || strcmp(mapped, code->code) != 0)
                continue;
            group->benchmark += value->percent;
            is_used = true;
        }
        comparison->group_count += is_used;
    }
    return STATUS_OK;
}

/* Where each label of the file belongs: its own group, or the group above it. */
static enum status place_labels(struct comparing *comparing)
{
    struct comparison *comparison = comparing->comparison;
    const struct column *values = people_values(comparing->people, comparing->field);
    size_t count = column_label_count(values);
    comparing->group_of_label = arena_array_of(comparing->work->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        const char *label = slice_copy(comparing->work->arena, column_label(values, i));
        const char *mapped = NULL;
        comparing->group_of_label[i] = NOWHERE;
        if (!code_list_find(comparison->asked, label))
            continue;
        enum status status = map_code(comparing, comparison->asked, label, comparison->list,
                                      &mapped);
        if (status != STATUS_OK)
            return status;
        if (!mapped)
            continue;
        comparing->group_of_label[i] = group_named(comparison, mapped);
        const struct list_code *code = code_list_find(comparison->list, mapped);
        if (comparing->group_of_label[i] == NOWHERE && code && code->parent)
            comparing->group_of_label[i] = group_named(comparison, code->parent);
    }
    return STATUS_OK;
}

/* The state that stands in the column in place of an answer. */
static enum answer_state state_of(struct comparing *comparing, struct slice label)
{
    const char *code = slice_copy(comparing->work->arena, label);
    enum answer_state state = ANSWER_NOT_UNDERSTOOD;
    if (code_list_find(comparing->comparison->asked, code))
        return ANSWER_GIVEN;
    return answer_state_read(code, &state) ? state : ANSWER_NOT_UNDERSTOOD;
}

/* Who answered, and how. */
static void count_states(struct comparing *comparing)
{
    struct comparison *comparison = comparing->comparison;
    const struct column *values = people_values(comparing->people, comparing->field);
    size_t label_count = column_label_count(values);
    struct answer_counts counts = { .all = comparing->people->columns->rows };
    int64_t *rows = arena_array_of(comparing->work->arena, label_count + 1, int64_t);
    for (int64_t row = 0; row < counts.all; row++)
        rows[column_code(values, row)]++;
    for (uint32_t i = 0; i < label_count; i++)
        comparison->states[state_of(comparing, column_label(values, i))] += rows[i];
    counts.answered = comparison->states[ANSWER_GIVEN];
    counts.preferred_not = comparison->states[ANSWER_PREFER_NOT_TO_SAY];
    (void)answer_rates_of(counts, &comparison->rates); /* of nobody: all 0 */
}

static void measure(struct comparing *comparing, struct comparison_part *part)
{
    const struct comparison *comparison = comparing->comparison;
    struct arena *arena = comparing->work->arena;
    part->found = arena_array_of(arena, comparison->group_count + 1, struct representation);
    part->is_found = arena_array_of(arena, comparison->group_count + 1, bool);
    for (size_t i = 0; i < comparison->group_count; i++)
        part->is_found[i] = representation_of(part->people[i], part->base, part->shares[i],
                                              &part->found[i]);
}

/* The benchmark's share of each group of the comparison. */
static enum status shares_of(struct comparing *comparing, const struct benchmark_set *set,
                             const int64_t **out_shares)
{
    const struct comparison *comparison = comparing->comparison;
    int64_t *shares = arena_array_of(comparing->work->arena, comparison->group_count + 1, int64_t);
    for (size_t i = 0; i < set->values.count; i++) {
        const struct benchmark_value *value = set->values.items[i];
        const char *mapped = NULL;
        enum status status = map_code(comparing, set->list, value->code, comparison->list, &mapped);
        if (status != STATUS_OK)
            return status;
        for (size_t group = 0; mapped && group < comparison->group_count; group++)
            if (strcmp(comparison->groups[group].code->code, mapped) == 0)
                shares[group] += value->percent;
    }
    *out_shares = shares;
    return STATUS_OK;
}

/* A unit whose name is that of a place of the benchmark is compared with that place. */
static enum status take_own_shares(struct comparing *comparing, struct comparison_part *unit)
{
    const struct list *places = &comparing->benchmark->places;
    const char *slash = strrchr(unit->path, '/');
    struct slice path = slice_of(unit->path), last = slice_of(slash ? slash + 1 : unit->path);
    for (size_t i = 0; i < places->count; i++) {
        const struct benchmark_place *place = places->items[i];
        struct slice name = slice_of(place->name);
        if (!slice_equal_folded(name, path) && !slice_equal_folded(name, last))
            continue;
        for (size_t k = 0; k < place->sets.count; k++) {
            const struct benchmark_set *set = place->sets.items[k];
            if (set->list != comparing->set->list || set->is_partial != comparing->set->is_partial)
                continue; /* like is compared with like */
            unit->has_own_shares = true;
            return shares_of(comparing, set, &unit->shares);
        }
    }
    return STATUS_OK;
}

static void start_part(struct comparing *comparing, const char *path, const char *level,
                       struct comparison_part *part)
{
    *part = (struct comparison_part){ .path = path, .level = level, .shares = comparing->shares };
    part->people = arena_array_of(comparing->work->arena, comparing->comparison->group_count + 1,
                                  int64_t);
}

/* Counts people into parts; `units` NULL counts everybody into the first. */
static void count_people(struct comparing *comparing, const struct column *units,
                         struct comparison_part *parts)
{
    const struct comparison *comparison = comparing->comparison;
    const struct column *values = people_values(comparing->people, comparing->field);
    size_t count = column_label_count(values);
    bool *is_answer = arena_array_of(comparing->work->arena, count + 1, bool);
    for (uint32_t i = 0; i < count; i++)
        is_answer[i] = code_list_find(comparison->asked, slice_copy(comparing->work->arena,
                                                                    column_label(values, i))) !=
                       NULL;
    for (int64_t row = 0; row < comparing->people->columns->rows; row++) {
        uint32_t label = column_code(values, row), group = comparing->group_of_label[label];
        struct comparison_part *part = &parts[units ? column_code(units, row) : 0];
        if (group != NOWHERE)
            part->people[group]++;
        part->base += group != NOWHERE || (comparison->is_partial && is_answer[label]);
    }
}

static int by_path(const void *a, const void *b)
{
    return people_units_compare(((const struct comparison_part *)a)->path,
                                ((const struct comparison_part *)b)->path);
}

static enum status add_units(struct comparing *comparing, const char *headings)
{
    struct comparison *comparison = comparing->comparison;
    struct arena *arena = comparing->work->arena;
    struct people_hierarchy hierarchy;
    enum status status = people_units_find(comparing->work, comparing->people, headings,
                                           &hierarchy);
    size_t before = comparison->unit_count, count = before;
    for (size_t depth = 0; status == STATUS_OK && depth < hierarchy.depth; depth++)
        count += hierarchy.levels[depth].count;
    if (status != STATUS_OK || count == before)
        return status;
    struct comparison_part *units = arena_array_of(arena, count, struct comparison_part);
    if (before > 0)
        memcpy(units, comparison->units, before * sizeof *units);
    for (size_t depth = 0; depth < hierarchy.depth; depth++) {
        const struct people_level *level = &hierarchy.levels[depth];
        for (size_t i = 0; i < level->count && status == STATUS_OK; i++) {
            struct comparison_part *unit = &units[comparison->unit_count + i];
            start_part(comparing, level->paths[i], level->heading, unit);
            status = take_own_shares(comparing, unit);
        }
        if (status != STATUS_OK)
            return status;
        count_people(comparing, &level->of_person, units + comparison->unit_count);
        comparison->unit_count += level->count;
    }
    for (size_t i = before; i < count; i++)
        measure(comparing, &units[i]);
    qsort(units + before, count - before, sizeof *units, by_path);
    comparison->units = units;
    return STATUS_OK;
}

static enum status compare_set(struct comparing *comparing,
                               const struct comparison_request *request)
{
    struct comparison *comparison = comparing->comparison;
    *comparison = (struct comparison){ .role = comparing->field->column->role,
                                       .heading = comparing->field->column->heading,
                                       .asked = comparing->field->question.list,
                                       .is_partial = comparing->set->is_partial };
    enum status status = find_common(comparing, &comparison->list);
    if (status == STATUS_OK && !comparison->list)
        return work_fail(comparing->work, STATUS_INPUT,
                         "The groups of \"%s\" (%s) and of the benchmark (%s) cannot be brought to "
                         "one list; map the column to a list that can, with --map.",
                         comparison->heading, comparison->asked->name, comparing->set->list->name);
    if (status == STATUS_OK)
        status = make_groups(comparing);
    if (status == STATUS_OK)
        status = place_labels(comparing);
    if (status != STATUS_OK)
        return status;
    count_states(comparing);
    status = shares_of(comparing, comparing->set, &comparing->shares);
    if (status != STATUS_OK)
        return status;
    start_part(comparing, "", "", &comparison->everybody);
    count_people(comparing, NULL, &comparison->everybody);
    measure(comparing, &comparison->everybody);
    comparison->unplaced = comparison->states[ANSWER_GIVEN];
    for (size_t i = 0; i < comparison->group_count; i++)
        comparison->unplaced -= comparison->everybody.people[i];
    if (request->unit_count == 0)
        return add_units(comparing, NULL);
    for (size_t i = 0; i < request->unit_count && status == STATUS_OK; i++)
        status = add_units(comparing, request->units[i]);
    return status;
}

/* Ages and dates of birth stand in ten-year bands beside the file's own columns, the two questions
 * on disability as what follows from both: compared as if they were columns. NULL where there are
 * none, or the benchmark has another characteristic. */
static enum status derived_field(struct comparing *comparing, const struct people_field **out_field)
{
    static const struct {
        const char *column;
        enum people_role shown, from, or_from;
    } derived[] = { { "disability-equality-act", PEOPLE_DISABILITY, PEOPLE_DISABILITY,
                      PEOPLE_DISABILITY },
                    { PEOPLE_AGE_GROUP, PEOPLE_AGE, PEOPLE_AGE, PEOPLE_DATE_OF_BIRTH } };
    struct arena *arena = comparing->work->arena;
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++) {
        ptrdiff_t place = columns_find(comparing->people->columns, derived[i].column);
        const struct people_field *from = people_field_of(comparing->people, derived[i].from);
        if (!from)
            from = people_field_of(comparing->people, derived[i].or_from);
        if (place < 0 || !from ||
            strcmp(people_roles[derived[i].shown].code, comparing->set->list->role) != 0)
            continue;
        struct people_field *field = arena_new_of(arena, struct people_field);
        struct people_column *column = arena_new_of(arena, struct people_column);
        *column = *from->column;
        column->role = derived[i].shown;
        *field = (struct people_field){
            .column = column, .name = derived[i].column, .values = place, .written = -1
        };
        *out_field = field;
        return code_list_load(comparing->work, &comparing->labels->lists, derived[i].column,
                              &field->question.list);
    }
    return STATUS_OK;
}

/* The column of the file that has the characteristic of the benchmark's set; NULL where none has.
 */
static enum status find_field(struct comparing *comparing)
{
    const struct people *people = comparing->people;
    enum status status = derived_field(comparing, &comparing->field);
    for (size_t f = 0; f < people->field_count && !comparing->field; f++) {
        const struct people_field *field = &people->fields[f];
        if (people_values(people, field) && field->question.list &&
            strcmp(field->question.list->role, comparing->set->list->role) == 0)
            comparing->field = field;
    }
    return status;
}

enum status comparison_make(struct work *work, struct people_labels *labels,
                            const struct people *people, const struct comparison_request *request,
                            struct list *out_comparisons)
{
    struct list comparisons = { 0 };
    for (size_t i = 0; i < request->benchmark->sets.count; i++) {
        struct comparing comparing = { .work = work,
                                       .labels = labels,
                                       .people = people,
                                       .benchmark = request->benchmark,
                                       .set = request->benchmark->sets.items[i] };
        enum status status = find_field(&comparing);
        if (status == STATUS_OK && !comparing.field)
            continue;
        comparing.comparison = arena_new_of(work->arena, struct comparison);
        if (status == STATUS_OK)
            status = compare_set(&comparing, request);
        if (status != STATUS_OK)
            return status;
        list_add(work->arena, &comparisons, comparing.comparison);
    }
    if (comparisons.count == 0)
        return work_fail(work, STATUS_INPUT,
                         "The file and the benchmark \"%s\" have no characteristic in common; name "
                         "columns with --column, such as --column ethnicity=HEADING.",
                         request->benchmark->title);
    *out_comparisons = comparisons;
    return STATUS_OK;
}

const char *comparison_reading(struct arena *arena, const struct representation *found)
{
    const char *side = found->gap < 0 ? "under-represented" : "over-represented";
    switch (found->finding) {
    case LIKELIHOOD_SIGNIFICANT:
        return arena_format(arena, "%s, significant", side);
    case LIKELIHOOD_INDICATION:
        return arena_format(arena, "%s by indication, small numbers", side);
    case LIKELIHOOD_SMALL_BUT_REAL:
        return arena_format(arena, "%s, small but real", side);
    case LIKELIHOOD_NO_EVIDENCE:
    case LIKELIHOOD_NOT_COMPARED:
        break;
    }
    return "no evidence of a difference";
}
