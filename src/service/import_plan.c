#include "service/import_plan.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "model/objective.h"
#include "model/outcome.h"
#include "model/priority.h"
#include "service/import_objective.h"
#include "store/text_store.h"
#include "base/banned.h"

enum { CODE_LONGEST = 60 };

static struct slice cell_for(const struct import_context *context, const struct table_row *cells,
                             enum import_use use)
{
    for (size_t i = 0; i < context->map->count && i < cells->count; i++)
        if (context->map->columns[i].use == use ||
            (use == IMPORT_PRIORITY && context->map->columns[i].reference == &priority_entity))
            return slice_trim(cells->cells[i]);
    return (struct slice){ NULL, 0 };
}

/* The objective in words: the row's own cell, that of a row before (as merged cells have it), or
 * the title above the rows. It is made where the scheme does not have it yet. */
static enum status find_objective(struct work *work, struct import_context *context,
                                  const struct table_row *cells, int64_t *out_id)
{
    const struct field *field = entity_field(&action_entity, "objective");
    bool has_column = import_map_find(context->map, field) != NULL;
    struct slice words = context_cell(context, cells, field);
    int64_t scheme = INTEGER_MISSING;
    if (words.length == 0 && context->objective != INTEGER_MISSING) {
        *out_id = context->objective;
        return STATUS_OK;
    }
    if (words.length == 0 && !has_column && context->title)
        words = slice_of(context->title);
    struct objective_words read = objective_words_read(words);
    if (read.title.length == 0 && read.number == 0) {
        problem_add(context->problems, "objective",
                    "Which objective the action belongs to is not said. Write it in a column "
                    "\"Objective\", put its title above the rows, or give --set "
                    "objective=CODE.");
        return STATUS_OK;
    }
    enum status status = import_find_objective(work, context, read, &scheme, out_id);
    if (status != STATUS_OK || scheme == INTEGER_MISSING || *out_id != INTEGER_MISSING)
        return status;
    if (read.title.length > 0)
        return import_make_objective(work, context, read, scheme, out_id);
    problem_add(context->problems, "objective",
                "The scheme has no objective %" PRId64 ", and the file does not give its title; "
                "write the title beside the number.",
                read.number);
    return STATUS_OK;
}

static enum status find_priority(struct work *work, struct import_context *context,
                                 int64_t objective, const char *objective_code, struct slice need)
{
    struct priority *priority = entity_row(work->arena, &priority_entity);
    bool done = false;
    priority->objective = objective;
    priority->need = slice_copy(work->arena, need);
    enum status status = text_store_priority(work, objective, priority->need, &context->priority);
    if (status != STATUS_OK || context->priority != INTEGER_MISSING)
        return status;
    status = text_store_next_priority(work, objective, &priority->number);
    priority->code = arena_format(work->arena, "%s-p%lld", objective_code,
                                  (long long)priority->number);
    if (status == STATUS_OK)
        status = context_put(work, context, &priority_entity, priority, &done);
    if (done)
        context->priority = priority->id;
    return status;
}

static enum status find_outcome(struct work *work, struct import_context *context,
                                struct slice wording)
{
    const char *code = NULL;
    struct outcome *outcome = entity_row(work->arena, &outcome_entity);
    bool done = false;
    int64_t id = INTEGER_MISSING;
    outcome->priority = context->priority;
    outcome->wording = slice_copy(work->arena, wording);
    enum status status = text_store_outcome(work, context->priority, outcome->wording, &id);
    if (status != STATUS_OK || id != INTEGER_MISSING)
        return status;
    status = text_store_next_outcome(work, context->priority, &outcome->number);
    if (status == STATUS_OK)
        status = reference_code(work, context->references, &priority_entity, context->priority,
                                &code);
    if (status != STATUS_OK)
        return status;
    outcome->code = arena_format(work->arena, "%s-o%lld", code, (long long)outcome->number);
    return context_put(work, context, &outcome_entity, outcome, &done);
}

/* Whether the text begins as an order does: "Produce …", "To review …". */
static bool is_order(struct slice verbs, struct slice text)
{
    struct slice word, line, rest = text;
    static const char bullets[] = "-*\xC2\xB7\xE2\x80\xA2";
    while (rest.length && (strchr(bullets, rest.start[0]) || rest.start[0] == ' '))
        rest = slice_from(rest, 1);
    if (!slice_word(&rest, &word))
        return false;
    if (slice_equal_folded(word, SLICE("to")) && !slice_word(&rest, &word))
        return false;
    while (slice_split(&verbs, '\n', &line))
        if (slice_equal_folded(slice_trim(line), word))
            return true;
    return false;
}

static enum status complete_priority(struct work *work, struct import_context *context,
                                     const struct table_row *cells, struct action *action,
                                     const char *objective_code)
{
    struct slice need = cell_for(context, cells, IMPORT_PRIORITY);
    struct slice outcome = cell_for(context, cells, IMPORT_OUTCOME);
    enum status status = STATUS_OK;
    if (outcome.length && action->wording && is_order(context->verbs, outcome) &&
        !is_order(context->verbs, slice_of(action->wording))) {
        problem_add(context->problems, "outcome",
                    "The outcome begins like an action and the action does not; the two columns "
                    "may be swapped. Put each in its place.");
        return STATUS_OK;
    }
    if (need.length)
        status = find_priority(work, context, action->objective, objective_code, need);
    if (status == STATUS_OK && outcome.length && context->priority != INTEGER_MISSING)
        status = find_outcome(work, context, outcome);
    action->priority = context->priority;
    return status;
}

/* The printed reference as a code under its objective: "2.1" under "plan-2" is "plan-2.1", "A4" is
 * "plan-2-a4". A whole number alone is the action's number, and then the code is NULL. */
static const char *code_of_reference(struct work *work, struct slice reference,
                                     const char *objective_code, int64_t *out_number)
{
    struct text code = text_new(work->arena, CODE_LONGEST);
    const char *last = strrchr(objective_code, '-');
    struct slice rest = reference, own = slice_of(last ? last + 1 : "");
    if (slice_integer(reference, out_number) && *out_number > 0)
        return NULL;
    *out_number = INTEGER_MISSING;
    text_add(&code, objective_code);
    bool is_under = own.length > 0 && slice_starts(reference, own.start) &&
                    reference.length > own.length &&
                    !isalnum((unsigned char)reference.start[own.length]);
    if (is_under)
        rest = slice_from(reference, own.length);
    else
        text_add_character(&code, '-');
    for (size_t i = 0; i < rest.length; i++) {
        unsigned char byte = (unsigned char)rest.start[i];
        text_add_character(&code, isalnum(byte) || byte == '.' ? (char)tolower(byte) : '-');
    }
    return code.is_full ? NULL : code.bytes;
}

/* Whether the code was made from a number, and not from a printed reference. */
static bool is_numbered(const char *code, const char *objective_code)
{
    size_t length = strlen(objective_code);
    return strncmp(code, objective_code, length) == 0 && code[length] == '-' &&
           strspn(code + length + 1, "0123456789") == strlen(code + length + 1);
}

/* Gives the action the code of the one with its reference, or else with its words; a new one where
 * there is none. */
static enum status complete_code(struct work *work, struct import_context *context,
                                 struct slice reference, const char *objective_code,
                                 struct action *action)
{
    int64_t id = INTEGER_MISSING, number = INTEGER_MISSING;
    const char *found = NULL, *code = NULL;
    if (reference.length > 0)
        code = code_of_reference(work, reference, objective_code, &number);
    if (number != INTEGER_MISSING)
        code = arena_format(work->arena, "%s-%02" PRId64, objective_code, number);
    if (code) {
        enum status status = reference_id(work, context->references, &action_entity, slice_of(code),
                                          &id);
        if (status != STATUS_OK || id != INTEGER_MISSING) {
            action->code = code;
            return status;
        }
    }
    enum status status = text_store_action(work, action->objective, action->wording, &id);
    if (status == STATUS_OK && id != INTEGER_MISSING)
        status = entity_store_code(work, &action_entity, id, &found);
    if (status == STATUS_OK && found && (!code || is_numbered(found, objective_code))) {
        action->code = found;
        return STATUS_OK;
    }
    if (status == STATUS_OK && action->number == INTEGER_MISSING) {
        action->number = number;
        if (number == INTEGER_MISSING)
            status = text_store_next_action(work, action->objective, &action->number);
        context_mark(context, &action_entity, "number");
    }
    if (status == STATUS_OK)
        action->code = code ? code
                            : arena_format(work->arena, "%s-%02" PRId64, objective_code,
                                           action->number);
    return status;
}

enum status plan_complete(struct work *work, struct import_context *context,
                          const struct table_row *cells, struct action *action)
{
    const char *objective_code = NULL;
    enum status status = STATUS_OK;
    if (!action->wording)
        return STATUS_OK;
    if (action->objective == INTEGER_MISSING && !action->code)
        status = find_objective(work, context, cells, &action->objective);
    if (status != STATUS_OK || action->objective == INTEGER_MISSING)
        return status;
    if (action->objective != context->objective)
        context->priority = INTEGER_MISSING;
    context->objective = action->objective;
    context_mark(context, &action_entity, "objective");
    status = reference_code(work, context->references, &objective_entity, action->objective,
                            &objective_code);
    if (status == STATUS_OK && action->priority == INTEGER_MISSING) {
        status = complete_priority(work, context, cells, action, objective_code);
        if (action->priority != INTEGER_MISSING)
            context_mark(context, &action_entity, "priority");
    }
    if (status == STATUS_OK && !action->code) {
        status = complete_code(work, context, cell_for(context, cells, IMPORT_REFERENCE),
                               objective_code, action);
        context_mark(context, &action_entity, "code");
    }
    return status;
}
