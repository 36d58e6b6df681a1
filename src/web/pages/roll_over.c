/* The new-year roll-over: what is left to choose, one choice at a time, submitted and approved. */
#include "service/roll_over.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/codes.h"
#include "service/progress.h"
#include "service/reporting_year.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/who_can.h"
#include "web/routes.h"

#include "base/banned.h"

static struct roll_over_place place_of(const struct call *call)
{
    return (struct roll_over_place){ call_parameter(call, "scheme"), call_parameter(call, "year") };
}

static const char *path_of(struct arena *arena, const struct roll_over_place *place)
{
    return arena_format(arena, "/roll-over/%s/%s", place->scheme, place->year);
}

static int64_t seen_of(const struct call *call)
{
    int64_t seen = form_number(call, "seen");
    return seen == 0 ? INTEGER_MISSING : seen;
}

static const char *number_words(struct arena *arena, const struct roll_over_target_line *line)
{
    return line->choice->value == INTEGER_MISSING
               ? NULL
               : progress_number_words(arena, line->measure, line->choice->value,
                                       line->choice->decimals);
}

static json_t *actions_json(struct arena *arena, const char *path,
                            const struct roll_over_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->actions.count; i++) {
        const struct roll_over_action_line *line = view->actions.items[i];
        const struct roll_over_action *choice = line->choice;
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s}", "code", line->action->code,
                      "words", line->action->wording, "objectiveTitle", line->objective->title,
                      "choice", choice ? code_label(roll_over_choice_codes, choice->choice) : NULL,
                      "reason", choice ? choice->reason : NULL, "wording",
                      choice ? choice->wording : NULL, "targetDate",
                      choice ? choice->target_date : NULL, "href",
                      arena_format(arena, "%s/actions/%s", path, line->action->code)));
    }
    return array;
}

static json_t *targets_json(struct arena *arena, const char *path,
                            const struct roll_over_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct roll_over_target_line *line = view->targets.items[i];
        const struct roll_over_target *choice = line->choice;
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:b, s:s?, s:s?, s:s}", "measureTitle",
                             line->measure->title, "unitName", line->unit->name, "now",
                             progress_target_words(arena, line->measure, line->target), "isChosen",
                             choice != NULL, "proposed", choice ? number_words(arena, line) : NULL,
                             "reason", choice ? choice->reason : NULL, "href",
                             arena_format(arena, "%s/targets/%s/%s", path, line->measure->code,
                                          line->unit->code)));
    }
    return array;
}

/* What this person may do with it now; nothing else is offered. */
static void add_steps(const struct call *call, const struct roll_over_view *view,
                      const struct problems *problems, json_t *model)
{
    const char *state = view->row ? view->row->state : ROLL_OVER_DRAFT;
    bool is_submitted = strcmp(state, ROLL_OVER_SUBMITTED) == 0;
    bool may_submit = view->may_prepare && view->row && view->left == 0 &&
                      strcmp(state, ROLL_OVER_DRAFT) == 0;
    json_object_set_new(model, "submit",
                        may_submit
                            ? form_button(call_words(call, WORDS("Submit for approval")), NULL)
                            : json_null());
    json_object_set_new(model, "mayChange",
                        json_boolean(view->may_prepare && strcmp(state, ROLL_OVER_DRAFT) == 0));
    if (!is_submitted || !view->may_approve)
        return;
    json_object_set_new(model, "approve", form_button(call_words(call, WORDS("Approve")), NULL));
    json_object_set_new(
        model, "sendBack",
        form_button(call_words(call, WORDS("Send back")), "govuk-button--secondary"));
    json_object_set_new(
        model, "reason",
        form_field(&(struct form_field){ .name = "reason",
                                         .label = call_words(call, WORDS("Why it is sent back")),
                                         .value = form_value(call, "reason") },
                   problems));
}

/* Why no step is offered, and whose the next one is. */
static enum status add_locked(struct work *work, const struct roll_over_view *view, json_t *model)
{
    const char *state = view->row ? view->row->state : ROLL_OVER_DRAFT;
    if (strcmp(state, ROLL_OVER_SUBMITTED) == 0)
        return page_who_can(work, RIGHT_PLAN_APPROVE, INTEGER_MISSING,
                            view->may_approve ? NULL
                                              : WORDS("It waits for approval by somebody else, who "
                                                      "can also send it back."),
                            model);
    if (strcmp(state, ROLL_OVER_APPROVED) == 0)
        return page_who_can(
            work, RIGHT_PLAN_CHANGE, INTEGER_MISSING,
            WORDS("It is approved and is not changed any more; the plan’s own records "
                  "are."),
            model);
    return page_who_can(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING,
                        view->may_prepare ? NULL
                                          : WORDS("It is being prepared: you can read it, but not "
                                                  "choose or submit."),
                        model);
}

static enum status show(struct work *work, const struct call *call, const struct problems *problems,
                        struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    struct roll_over_view view = { .scheme = NULL };
    enum status status = roll_over_load(work, &place, &view);
    if (status != STATUS_OK)
        return status;
    const char *path = path_of(work->arena, &place);
    const struct roll_over *row = view.row;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:I, s:o, s:o, s:s?, s:s?, s:s?}", "path", path, "schemeTitle",
        view.scheme->title, "yearWords", period_print_long(work->arena, view.year), "state",
        code_label(entity_field(&roll_over_entity, "state")->codes,
                   row ? row->state : ROLL_OVER_DRAFT),
        "lines", (json_int_t)view.actions.count + (json_int_t)view.targets.count, "left",
        (json_int_t)view.left, "actions", actions_json(work->arena, path, &view), "targets",
        targets_json(work->arena, path, &view), "sentBack", row ? row->sent_back : NULL,
        "submittedBy", row ? row->submitted_by : NULL, "approvedBy", row ? row->approved_by : NULL);
    json_object_set_new(model, "isWhole", json_boolean(view.left == 0));
    add_steps(call, &view, problems, model);
    status = add_locked(work, &view, model);
    form_tell(model, problems);
    *out_page = (struct page){
        .template = "pages/roll-over.html",
        .title = arena_format(work->arena, WORDS("%s: into %s"), view.scheme->title,
                              period_print_long(work->arena, view.year)),
        .model = model,
        .has_form = true,
    };
    return status;
}

enum status page_roll_over(struct work *work, const struct call *call, struct page *out_page)
{
    return show(work, call, NULL, out_page);
}

/* After a step: the roll-over as it is now. */
static enum status after_step(struct work *work, const struct call *call, enum status status,
                              struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = path_of(work->arena, &place), .done = "step-taken" };
    return status;
}

enum status page_roll_over_submit(struct work *work, const struct call *call, struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    return after_step(work, call, roll_over_submit(work, &place), out_page);
}

enum status page_roll_over_approve(struct work *work, const struct call *call,
                                   struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    return after_step(work, call, roll_over_approve(work, &place), out_page);
}

enum status page_roll_over_send_back(struct work *work, const struct call *call,
                                     struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct roll_over_place place = place_of(call);
    enum status status = roll_over_send_back(work, &place, form_value(call, "reason"), &problems);
    if (status == STATUS_OK && problems.list.count)
        return show(work, call, &problems, out_page);
    return after_step(work, call, status, out_page);
}

/* What stands in a field: what was typed, else what was chosen. */
static const char *shown(const struct call *call, const char *name, const char *kept)
{
    return call->request->method == REQUEST_POST ? form_value(call, name) : kept;
}

/* The form of one choice. */
static struct page choice_page(const char *title, json_t *model, const struct problems *problems)
{
    form_tell(model, problems);
    return (struct page){
        .template = "pages/roll-over-choice.html", .title = title, .model = model, .has_form = true
    };
}

static enum status show_action(struct work *work, const struct call *call,
                               const struct problems *problems, struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    struct roll_over_view view = { .scheme = NULL };
    enum status status = roll_over_load(work, &place, &view);
    if (status != STATUS_OK)
        return status;
    const struct roll_over_action_line *line = roll_over_action_find(&view,
                                                                     call_parameter(call, "code"));
    if (!line)
        return work_fail(work, STATUS_NOT_FOUND, "The scheme has no open action of that code.");
    const struct roll_over_action *choice = line->choice;
    const char *chosen = shown(call, "choice", choice ? choice->choice : NULL);
    json_t *items = json_array();
    for (const struct code *code = roll_over_choice_codes; code->value; code++)
        json_array_append_new(items,
                              form_item(code->value, call_words(call, code->label), NULL, chosen));
    json_t *model = json_pack(
        "{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:I, s:o}", "back", path_of(work->arena, &place),
        "caption", line->objective->title, "targetDate", line->action->target_date, "lead",
        line->action->lead_text, "status", code_label(action_status_codes, line->action->status),
        "chosenBy", choice ? choice->chosen_by : NULL, "seen",
        choice ? (json_int_t)choice->event : 0, "save",
        form_button(call_words(call, WORDS("Save and go to the list")), NULL));
    json_object_set_new(
        model, "choice",
        form_field(&(struct form_field){ .name = "choice",
                                         .items = items,
                                         .legend = call_words(call, WORDS("What becomes of it")) },
                   problems));
    const struct form_field fields[] = {
        { .name = "reason",
          .label = call_words(call, WORDS("Reason")),
          .hint = call_words(
              call, WORDS("It stands in the action's history; needed for closing and replacing")),
          .value = shown(call, "reason", choice ? choice->reason : NULL) },
        { .name = "wording",
          .label = call_words(call, WORDS("The new action")),
          .hint = call_words(call, WORDS("Only where it is replaced")),
          .value = shown(call, "wording", choice ? choice->wording : NULL) },
        { .name = "target_date",
          .label = call_words(call, WORDS("Target date of the new action")),
          .hint = call_words(call, WORDS("As people write it: March 2014 and then annually")),
          .value = shown(call, "target_date", choice ? choice->target_date : NULL) },
    };
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    *out_page = choice_page(line->action->wording, model, problems);
    return STATUS_OK;
}

enum status page_roll_over_action(struct work *work, const struct call *call, struct page *out_page)
{
    return show_action(work, call, NULL, out_page);
}

/* After a choice: the form again with what is wrong, or the list. */
static enum status after_choice(struct work *work, const struct call *call, enum status status,
                                const struct problems *problems, struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    if (status == STATUS_OK && !problems->list.count)
        *out_page = (struct page){ .redirect = path_of(work->arena, &place), .done = "row-saved" };
    return status;
}

enum status page_roll_over_action_sent(struct work *work, const struct call *call,
                                       struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct roll_over_place place = place_of(call);
    const struct roll_over_action_input input = {
        call_parameter(call, "code"), form_value(call, "choice"),      form_value(call, "reason"),
        form_value(call, "wording"),  form_value(call, "target_date"), seen_of(call),
    };
    enum status status = roll_over_choose_action(work, &place, &input, &problems);
    if (status == STATUS_OK && problems.list.count)
        return show_action(work, call, &problems, out_page);
    return after_choice(work, call, status, &problems, out_page);
}

static enum status show_target(struct work *work, const struct call *call,
                               const struct problems *problems, struct page *out_page)
{
    struct roll_over_place place = place_of(call);
    struct roll_over_view view = { .scheme = NULL };
    enum status status = roll_over_load(work, &place, &view);
    if (status != STATUS_OK)
        return status;
    const struct roll_over_target_line *line = roll_over_target_find(
        &view, call_parameter(call, "measure"), call_parameter(call, "unit"));
    if (!line)
        return work_fail(work, STATUS_NOT_FOUND,
                         "That measure has no annual target for that unit.");
    const struct roll_over_target *choice = line->choice;
    struct period year;
    bool is_year = period_read(slice_of(line->target->period), &year);
    const char *kept = choice && choice->value != INTEGER_MISSING
                           ? number_print(work->arena, choice->value, (int)choice->decimals)
                           : NULL;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:I, s:o}", "back", path_of(work->arena, &place), "caption",
        line->unit->name, "nowYear",
        is_year ? period_print_long(work->arena, year) : line->target->period, "now",
        progress_target_words(work->arena, line->measure, line->target), "chosenBy",
        choice ? choice->chosen_by : NULL, "seen", choice ? (json_int_t)choice->event : 0, "save",
        form_button(call_words(call, WORDS("Save and go to the list")), NULL));
    json_object_set_new(
        model, "value",
        form_field(
            &(struct form_field){
                .name = "value",
                .label = arena_format(work->arena, WORDS("Target for %s: %s"),
                                      period_print_long(work->arena, view.year),
                                      progress_comparator_words(line->target)),
                .hint = call_words(call, WORDS("The number alone. Empty: no target is proposed.")),
                .value = shown(call, "value", kept),
                .inputmode = "decimal",
                .classes = "govuk-input--width-10" },
            problems));
    json_object_set_new(
        model, "reason",
        form_field(
            &(struct form_field){
                .name = "reason",
                .label = call_words(call, WORDS("Reason")),
                .hint = call_words(call, WORDS("Needed where no target is proposed")),
                .value = shown(call, "reason", choice ? choice->reason : NULL) },
            problems));
    *out_page = choice_page(line->measure->title, model, problems);
    return STATUS_OK;
}

enum status page_roll_over_target(struct work *work, const struct call *call, struct page *out_page)
{
    return show_target(work, call, NULL, out_page);
}

enum status page_roll_over_target_sent(struct work *work, const struct call *call,
                                       struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct roll_over_place place = place_of(call);
    const struct roll_over_target_input input = {
        call_parameter(call, "measure"),
        call_parameter(call, "unit"),
        form_value(call, "value"),
        form_value(call, "reason"),
        seen_of(call),
    };
    enum status status = roll_over_choose_target(work, &place, &input, &problems);
    if (status == STATUS_OK && problems.list.count)
        return show_target(work, call, &problems, out_page);
    return after_choice(work, call, status, &problems, out_page);
}

enum status page_roll_overs(struct work *work, const struct call *call, struct page *out_page)
{
    struct list schemes = { 0 };
    json_t *array = json_array();
    int start_month = 0;
    (void)call;
    enum status status = entity_store_list(work, &scheme_entity, 0, &schemes);
    if (status == STATUS_OK)
        status = reporting_year_start(work, &start_month);
    for (size_t i = 0; status == STATUS_OK && i < schemes.count; i++) {
        const struct scheme *scheme = schemes.items[i];
        struct period year = { PERIOD_YEAR, 0, 0 };
        if (strcmp(scheme->status, "superseded") == 0)
            continue;
        status = roll_over_next_year(work, scheme, start_month, &year);
        if (status == STATUS_OK)
            json_array_append_new(
                array, json_pack("{s:s, s:s, s:s}", "schemeTitle", scheme->title, "yearWords",
                                 period_print_long(work->arena, year), "href",
                                 arena_format(work->arena, "/roll-over/%s/%s", scheme->code,
                                              period_print(work->arena, year))));
    }
    *out_page = (struct page){ .template = "pages/roll-overs.html",
                               .title = WORDS("Take a scheme into a new year"),
                               .model = json_pack("{s:o}", "schemes", array) };
    return status;
}
