/* The steps of a roll-over: submitted, sent back, approved. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "model/action_lead.h"
#include "model/action_measure.h"
#include "model/action_status.h"
#include "model/action_tag.h"
#include "service/import_put.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/roll_over_parts.h"
#include "base/banned.h"

enum { SUBMIT, DECIDE };

/* Who may take a step, and in which state the roll-over must be. */
static const struct step {
    enum right right;
    const char *state;
} steps[] = {
    [SUBMIT] = { RIGHT_PLAN_CHANGE, ROLL_OVER_DRAFT },
    [DECIDE] = { RIGHT_PLAN_APPROVE, ROLL_OVER_SUBMITTED },
};

/* Begins the event of a step, if it may be taken now. */
static enum status begin(struct work *work, const struct roll_over_place *place,
                         const struct step *step, struct roll_over_view *view,
                         struct audit **out_audit)
{
    enum status status = permission_require(work, step->right, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "roll-over", "roll-overs", out_audit);
    if (status == STATUS_OK)
        status = roll_over_load(work, place, view);
    return status == STATUS_OK ? roll_over_must_be(work, view, step->state) : status;
}

enum status roll_over_submit(struct work *work, const struct roll_over_place *place)
{
    struct roll_over_view view = { .scheme = NULL };
    struct audit *audit = NULL;
    enum status status = begin(work, place, &steps[SUBMIT], &view, &audit);
    if (status == STATUS_OK && (!view.row || view.left > 0))
        status = work_fail(work, STATUS_REFUSED,
                           "Left to choose: %zu. Choose for each, then submit.", view.left);
    if (status == STATUS_OK) {
        assert(view.row);
        struct roll_over after = *view.row;
        after.state = ROLL_OVER_SUBMITTED;
        after.submitted_at = work->now;
        after.submitted_by = record_writer(work);
        after.sent_back = NULL;
        status = record_change(work, audit, &roll_over_entity, view.row, &after);
    }
    return record_end(work, audit, status);
}

enum status roll_over_send_back(struct work *work, const struct roll_over_place *place,
                                const char *reason, struct problems *problems)
{
    struct roll_over_view view = { .scheme = NULL };
    struct audit *audit = NULL;
    struct slice words = slice_trim(slice_of(reason));
    const struct field *field = entity_field(&roll_over_entity, "sent_back");
    if (words.length == 0)
        problem_add(problems, "reason", "Give the reason: those who prepare it will read it");
    else if (words.length > (size_t)field->longest)
        problem_add(problems, "reason", "Write at most %lld characters", (long long)field->longest);
    if (problems->list.count)
        return STATUS_OK;
    enum status status = begin(work, place, &steps[DECIDE], &view, &audit);
    if (status == STATUS_OK) {
        assert(view.row);
        struct roll_over after = *view.row;
        after.state = ROLL_OVER_DRAFT;
        after.sent_back = slice_copy(work->arena, words);
        status = record_change(work, audit, &roll_over_entity, view.row, &after);
    }
    return record_end(work, audit, status);
}

/* An approval under way. */
struct approval {
    struct work *work;
    struct audit *audit;
    const struct roll_over_view *view;
    struct references *references;
    const char *today, *year_words;
};

static enum status put(struct approval *approval, const struct entity *entity, void *row)
{
    struct problems problems = { .arena = approval->work->arena };
    enum put_outcome outcome = PUT_REFUSED;
    struct put put = { .entity = entity,
                       .audit = approval->audit,
                       .references = approval->references,
                       .problems = &problems };
    enum status status = put_row(approval->work, &put, row, &outcome);
    if (status == STATUS_OK && outcome == PUT_REFUSED)
        return work_fail(
            approval->work, STATUS_REFUSED, "The %s could not be recorded: %s", entity->name,
            problems.list.count ? ((const struct problem *)problems.list.items[0])->words
                                : "it does not fit");
    return status;
}

/* A step in the history of an action; what was said about the same status on the same day already
 * is kept and gets the new reason behind it. */
static enum status add_step(struct approval *approval, const struct action *action, const char *to,
                            const char *reason)
{
    struct action_status step = { .id = INTEGER_MISSING,
                                  .action = action->id,
                                  .changed_on = approval->today,
                                  .status = to,
                                  .reason = reason,
                                  .event = INTEGER_MISSING };
    struct action_status kept;
    enum status status = entity_store_find(approval->work, &action_status_entity, &step, &kept);
    if (status == STATUS_OK)
        step.reason = arena_format(approval->work->arena, "%s %s", kept.reason, reason);
    else if (status != STATUS_NOT_FOUND)
        return status;
    return put(approval, &action_status_entity, &step);
}

static enum status close_action(struct approval *approval, const struct action *action,
                                const char *reason)
{
    struct action after = *action;
    after.id = INTEGER_MISSING; /* put_row finds it by its code */
    after.status = "closed";
    enum status status = add_step(approval, action, "closed", reason);
    return status == STATUS_OK ? put(approval, &action_entity, &after) : status;
}

/* Rows that refer to the old action, once more for the new one. */
static enum status copy_links(struct approval *approval, const struct entity *entity, int64_t from,
                              int64_t to)
{
    struct work *work = approval->work;
    struct list rows = { 0 };
    enum status status = entity_store_list_of(work, entity, "action", from, &rows);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        void *row = arena_take(work->arena, entity->size);
        memcpy(row, rows.items[i], entity->size);
        field_set_integer(entity_field(entity, "action"), row, to);
        status = record_insert(work, approval->audit, entity, row);
    }
    return status;
}

static enum status next_number(struct approval *approval, int64_t objective, int64_t *out_number)
{
    struct list actions = { 0 };
    int64_t most = 0;
    enum status status = entity_store_list_of(approval->work, &action_entity, "objective",
                                              objective, &actions);
    for (size_t i = 0; i < actions.count; i++) {
        const struct action *one = actions.items[i];
        most = one->number > most ? one->number : most;
    }
    *out_number = most + 1;
    return status;
}

static enum status replace_action(struct approval *approval,
                                  const struct roll_over_action_line *line)
{
    static const struct entity *const links[] = { &action_lead_entity, &action_tag_entity,
                                                  &action_measure_entity };
    struct work *work = approval->work;
    struct action row = *line->action;
    int64_t number = 0;
    enum status status = next_number(approval, line->objective->id, &number);
    row.id = INTEGER_MISSING;
    row.code = arena_format(work->arena, "%s-%lld", line->objective->code, (long long)number);
    row.number = number;
    row.wording = line->choice->wording;
    row.target_date = line->choice->target_date;
    row.status = "not-started";
    row.note = arena_format(work->arena, "Takes the place of %s.", line->action->code);
    if (status == STATUS_OK)
        status = put(approval, &action_entity, &row);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(links); i++)
        status = copy_links(approval, links[i], line->action->id, row.id);
    if (status != STATUS_OK)
        return status;
    return close_action(
        approval, line->action,
        arena_format(work->arena, "Replaced by %s. %s", row.code, line->choice->reason));
}

static enum status settle_action(struct approval *approval,
                                 const struct roll_over_action_line *line)
{
    const struct roll_over_action *choice = line->choice;
    if (strcmp(choice->choice, ROLL_OVER_CLOSE) == 0)
        return close_action(approval, line->action, choice->reason);
    if (strcmp(choice->choice, ROLL_OVER_REPLACE) == 0)
        return replace_action(approval, line);
    return add_step(approval, line->action, line->action->status,
                    arena_format(approval->work->arena, "Carried on into %s.%s%s",
                                 approval->year_words, choice->reason ? " " : "",
                                 choice->reason ? choice->reason : ""));
}

static enum status settle_target(struct approval *approval,
                                 const struct roll_over_target_line *line)
{
    const struct roll_over_target *choice = line->choice;
    if (choice->value == INTEGER_MISSING)
        return STATUS_OK;
    struct target *row = entity_row(approval->work->arena, &target_entity);
    row->measure = line->measure->id;
    row->unit = line->unit->id;
    row->period = approval->view->row->year;
    row->kind = "annual";
    row->comparator = line->target->comparator;
    row->value = choice->value;
    row->decimals = choice->decimals > line->target->decimals ? choice->decimals
                                                              : line->target->decimals;
    row->baseline_relative = 0;
    row->reason = choice->reason;
    row->approved_by = record_writer(approval->work);
    return put(approval, &target_entity, row);
}

static enum status settle(struct approval *approval)
{
    const struct roll_over_view *view = approval->view;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < view->actions.count; i++) {
        const struct roll_over_action_line *line = view->actions.items[i];
        if (line->choice) /* an action that came since is left as it is */
            status = settle_action(approval, line);
    }
    for (size_t i = 0; status == STATUS_OK && i < view->targets.count; i++) {
        const struct roll_over_target_line *line = view->targets.items[i];
        if (line->choice)
            status = settle_target(approval, line);
    }
    if (status != STATUS_OK)
        return status;
    struct roll_over after = *view->row;
    after.state = ROLL_OVER_APPROVED;
    after.approved_at = approval->work->now;
    after.approved_by = record_writer(approval->work);
    return record_change(approval->work, approval->audit, &roll_over_entity, view->row, &after);
}

enum status roll_over_approve(struct work *work, const struct roll_over_place *place)
{
    struct roll_over_view view = { .scheme = NULL };
    struct audit *audit = NULL;
    enum status status = begin(work, place, &steps[DECIDE], &view, &audit);
    if (status == STATUS_OK) {
        struct approval approval = {
            .work = work,
            .audit = audit,
            .view = &view,
            .references = references_new(),
            .today = slice_copy(work->arena, slice_first(slice_of(work->now), 10)),
            .year_words = period_print_long(work->arena, view.year),
        };
        status = settle(&approval);
        references_free(approval.references);
    }
    return record_end(work, audit, status);
}
