/* dueregard roll-over: a scheme goes into a new year; what is left to choose, the choices, the
 * approval. */
#include "service/roll_over.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "model/codes.h"
#include "service/progress.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* What was asked, and the problems of what was typed. */
struct asking {
    const struct command *command;
    const struct arguments *arguments;
    struct roll_over_place place;
    struct problems problems;
};

static const char *value(const struct asking *asking, const char *name)
{
    const char *given = argument_value(asking->command, asking->arguments, name);
    return given ? given : "";
}

/* ---- show ---- */

static const char *target_words(struct work *work, const struct roll_over_target_line *line)
{
    const struct roll_over_target *choice = line->choice;
    if (!choice)
        return "undecided";
    return choice->value == INTEGER_MISSING
               ? "none proposed"
               : progress_number_words(work->arena, line->measure, choice->value, choice->decimals);
}

static const char *state_of(const struct roll_over_view *view)
{
    return view->row ? view->row->state : ROLL_OVER_DRAFT;
}

static json_t *view_json(struct work *work, const struct roll_over_view *view)
{
    json_t *actions = json_array(), *targets = json_array();
    for (size_t i = 0; i < view->actions.count; i++) {
        const struct roll_over_action_line *line = view->actions.items[i];
        const struct roll_over_action *choice = line->choice;
        json_array_append_new(actions,
                              json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "action",
                                        line->action->code, "wording", line->action->wording,
                                        "choice", choice ? choice->choice : NULL, "reason",
                                        choice ? choice->reason : NULL, "new_wording",
                                        choice ? choice->wording : NULL, "new_target_date",
                                        choice ? choice->target_date : NULL));
    }
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct roll_over_target_line *line = view->targets.items[i];
        json_array_append_new(
            targets, json_pack("{s:s, s:s, s:s, s:b, s:s?, s:s?}", "measure", line->measure->code,
                               "unit", line->unit->code, "now",
                               progress_target_words(work->arena, line->measure, line->target),
                               "is_chosen", line->choice != NULL, "proposed",
                               line->choice && line->choice->value != INTEGER_MISSING
                                   ? target_words(work, line)
                                   : NULL,
                               "reason", line->choice ? line->choice->reason : NULL));
    }
    return json_pack(
        "{s:s, s:s, s:s, s:I, s:s?, s:s?, s:s?, s:o, s:o}", "scheme", view->scheme->code, "year",
        period_print(work->arena, view->year), "state", state_of(view), "left",
        (json_int_t)view->left, "sent_back", view->row ? view->row->sent_back : NULL,
        "submitted_by", view->row ? view->row->submitted_by : NULL, "approved_by",
        view->row ? view->row->approved_by : NULL, "actions", actions, "targets", targets);
}

static enum status print_view(struct work *work, const struct roll_over_view *view)
{
    enum { WORDING_MOST = 60 };
    struct table_text *table = table_text_new(work->arena, 3);
    const char *state = code_label(entity_field(&roll_over_entity, "state")->codes, state_of(view));
    enum status status = print_line(work, "%s, into %s: %s. Left to choose: %zu of %zu.",
                                    view->scheme->title, period_print_long(work->arena, view->year),
                                    state, view->left, view->actions.count + view->targets.count);
    if (status == STATUS_OK && view->row && view->row->sent_back)
        status = print_wrapped(work, "It was sent back: ", view->row->sent_back);
    table_text_add(table, (const char *const[]){ "ACTION OR MEASURE", "UNTIL NOW", "CHOICE" });
    for (size_t i = 0; i < view->actions.count; i++) {
        const struct roll_over_action_line *line = view->actions.items[i];
        table_text_add(table, (const char *const[]){
                                  line->action->code,
                                  cell_shortened(work->arena, line->action->wording, WORDING_MOST),
                                  line->choice ? line->choice->choice : "undecided" });
    }
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct roll_over_target_line *line = view->targets.items[i];
        table_text_add(
            table, (const char *const[]){
                       arena_format(work->arena, "%s, %s", line->measure->code, line->unit->code),
                       progress_target_words(work->arena, line->measure, line->target),
                       target_words(work, line) });
    }
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status run_show(struct work *work, struct asking *asking)
{
    enum command_format format = FORMAT_TEXT;
    struct roll_over_view view = { .scheme = NULL };
    enum status status = argument_format(work, asking->command, asking->arguments, &format);
    if (status == STATUS_OK)
        status = roll_over_load(work, &asking->place, &view);
    if (status != STATUS_OK)
        return status;
    return format == FORMAT_JSON ? print_json(work, view_json(work, &view))
                                 : print_view(work, &view);
}

/* ---- choices; what stands when the command begins is what it has seen ---- */

static enum status run_choose(struct work *work, struct asking *asking)
{
    struct roll_over_view view = { .scheme = NULL };
    struct roll_over_action_input input = { .action = value(asking, "action"),
                                            .choice = value(asking, "choice"),
                                            .reason = value(asking, "reason"),
                                            .wording = value(asking, "wording"),
                                            .target_date = value(asking, "target-date"),
                                            .seen = INTEGER_MISSING };
    enum status status = roll_over_load(work, &asking->place, &view);
    if (status != STATUS_OK)
        return status;
    const struct roll_over_action_line *line = roll_over_action_find(&view, input.action);
    if (line && line->choice)
        input.seen = line->choice->event;
    return roll_over_choose_action(work, &asking->place, &input, &asking->problems);
}

static enum status run_propose(struct work *work, struct asking *asking)
{
    struct roll_over_view view = { .scheme = NULL };
    struct roll_over_target_input input = { .measure = value(asking, "measure"),
                                            .unit = value(asking, "unit"),
                                            .value = value(asking, "value"),
                                            .reason = value(asking, "reason"),
                                            .seen = INTEGER_MISSING };
    enum status status = roll_over_load(work, &asking->place, &view);
    if (status != STATUS_OK)
        return status;
    const struct roll_over_target_line *line = roll_over_target_find(&view, input.measure,
                                                                     input.unit);
    if (line && line->choice)
        input.seen = line->choice->event;
    return roll_over_choose_target(work, &asking->place, &input, &asking->problems);
}

static enum status run_submit(struct work *work, struct asking *asking)
{
    return roll_over_submit(work, &asking->place);
}

static enum status run_send_back(struct work *work, struct asking *asking)
{
    return roll_over_send_back(work, &asking->place, value(asking, "reason"), &asking->problems);
}

static enum status run_approve(struct work *work, struct asking *asking)
{
    return roll_over_approve(work, &asking->place);
}

static const struct {
    const char *name;
    enum status (*run)(struct work *work, struct asking *asking);
    bool changes; /* and says afterwards how much is left */
} verbs[] = {
    { "show", run_show, false },          { "choose", run_choose, true },
    { "propose", run_propose, true },     { "submit", run_submit, true },
    { "send-back", run_send_back, true }, { "approve", run_approve, true },
};

static enum status tell(struct work *work, const struct asking *asking)
{
    struct roll_over_view view = { .scheme = NULL };
    enum status status = roll_over_load(work, &asking->place, &view);
    return status == STATUS_OK
               ? print_line(work, "Done: %s, into %s. Left to choose: %zu.", view.scheme->title,
                            period_print_long(work->arena, view.year), view.left)
               : status;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct asking asking = { .command = command,
                             .arguments = arguments,
                             .place = { arguments->words[1],
                                        argument_value(command, arguments, "year") },
                             .problems = { .arena = work->arena } };
    if (!asking.place.year)
        return work_fail(work, STATUS_USAGE, "Name the new year with --year, such as 2027-28.");
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        if (strcmp(verbs[i].name, arguments->words[0]) != 0)
            continue;
        enum status status = verbs[i].run(work, &asking);
        if (status == STATUS_OK && asking.problems.list.count)
            return work_fail(work, STATUS_INPUT, "%s.",
                             ((const struct problem *)asking.problems.list.items[0])->words);
        return status == STATUS_OK && verbs[i].changes ? tell(work, &asking) : status;
    }
    return work_fail(work, STATUS_USAGE,
                     "roll-over knows show, choose, propose, submit, send-back and approve, not "
                     "\"%.40s\".",
                     arguments->words[0]);
}

const struct command command_roll_over = {
    .name = "roll-over",
    .words = "show | choose | propose | submit | send-back | approve SCHEME",
    .summary = "take a scheme into a new year: carry, close or replace actions, propose targets, "
               "approve",
    .details = "roll-over show edi-2020 --year 2027-28\n"
               "roll-over choose edi-2020 --year 2027-28 --action edi-2020-1-01 --choice carry\n"
               "roll-over propose ceo-2012 --year 2013-14 --measure bame-employees --unit council "
               "--value 40\n"
               "roll-over approve edi-2020 --year 2027-28 --as sponsor",
    .options = { { "year", "YEAR", "the new year, such as 2027-28", false },
                 { "action", "CODE", "choose: the action", false },
                 { "choice", "CHOICE", "choose: carry, close or replace", false },
                 { "wording", "TEXT", "choose: the new action, where it is replaced", false },
                 { "target-date", "TEXT", "choose: its target date, as people write it", false },
                 { "measure", "CODE", "propose: the measure", false },
                 { "unit", "CODE", "propose: the unit whose target it is", false },
                 { "value", "NUMBER", "propose: the target (none: no target is proposed)", false },
                 { "reason", "TEXT", "choose, propose, send-back: why", false },
                 { "format", "FORMAT", "show: text or json", false } },
    .least_words = 2,
    .most_words = 2,
    .need = NEED_WRITE,
    .right = RIGHT_COMMENT_READ,
    .run = run,
};
