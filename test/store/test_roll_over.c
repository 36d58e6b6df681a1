/* A scheme into a new year, on both engines: nothing changes before approval, everything at once
 * with it, two people lose nothing. */
#include "service/roll_over.h"

#include <string.h>

#include "model/action_lead.h"
#include "model/action_status.h"
#include "model/measure_objective.h"
#include "service/permission.h"
#include "store/entity_store.h"
#include "support/plan_rows.h"
#include "support/support.h"

static const struct roll_over_place place = { "plan", "2013-14" };

/* A scheme with three open actions, one that is complete, and a measure with targets of two years.
 */
static void begin(struct opened *opened, const struct store_fixture *fixture)
{
    opened_new(opened, fixture);
    opened->work.now = "2013-03-20T12:00:00Z";
    int64_t unit = put_unit(opened, "housing", INTEGER_MISSING);
    int64_t objective = put_objective(opened, 1, "Homes");
    put_action(opened, objective, "first", "first", "on-track");
    put_action(opened, objective, "second", "second", "slipped");
    int64_t third = put_action(opened, objective, "third", "third", "on-track");
    put_action(opened, objective, "done", "done", "complete");
    struct action_lead *lead = row_new(opened, &action_lead_entity);
    lead->action = third;
    lead->role = "operational";
    lead->name = "Housing";
    row_put(opened, &action_lead_entity, lead);
    int64_t measure = put_measure(opened, "repairs", INTEGER_MISSING);
    struct measure_objective *stands = row_new(opened, &measure_objective_entity);
    stands->objective = objective;
    stands->reference = "1.1";
    stands->measure = measure;
    stands->sequence = 1;
    row_put(opened, &measure_objective_entity, stands);
    for (int i = 0; i < 2; i++) {
        struct target *target = row_new(opened, &target_entity);
        target->measure = measure;
        target->unit = unit;
        target->period = i ? "2011-12" : "2012-13";
        target->kind = "annual";
        target->revision = target->latest = 1;
        target->comparator = i ? "above" : "at-least";
        target->value = (i ? 30 : 40) * 1000000;
        target->decimals = 0;
        target->baseline_relative = 0;
        row_put(opened, &target_entity, target);
    }
}

static struct roll_over_view view_of(struct opened *opened)
{
    struct roll_over_view view = { .scheme = NULL };
    must(opened, roll_over_load(&opened->work, &place, &view));
    return view;
}

static size_t choose(struct opened *opened, struct roll_over_action_input input)
{
    struct problems problems = { .arena = opened->work.arena };
    must(opened, roll_over_choose_action(&opened->work, &place, &input, &problems));
    return problems.list.count;
}

static size_t propose(struct opened *opened, const char *value, const char *reason)
{
    struct problems problems = { .arena = opened->work.arena };
    struct roll_over_target_input input = { "repairs", "housing", value, reason, INTEGER_MISSING };
    must(opened, roll_over_choose_target(&opened->work, &place, &input, &problems));
    return problems.list.count;
}

static void choose_all(struct opened *opened)
{
    assert_int_equal(choose(opened, (struct roll_over_action_input){ "first", "carry", "", "", "",
                                                                     INTEGER_MISSING }),
                     0);
    assert_int_equal(
        choose(opened, (struct roll_over_action_input){ "second", "close", "The grant ended", "",
                                                        "", INTEGER_MISSING }),
        0);
    assert_int_equal(
        choose(opened,
               (struct roll_over_action_input){ "third", "replace", "Wider now", "All estates",
                                                "March 2014", INTEGER_MISSING }),
        0);
    assert_int_equal(propose(opened, " 45.5% ", ""), 0);
}

static const char *status_of(struct opened *opened, const char *code)
{
    struct action *action = row_new(opened, &action_entity);
    action->code = code;
    must(opened, entity_store_find(&opened->work, &action_entity, action, action));
    return action->status;
}

static void nothing_changes_before_it_is_approved(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    struct roll_over_view view = view_of(&opened);
    assert_int_equal(view.actions.count, 3);
    assert_int_equal(view.targets.count, 1);
    assert_int_equal(view.left, 4);
    const struct roll_over_target_line *line = view.targets.items[0];
    assert_string_equal(line->target->period, "2012-13"); /* the latest year, not the last row */
    assert_int_equal(roll_over_submit(&opened.work, &place), STATUS_REFUSED);
    work_forget(&opened.work);
    choose_all(&opened);
    assert_int_equal(roll_over_approve(&opened.work, &place), STATUS_REFUSED);
    work_forget(&opened.work);
    must(&opened, roll_over_submit(&opened.work, &place));
    assert_string_equal(status_of(&opened, "second"), "slipped");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM target"), 2);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_status"), 0);
    opened_end(&opened);
}

static void the_approval_changes_all_at_once(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    choose_all(&opened);
    must(&opened, roll_over_submit(&opened.work, &place));
    int64_t events = number_of(&opened, "SELECT count(*) FROM audit_event");
    must(&opened, roll_over_approve(&opened.work, &place));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), events + 1);
    assert_string_equal(status_of(&opened, "first"), "on-track");
    assert_string_equal(status_of(&opened, "second"), "closed");
    assert_string_equal(status_of(&opened, "third"), "closed");
    struct action *made = row_new(&opened, &action_entity);
    made->code = arena_format(
        opened.work.arena, "%s-2",
        ((const struct roll_over_action_line *)view_of(&opened).actions.items[0])->objective->code);
    must(&opened, entity_store_find(&opened.work, &action_entity, made, made));
    assert_string_equal(made->wording, "All estates");
    assert_string_equal(made->due, "2014-03-31");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_lead"), 2);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_status"), 3);
    struct target target = { .measure = 1, .unit = 1, .period = "2013-14", .kind = "annual" };
    must(&opened, entity_store_find(&opened.work, &target_entity, &target, &target));
    assert_int_equal(target.value, 45500000);
    assert_int_equal(target.decimals, 1);
    assert_string_equal(target.comparator, "at-least");
    assert_string_equal(target.approved_by, permission_owner.name);
    /* Once more changes nothing. */
    assert_int_equal(roll_over_approve(&opened.work, &place), STATUS_REFUSED);
    work_forget(&opened.work);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action"), 5);
    opened_end(&opened);
}

static void what_is_sent_back_can_be_chosen_anew(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    struct problems problems = { .arena = opened.work.arena };
    choose_all(&opened);
    must(&opened, roll_over_submit(&opened.work, &place));
    struct roll_over_action_input late = { "first", "close", "No", "", "", INTEGER_MISSING };
    assert_int_equal(roll_over_choose_action(&opened.work, &place, &late, &problems),
                     STATUS_REFUSED);
    work_forget(&opened.work);
    must(&opened, roll_over_send_back(&opened.work, &place, " ", &problems));
    assert_int_equal(problems.list.count, 1);
    problems.list = (struct list){ 0 };
    must(&opened, roll_over_send_back(&opened.work, &place, "Aim higher", &problems));
    struct roll_over_view view = view_of(&opened);
    assert_string_equal(view.row->sent_back, "Aim higher");
    assert_string_equal(view.row->state, ROLL_OVER_DRAFT);
    /* Somebody who saw nothing chosen does not write over what was. */
    assert_int_equal(choose(&opened, late), 1);
    const struct roll_over_action_line *line = roll_over_action_find(&view, "first");
    late.seen = line->choice->event;
    assert_int_equal(choose(&opened, late), 0);
    opened_end(&opened);
}

static void a_form_says_what_is_wrong(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    static const struct roll_over_action_input wrong[] = {
        { "first", "", "", "", "", INTEGER_MISSING },
        { "first", "close", "  ", "", "", INTEGER_MISSING },
        { "first", "replace", "Why", "", "", INTEGER_MISSING },
    };
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
        assert_int_equal(choose(&opened, wrong[i]), 1);
    assert_int_equal(propose(&opened, "many", ""), 1);
    assert_int_equal(propose(&opened, "", ""), 1);
    assert_int_equal(propose(&opened, "", "The survey ended"), 0);
    struct roll_over_view view = { .scheme = NULL };
    static const struct roll_over_place nowhere[] = { { "none", "2013-14" },
                                                      { "plan", "2013-14-Q1" } };
    for (size_t i = 0; i < ARRAY_COUNT(nowhere); i++) {
        assert_int_equal(roll_over_load(&opened.work, &nowhere[i], &view), STATUS_NOT_FOUND);
        work_forget(&opened.work);
    }
    opened_end(&opened);
}

MAIN_ON_BOTH("store/roll_over", ON_BOTH(nothing_changes_before_it_is_approved),
             ON_BOTH(the_approval_changes_all_at_once),
             ON_BOTH(what_is_sent_back_can_be_chosen_anew), ON_BOTH(a_form_says_what_is_wrong))
