/* Records of the plan as people change them, on both engines: what a new one is called, that
 * nothing is written before it is confirmed, two at once, revisions, and how far a grant for a unit
 * reaches. */
#include "service/plan_record.h"

#include <string.h>

#include "base/list.h"
#include "model/action.h"
#include "model/action_lead.h"
#include "model/target.h"
#include "service/permission.h"
#include "store/entity_store.h"
#include "support/plan_rows.h"
#include "support/support.h"

#define INPUTS(...)                                                                                \
    (const struct plan_record_input[]){ __VA_ARGS__ },                                             \
        ARRAY_COUNT(((const struct plan_record_input[]){ __VA_ARGS__ }))

/* Objective plan-1; units housing and parks; a measure. */
static void begin(struct opened *opened, const struct store_fixture *fixture)
{
    opened_new(opened, fixture);
    opened->work.now = "2012-08-01T12:00:00Z";
    put_objective(opened, 1, "Fair housing");
    put_unit(opened, "housing", INTEGER_MISSING);
    put_unit(opened, "parks", INTEGER_MISSING);
    put_measure(opened, "repairs", INTEGER_MISSING);
}

static const char *objective_code(struct opened *opened)
{
    const char *code = NULL;
    must(opened,
         entity_store_code(&opened->work, plan_record_kind("objectives")->entity, 1, &code));
    return code;
}

static struct plan_record_saved save(struct opened *opened, const char *kind, const char *key,
                                     int64_t event, const struct plan_record_input *inputs,
                                     size_t count)
{
    struct plan_record_saved saved;
    const struct plan_record_change change = {
        plan_record_kind(kind), key, inputs, count, event, true
    };
    must(opened, plan_record_save(&opened->work, &change, &saved));
    json_decref(saved.differences);
    saved.differences = NULL;
    return saved;
}

static const char *add_action(struct opened *opened, const char *wording)
{
    struct plan_record_saved saved = save(
        opened, "actions", NULL, INTEGER_MISSING,
        INPUTS({ "objective", objective_code(opened) }, { "wording", wording },
               { "target_date", "March 2013" }, { "status", "not-started" }));
    assert_int_equal(saved.problems.list.count, 0);
    assert_true(saved.is_changed);
    return saved.key;
}

static struct action *load_action(struct opened *opened, const char *key)
{
    void *row = NULL;
    must(opened, plan_record_load(&opened->work, plan_record_kind("actions"), key, &row));
    return row;
}

static void a_new_one_gets_number_code_and_dates(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    const char *first = add_action(&opened, "Repair within a week");
    const char *second = add_action(&opened, "Ask every tenant");
    assert_int_equal(load_action(&opened, first)->number, 1);
    assert_int_equal(load_action(&opened, second)->number, 2);
    assert_true(strncmp(second, objective_code(&opened), strlen(objective_code(&opened))) == 0);
    assert_string_equal(load_action(&opened, first)->due, "2013-03-31");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), 2);
    /* The same code again is told, and takes nothing over. */
    struct plan_record_saved saved = save(&opened, "actions", NULL, INTEGER_MISSING,
                                          INPUTS({ "code", first },
                                                 { "objective", objective_code(&opened) },
                                                 { "wording", "Other" }));
    assert_int_equal(saved.problems.list.count, 1);
    assert_string_equal(load_action(&opened, first)->wording, "Repair within a week");
    saved = save(&opened, "actions", NULL, INTEGER_MISSING,
                 INPUTS({ "code", "new" }, { "objective", objective_code(&opened) },
                        { "wording", "Other" }));
    assert_int_equal(saved.problems.list.count, 1);
    saved = save(&opened, "actions", NULL, INTEGER_MISSING,
                 INPUTS({ "objective", "no-such" }, { "wording", "Other" }));
    assert_true(saved.problems.list.count > 0);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action"), 2);
    opened_end(&opened);
}

static void nothing_is_written_before_it_is_confirmed(void **state)
{
    struct opened opened;
    struct plan_record_saved saved;
    begin(&opened, *state);
    const char *key = add_action(&opened, "Repair within a week");
    const char *before = contents_of(&opened);
    const struct plan_record_input inputs[] = { { "wording", "Repair within a day" } };
    struct plan_record_change change = { plan_record_kind("actions"),      key,  inputs, 1,
                                         load_action(&opened, key)->event, false };
    must(&opened, plan_record_save(&opened.work, &change, &saved));
    assert_true(saved.is_changed);
    assert_int_equal(json_array_size(saved.differences), 1);
    json_decref(saved.differences);
    assert_string_equal(contents_of(&opened), before);
    /* Confirmed, it is; and again it changes nothing. */
    change.is_confirmed = true;
    must(&opened, plan_record_save(&opened.work, &change, &saved));
    json_decref(saved.differences);
    assert_string_equal(load_action(&opened, key)->wording, "Repair within a day");
    change.event = load_action(&opened, key)->event;
    before = contents_of(&opened);
    must(&opened, plan_record_save(&opened.work, &change, &saved));
    json_decref(saved.differences);
    assert_false(saved.is_changed);
    assert_string_equal(contents_of(&opened), before);
    opened_end(&opened);
}

static void the_second_of_two_is_told(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    const char *key = add_action(&opened, "Repair within a week");
    int64_t seen = load_action(&opened, key)->event;
    assert_false(save(&opened, "actions", key, seen, INPUTS({ "note", "First" })).is_conflict);
    struct plan_record_saved saved = save(&opened, "actions", key, seen,
                                          INPUTS({ "note", "Second" }));
    assert_true(saved.is_conflict);
    assert_string_equal(load_action(&opened, key)->note, "First");
    opened_end(&opened);
}

static void a_target_is_revised_with_its_reason(void **state)
{
    struct opened opened;
    json_t *model = NULL;
    begin(&opened, *state);
    struct plan_record_saved saved = save(&opened, "targets", NULL, INTEGER_MISSING,
                                          INPUTS({ "measure", "repairs" }, { "unit", "housing" },
                                                 { "period", "2012-13" }, { "kind", "annual" },
                                                 { "comparator", "at-least" }, { "value", "80.5" },
                                                 { "baseline_relative", "no" }));
    assert_int_equal(saved.problems.list.count, 0);
    const char *key = saved.key;
    int64_t event = number_of(&opened, "SELECT event FROM target");
    saved = save(&opened, "targets", key, event, INPUTS({ "value", "85.5" }));
    assert_int_equal(saved.problems.list.count, 1);
    saved = save(&opened, "targets", key, event,
                 INPUTS({ "value", "85.5" }, { "reason", "Reached already" }));
    assert_int_equal(saved.problems.list.count, 0);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM target"), 2);
    assert_int_equal(number_of(&opened, "SELECT value FROM target WHERE latest = 1"), 85500000);
    /* The old number's address leads to the newest revision, and its history has both. */
    must(&opened, plan_record_view(&opened.work, plan_record_kind("targets"), key, &model));
    const json_t *items = json_object_get(json_object_get(model, "changed"), "items");
    assert_int_equal(json_array_size(items), 2);
    const json_t *changes = json_object_get(json_array_get(items, 0), "changes");
    assert_string_equal(json_string_value(json_object_get(json_array_get(changes, 0), "from")),
                        "80.5");
    assert_string_equal(json_string_value(json_object_get(json_array_get(changes, 0), "to")),
                        "85.5");
    json_decref(model);
    opened_end(&opened);
}

/* A directorate lead who was granted that role for housing alone. */
static struct actor lead_of_housing(struct opened *opened)
{
    struct actor actor = { .account = 1, .code = "jo", .name = "Made up" };
    struct granted *granted = arena_new_of(opened->work.arena, struct granted);
    *granted = (struct granted){ ROLE_DIRECTORATE_LEAD, 1 };
    list_add(opened->work.arena, &actor.granted, granted);
    return actor;
}

static enum status try(struct opened *opened, const char *kind, const char *key, int64_t event,
                       const struct plan_record_input *inputs, size_t count)
{
    struct plan_record_saved saved;
    const struct plan_record_change change = {
        plan_record_kind(kind), key, inputs, count, event, true
    };
    enum status status = plan_record_save(&opened->work, &change, &saved);
    json_decref(saved.differences);
    work_forget(&opened->work);
    return status;
}

static void a_grant_reaches_the_actions_that_its_unit_leads(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    const char *ours = add_action(&opened, "Repair within a week");
    const char *theirs = add_action(&opened, "Mow the lawns");
    struct plan_record_saved lead = save(
        &opened, "action-leads", NULL, INTEGER_MISSING,
        INPUTS({ "action", ours }, { "role", "lead" }, { "unit", "housing" }));
    assert_int_equal(lead.problems.list.count, 0);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_lead WHERE name = 'housing'"),
                     1);
    struct actor actor = lead_of_housing(&opened);
    int64_t seen = load_action(&opened, ours)->event, other = load_action(&opened, theirs)->event;
    opened.work.actor = &actor;
    assert_int_equal(try(&opened, "actions", ours, seen, INPUTS({ "note", "Ours" })), STATUS_OK);
    assert_int_equal(try(&opened, "actions", theirs, other, INPUTS({ "note", "Theirs" })),
                     STATUS_REFUSED);
    assert_int_equal(try(&opened, "actions", NULL, INTEGER_MISSING,
                         INPUTS({ "objective", objective_code(&opened) }, { "wording", "New" })),
                     STATUS_REFUSED);
    /* Nobody makes another's action their own by leading it. */
    assert_int_equal(try(&opened, "action-leads", NULL, INTEGER_MISSING,
                         INPUTS({ "action", theirs }, { "role", "lead" }, { "unit", "housing" })),
                     STATUS_REFUSED);
    assert_int_equal(
        try(&opened, "targets", NULL, INTEGER_MISSING,
            INPUTS({ "measure", "repairs" }, { "unit", "parks" }, { "period", "2012-13" },
                   { "comparator", "at-least" }, { "value", "80" })),
        STATUS_REFUSED);
    actor.granted.count = 0;
    assert_int_equal(try(&opened, "actions", ours, seen, INPUTS({ "note", "Nobody" })),
                     STATUS_REFUSED);
    opened.work.actor = &permission_owner;
    assert_string_equal(load_action(&opened, ours)->note, "Ours");
    assert_null(load_action(&opened, theirs)->note);
    opened_end(&opened);
}

static void only_what_joins_is_taken_away(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    const struct plan_record_kind *leads = plan_record_kind("action-leads");
    const char *key = add_action(&opened, "Repair within a week");
    struct plan_record_saved lead = save(
        &opened, "action-leads", NULL, INTEGER_MISSING,
        INPUTS({ "action", key }, { "role", "lead" }, { "unit", "housing" }));
    int64_t event = number_of(&opened, "SELECT event FROM action_lead");
    assert_int_equal(plan_record_remove(&opened.work, leads, lead.key, event - 1), STATUS_CONFLICT);
    work_forget(&opened.work);
    assert_int_equal(plan_record_remove(&opened.work, plan_record_kind("actions"), key, event),
                     STATUS_REFUSED);
    work_forget(&opened.work);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_lead"), 1);
    must(&opened, plan_record_remove(&opened.work, leads, lead.key, event));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM action_lead"), 0);
    assert_int_equal(plan_record_remove(&opened.work, leads, lead.key, event), STATUS_NOT_FOUND);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/plan_record", ON_BOTH(a_new_one_gets_number_code_and_dates),
             ON_BOTH(nothing_is_written_before_it_is_confirmed), ON_BOTH(the_second_of_two_is_told),
             ON_BOTH(a_target_is_revised_with_its_reason),
             ON_BOTH(a_grant_reaches_the_actions_that_its_unit_leads),
             ON_BOTH(only_what_joins_is_taken_away))
