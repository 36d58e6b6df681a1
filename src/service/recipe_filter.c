#include "service/recipe_filter.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static enum status malformed(struct work *work, const char *text)
{
    return work_fail(work, STATUS_INPUT,
                     "\"%.120s\" does not say who is counted; write such as "
                     "ethnicity=@ethnic-minorities; grade=PO5|PO6; sex=answered.",
                     text);
}

static enum status read_values(struct work *work, const char *text, struct slice rest,
                               struct filter_term *term)
{
    struct slice value;
    rest = slice_trim(rest);
    if (slice_starts(rest, "@")) {
        term->group = slice_copy(work->arena, slice_from(rest, 1));
        return STATUS_OK;
    }
    term->is_answered = slice_is(rest, "answered");
    while (!term->is_answered && slice_split(&rest, '|', &value)) {
        if (term->value_count == FILTER_MOST_VALUES || slice_trim(value).length == 0)
            return malformed(work, text);
        term->values[term->value_count++] = slice_copy(work->arena, slice_trim(value));
    }
    return term->is_answered || term->value_count > 0 ? STATUS_OK : malformed(work, text);
}

static enum status read_term(struct work *work, const char *text, struct slice part,
                             struct filter_term *term)
{
    struct slice rest = part, column;
    if (!slice_split(&rest, '=', &column) || !rest.start)
        return malformed(work, text);
    *term = (struct filter_term){ .is_not = slice_ends(column, "!") };
    if (term->is_not)
        column.length--;
    column = slice_trim(column);
    if (column.length == 0)
        return malformed(work, text);
    term->column = slice_copy(work->arena, column);
    return read_values(work, text, rest, term);
}

enum status recipe_filter_read(struct work *work, const char *text,
                               struct recipe_filter *out_filter)
{
    struct recipe_filter filter = { .count = 0 };
    struct slice rest = slice_of(text), part;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && slice_split(&rest, ';', &part)) {
        part = slice_trim(part);
        if (part.length == 0)
            continue;
        if (filter.count == FILTER_MOST_TERMS)
            return malformed(work, text);
        status = read_term(work, text, part, &filter.terms[filter.count++]);
    }
    if (status == STATUS_OK)
        *out_filter = filter;
    return status;
}

static bool is_answer(struct slice label)
{
    for (int i = ANSWER_GIVEN + 1; i < ANSWER_STATE_COUNT; i++)
        if (slice_is(label, answer_state_code((enum answer_state)i)))
            return false;
    return label.length > 0;
}

static bool is_among(const struct filter_term *term, struct slice label)
{
    for (size_t i = 0; i < term->value_count; i++)
        if (slice_is(label, term->values[i]))
            return true;
    return false;
}

static bool is_in_group(const struct filter_term *term, const struct code_list *list,
                        struct slice label)
{
    const struct list_aggregate *group = list ? code_list_aggregate(list, term->group) : NULL;
    for (size_t i = 0; group && i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        if (slice_is(label, code->code))
            return code_list_is_in(list, group, code->code);
    }
    return false;
}

bool recipe_filter_meets(const struct filter_term *term, const struct code_list *list,
                         struct slice label)
{
    bool meets = term->is_answered ? is_answer(label)
                 : term->group     ? is_in_group(term, list, label)
                                   : is_among(term, label);
    return meets != term->is_not;
}

enum status recipe_filter_check(struct work *work, const struct filter_term *term,
                                const struct code_list *list)
{
    if (term->group && (!list || !code_list_aggregate(list, term->group)))
        return work_fail(work, STATUS_INPUT,
                         "%s has no group \"%.60s\"; rules/list_aggregates.csv names them.",
                         list ? list->name : term->column, term->group);
    enum answer_state state;
    for (size_t i = 0; list && i < term->value_count; i++)
        if (!code_list_find(list, term->values[i]) && !answer_state_read(term->values[i], &state))
            return work_fail(work, STATUS_INPUT, "%s has no code \"%.60s\".", list->name,
                             term->values[i]);
    return STATUS_OK;
}
