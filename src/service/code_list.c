#include "service/code_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum { STEPS_MOST = 8, LISTS_MOST = 256 };

static const struct {
    const char *code, *title;
} states[ANSWER_STATE_COUNT] = {
    [ANSWER_GIVEN] = { "answered", "Answered" },
    [ANSWER_PREFER_NOT_TO_SAY] = { "prefer-not-to-say", "Prefer not to say" },
    [ANSWER_NOT_ANSWERED] = { "not-answered", "Not answered" },
    [ANSWER_NOT_ASKED] = { "not-asked", "Not asked" },
    [ANSWER_UNKNOWN] = { "unknown", "Not known (legacy)" },
    [ANSWER_WITHDRAWN] = { "withdrawn", "Withdrawn" },
    [ANSWER_NOT_UNDERSTOOD] = { "not-understood", "Not understood" },
};

const char *answer_state_code(enum answer_state state)
{
    return states[state].code;
}

const char *answer_state_title(enum answer_state state)
{
    return states[state].title;
}

bool answer_state_read(const char *code, enum answer_state *out_state)
{
    for (int i = 0; i < ANSWER_STATE_COUNT; i++)
        if (strcmp(states[i].code, code) == 0) {
            *out_state = (enum answer_state)i;
            return true;
        }
    return false;
}

static enum status take_list(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct code_lists *lists = target;
    struct code_list *list = arena_new_of(work->arena, struct code_list);
    *list = (struct code_list){ .name = cells[0],
                                .role = cells[1],
                                .title = cells[2],
                                .nation = cells[3],
                                .source = cells[4],
                                .from = cells[5],
                                .to = cells[6],
                                .note = cells[7] };
    if (!list->name || !list->role || !list->title)
        return work_fail(work, STATUS_INPUT,
                         "rules/lists.csv: a list has a name, a role and a title.");
    list_add(work->arena, &lists->lists, list);
    return STATUS_OK;
}

enum status code_lists_open(struct work *work, struct code_lists *out_lists)
{
    static const char *const columns[] = { "list", "role", "title", "nation", "source",
                                           "from", "to",   "note",  NULL };
    struct code_lists lists = { 0 };
    enum status status = rules_table_read(work, "lists.csv", columns, take_list, &lists);
    if (status == STATUS_OK)
        *out_lists = lists;
    return status;
}

static struct code_list *find_list(const struct code_lists *lists, const char *name)
{
    for (size_t i = 0; i < lists->lists.count; i++) {
        struct code_list *list = lists->lists.items[i];
        if (strcmp(list->name, name) == 0)
            return list;
    }
    return NULL;
}

static enum status take_code(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct code_list *list = target;
    struct list_code *code = arena_new_of(work->arena, struct list_code);
    *code = (struct list_code){ .code = cells[0], .label = cells[1], .parent = cells[2] };
    if (!code->code || !code->label || code_list_find(list, code->code))
        return work_fail(work, STATUS_INPUT,
                         "rules/lists/%s.csv: each row has a code of its own and a label.",
                         list->name);
    list_add(work->arena, &list->codes, code);
    return STATUS_OK;
}

static enum status mark_groups(struct work *work, const struct code_list *list)
{
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        if (!code->parent)
            continue;
        size_t at = 0;
        struct list_code *parent = NULL;
        while (at < list->codes.count &&
               strcmp(((struct list_code *)list->codes.items[at])->code, code->parent) != 0)
            at++;
        if (at < list->codes.count)
            parent = list->codes.items[at];
        if (!parent || parent->parent)
            return work_fail(work, STATUS_INPUT,
                             "rules/lists/%s.csv: the parent \"%s\" is no group of the list.",
                             list->name, code->parent);
        parent->is_group = true;
    }
    return STATUS_OK;
}

static enum status take_aggregate(struct work *work, void *target,
                                  const char *const cells[RULES_MOST_COLUMNS])
{
    struct code_list *list = cells[0] ? find_list(target, cells[0]) : NULL;
    if (!list || !cells[1] || !cells[2] || !cells[3])
        return work_fail(work, STATUS_INPUT,
                         "rules/list_aggregates.csv: a group has a list that exists, a name, a "
                         "label and codes.");
    struct list_aggregate *aggregate = arena_new_of(work->arena, struct list_aggregate);
    *aggregate = (struct list_aggregate){ .name = cells[1], .label = cells[2], .codes = cells[3] };
    list_add(work->arena, &list->aggregates, aggregate);
    return STATUS_OK;
}

static enum status load_aggregates(struct work *work, struct code_lists *lists)
{
    static const char *const columns[] = { "list", "aggregate", "label", "codes", NULL };
    if (lists->has_aggregates)
        return STATUS_OK;
    lists->has_aggregates = true;
    return rules_table_read(work, "list_aggregates.csv", columns, take_aggregate, lists);
}

static enum status check_aggregates(struct work *work, const struct code_list *list)
{
    for (size_t i = 0; i < list->aggregates.count; i++) {
        const struct list_aggregate *aggregate = list->aggregates.items[i];
        struct slice rest = slice_of(aggregate->codes), word;
        while (slice_word(&rest, &word))
            if (!code_list_find(list, slice_copy(work->arena, word)))
                return work_fail(work, STATUS_INPUT,
                                 "rules/list_aggregates.csv: %s has no code \"%.*s\".", list->name,
                                 (int)word.length, word.start);
    }
    return STATUS_OK;
}

enum status code_list_load(struct work *work, struct code_lists *lists, const char *name,
                           const struct code_list **out_list)
{
    static const char *const columns[] = { "code", "label", "parent", NULL };
    struct code_list *list = find_list(lists, name);
    if (!list)
        return work_fail(work, STATUS_NOT_FOUND,
                         "There is no list of codes named \"%.60s\"; rules/lists.csv names them.",
                         name);
    enum status status = load_aggregates(work, lists);
    if (status == STATUS_OK && !list->is_loaded) {
        const char *file = arena_format(work->arena, "lists/%s.csv", name);
        status = rules_table_read(work, file, columns, take_code, list);
        if (status == STATUS_OK)
            status = mark_groups(work, list);
        if (status == STATUS_OK)
            status = check_aggregates(work, list);
        list->is_loaded = status == STATUS_OK;
    }
    if (status == STATUS_OK)
        *out_list = list;
    return status;
}

const struct list_code *code_list_find(const struct code_list *list, const char *code)
{
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *one = list->codes.items[i];
        if (strcmp(one->code, code) == 0)
            return one;
    }
    return NULL;
}

const struct list_aggregate *code_list_aggregate(const struct code_list *list, const char *name)
{
    for (size_t i = 0; i < list->aggregates.count; i++) {
        const struct list_aggregate *one = list->aggregates.items[i];
        if (strcmp(one->name, name) == 0)
            return one;
    }
    return NULL;
}

static bool is_among(const char *codes, const char *code)
{
    struct slice rest = slice_of(codes), word;
    while (slice_word(&rest, &word))
        if (slice_is(word, code))
            return true;
    return false;
}

/* A group belongs when all that it is divided into does. */
static bool all_parts_in(const struct code_list *list, const struct list_aggregate *aggregate,
                         const char *group)
{
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *one = list->codes.items[i];
        if (one->parent && strcmp(one->parent, group) == 0 &&
            !is_among(aggregate->codes, one->code))
            return false;
    }
    return true;
}

bool code_list_is_in(const struct code_list *list, const struct list_aggregate *aggregate,
                     const char *code)
{
    const struct list_code *one = code_list_find(list, code);
    if (!one)
        return false;
    if (is_among(aggregate->codes, code) ||
        (one->parent && is_among(aggregate->codes, one->parent)))
        return true;
    return one->is_group && all_parts_in(list, aggregate, code);
}

size_t code_list_categories(const struct code_list *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->codes.count; i++)
        count += !((const struct list_code *)list->codes.items[i])->is_group;
    return count;
}

static enum status take_crosswalk(struct work *work, void *target,
                                  const char *const cells[RULES_MOST_COLUMNS])
{
    struct code_lists *lists = target;
    struct list_crosswalk *crosswalk = arena_new_of(work->arena, struct list_crosswalk);
    *crosswalk = (struct list_crosswalk){
        cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]
    };
    for (int i = 0; i < 4; i++)
        if (!cells[i])
            return work_fail(work, STATUS_INPUT,
                             "rules/list_crosswalks.csv: each row has two lists and two codes.");
    list_add(work->arena, &lists->crosswalks, crosswalk);
    return STATUS_OK;
}

static enum status load_crosswalks(struct work *work, struct code_lists *lists)
{
    static const char *const columns[] = { "from_list", "from_code", "to_list", "to_code",
                                           "from",      "note",      NULL };
    if (lists->has_crosswalks)
        return STATUS_OK;
    lists->has_crosswalks = true;
    return rules_table_read(work, "list_crosswalks.csv", columns, take_crosswalk, lists);
}

/* The lists on the shortest way, the last of them `to`; 0 when there is none. */
static size_t find_way(const struct code_lists *lists, const char *from, const char *to,
                       const char *way[STEPS_MOST])
{
    const char *seen[LISTS_MOST] = { from };
    size_t before[LISTS_MOST] = { 0 }, depth[LISTS_MOST] = { 0 }, count = 1;
    for (size_t at = 0; at < count; at++) {
        if (strcmp(seen[at], to) == 0) {
            for (size_t i = depth[at], here = at; i > 0; here = before[here])
                way[--i] = seen[here];
            return depth[at];
        }
        for (size_t i = 0; i < lists->crosswalks.count && depth[at] < STEPS_MOST; i++) {
            const struct list_crosswalk *one = lists->crosswalks.items[i];
            size_t known = 0;
            if (strcmp(one->from_list, seen[at]) != 0)
                continue;
            while (known < count && strcmp(seen[known], one->to_list) != 0)
                known++;
            if (known == count && count < LISTS_MOST) {
                before[count] = at;
                depth[count] = depth[at] + 1;
                seen[count++] = one->to_list;
            }
        }
    }
    return 0;
}

static const char *step(const struct code_lists *lists, const char *from, const char *code,
                        const char *to)
{
    for (size_t i = 0; i < lists->crosswalks.count; i++) {
        const struct list_crosswalk *one = lists->crosswalks.items[i];
        if (strcmp(one->from_list, from) == 0 && strcmp(one->from_code, code) == 0 &&
            strcmp(one->to_list, to) == 0)
            return one->to_code;
    }
    return NULL;
}

enum status code_lists_map(struct work *work, struct code_lists *lists, const char *from_list,
                           const char *code, const char *to_list, const char **out_code)
{
    const char *way[STEPS_MOST] = { NULL };
    if (strcmp(from_list, to_list) == 0) {
        *out_code = code;
        return STATUS_OK;
    }
    enum status status = load_crosswalks(work, lists);
    if (status != STATUS_OK)
        return status;
    size_t steps = find_way(lists, from_list, to_list, way);
    for (size_t i = 0; code && i < steps; i++) {
        code = step(lists, from_list, code, way[i]);
        from_list = way[i];
    }
    *out_code = steps > 0 ? code : NULL;
    return STATUS_OK;
}
