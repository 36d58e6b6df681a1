#include "service/import_plan.h"

#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "model/action_tag.h"
#include "model/characteristic.h"
#include "model/objective.h"
#include "model/outcome.h"
#include "model/priority.h"
#include "store/text_store.h"
#include "base/banned.h"

static struct slice cell_for(const struct import_context *context, const struct table_row *cells,
                             enum import_use use)
{
    for (size_t i = 0; i < context->map->count && i < cells->count; i++)
        if (context->map->columns[i].use == use ||
            (use == IMPORT_PRIORITY && context->map->columns[i].reference == &priority_entity))
            return slice_trim(cells->cells[i]);
    return (struct slice){ NULL, 0 };
}

/* "Objective 1 - Develop …" and "Objective: …" are titles with a label before them. */
static struct slice title_words(const char *title)
{
    struct slice words = slice_trim(slice_of(title));
    if (!slice_starts_folded(words, "objective"))
        return words;
    words = slice_from(words, strlen("objective"));
    while (words.length &&
           (strchr(" \t0123456789:.-", words.start[0]) || ((unsigned char)words.start[0] & 0x80)))
        words = slice_from(words, 1);
    return words;
}

static enum status make_objective(struct work *work, struct import_context *context, int64_t scheme,
                                  const char *title, int64_t *out_id)
{
    struct objective *objective = entity_row(work->arena, &objective_entity);
    bool done = false;
    enum status status = text_store_next_objective(work, scheme, &objective->number);
    objective->scheme = scheme;
    objective->title = title;
    objective->code = arena_format(work->arena, "%s-%lld", context->scheme,
                                   (long long)objective->number);
    if (status == STATUS_OK)
        status = context_put(work, context, &objective_entity, objective, &done);
    if (done)
        *out_id = objective->id;
    return status;
}

static enum status find_objective(struct work *work, struct import_context *context,
                                  int64_t *out_id)
{
    int64_t scheme = INTEGER_MISSING;
    if (!context->scheme || !context->title) {
        problem_add(context->problems, "objective",
                    "Which objective the action belongs to is not said; add a column, or give "
                    "--set objective=CODE, or --set scheme=CODE where a title stands above each "
                    "table.");
        return STATUS_OK;
    }
    enum status status = context_scheme(work, context, &scheme);
    if (status != STATUS_OK || scheme == INTEGER_MISSING)
        return status;
    const char *title = slice_copy(work->arena, title_words(context->title));
    status = text_store_objective(work, scheme, title, out_id);
    if (status == STATUS_OK && *out_id == INTEGER_MISSING)
        status = make_objective(work, context, scheme, title, out_id);
    return status;
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

static enum status complete_code(struct work *work, struct action *action,
                                 const char *objective_code, struct import_context *context)
{
    int64_t id = INTEGER_MISSING;
    enum status status = text_store_action(work, action->objective, action->wording, &id);
    if (status == STATUS_OK && id != INTEGER_MISSING)
        return entity_store_code(work, &action_entity, id, &action->code);
    if (status == STATUS_OK && action->number == INTEGER_MISSING) {
        status = text_store_next_action(work, action->objective, &action->number);
        context_mark(context, &action_entity, "number");
    }
    if (status == STATUS_OK)
        action->code = arena_format(work->arena, "%s-%02lld", objective_code,
                                    (long long)action->number);
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
        status = find_objective(work, context, &action->objective);
    if (status != STATUS_OK || action->objective == INTEGER_MISSING)
        return status;
    context_mark(context, &action_entity, "objective");
    status = reference_code(work, context->references, &objective_entity, action->objective,
                            &objective_code);
    if (status == STATUS_OK && action->priority == INTEGER_MISSING) {
        status = complete_priority(work, context, cells, action, objective_code);
        if (action->priority != INTEGER_MISSING)
            context_mark(context, &action_entity, "priority");
    }
    if (status == STATUS_OK && !action->code) {
        status = complete_code(work, action, objective_code, context);
        context_mark(context, &action_entity, "code");
    }
    return status;
}

static bool is_mark(struct slice text)
{
    static const char *const marks[] = { "x",    "yes",          "y",           "1",
                                         "true", "\xE2\x9C\x93", "\xE2\x9C\x94" };
    for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
        if (slice_equal_folded(text, slice_of(marks[i])))
            return true;
    return false;
}

enum status plan_put_tags(struct work *work, struct import_context *context,
                          const struct table_row *cells, int64_t action)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < context->map->count && i < cells->count; i++) {
        const struct import_column *column = &context->map->columns[i];
        bool done = false;
        if (column->use != IMPORT_CHARACTERISTIC || !is_mark(slice_trim(cells->cells[i])))
            continue;
        struct action_tag *tag = entity_row(work->arena, &action_tag_entity);
        tag->action = action;
        tag->heading = column->heading;
        status = reference_id(work, context->references, &characteristic_entity,
                              slice_of(column->characteristic), &tag->characteristic);
        if (status == STATUS_OK && tag->characteristic == INTEGER_MISSING)
            problem_add(context->problems, column->heading,
                        "There is no characteristic with the code \"%s\"; import it first.",
                        column->characteristic);
        else if (status == STATUS_OK)
            status = context_put(work, context, &action_tag_entity, tag, &done);
    }
    return status;
}
