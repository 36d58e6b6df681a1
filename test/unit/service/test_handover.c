/* A person's posts go to another at once: with the actions, from the day after, in one event. */
#include "service/handover.h"

#include <string.h>

#include "model/appointment.h"
#include "service/actions.h"
#include "service/permission.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "support/support.h"
#include "support/town.h"

static int open_town(void **state)
{
    (void)town_open(state);
    town.work.now = "2026-11-25T10:00:00Z";
    town_send("person", "code,name\nann,Ann Old\nbob,Bob New\ncat,Cat None\n");
    town_send("post", "code,title,unit,valid_from\nhead,Head of homes,homes,2010-01-01\n"
                      "clerk,Clerk,parks,2010-01-01\npast,Past,parks,2010-01-01\n");
    town_send(
        "appointment",
        "post,person,valid_from,valid_to\nhead,ann,2020-01-01,\nclerk,ann,2021-06-01,2027-12-31\n"
        "past,ann,2012-01-01,2015-01-01\n");
    town_send("action", "code,objective,number,wording,status\nlate,new-1,1,Late,on-track\n");
    town_send("action_lead", "action,role,name,post\nlate,lead,Head,head\n");
    return 0;
}

static json_int_t posts_of(const char *code)
{
    json_t *model = NULL;
    assert_int_equal(handover_of(&town.work, code, &model), STATUS_OK);
    json_int_t count = (json_int_t)json_array_size(json_object_get(model, "posts"));
    json_decref(model);
    return count;
}

static const char *hand(const char *from, const char *to, const char *day)
{
    struct problems problems = { .arena = town.work.arena };
    const struct handover handover = { from, to, day };
    size_t moved = 0;
    enum status status = handover_do(&town.work, &handover, &problems, &moved);
    assert_int_equal(status, STATUS_OK);
    return problems.list.count ? ((const struct problem *)problems.list.items[0])->words : "";
}

static void what_is_wrong_is_told_and_nothing_written(void **state)
{
    (void)state;
    int64_t before = 0, after = 0;
    assert_int_equal(audit_latest(&town.work, &before), STATUS_OK);
    assert_non_null(strstr(hand("ann", "", "31 March 2027"), "Choose who takes over"));
    assert_non_null(strstr(hand("ann", "ann", "31 March 2027"), "somebody else"));
    assert_non_null(strstr(hand("cat", "bob", "31 March 2027"), "holds a post"));
    assert_non_null(strstr(hand("nobody", "bob", "31 March 2027"), "holds a post"));
    assert_non_null(strstr(hand("ann", "bob", "soon"), "must be a date"));
    assert_non_null(strstr(hand("ann", "bob", "1 January 2021"), "before the person took up"));
    assert_int_equal(audit_latest(&town.work, &after), STATUS_OK);
    assert_int_equal(before, after);
    assert_int_equal(posts_of("ann"), 2);
}

static void a_right_for_one_unit_is_not_enough(void **state)
{
    (void)state;
    const struct actor stranger = { .account = INTEGER_MISSING, .session = INTEGER_MISSING };
    const struct actor *before = town.work.actor;
    struct problems problems = { .arena = town.work.arena };
    const struct handover handover = { "ann", "bob", "31 March 2027" };
    size_t moved = 0;
    town.work.actor = &stranger;
    assert_int_equal(handover_do(&town.work, &handover, &problems, &moved), STATUS_REFUSED);
    town.work.actor = before;
    work_forget(&town.work);
    assert_int_equal(posts_of("bob"), 0);
}

static void everything_goes_at_once(void **state)
{
    (void)state;
    int64_t before = 0, after = 0;
    json_t *model = NULL;
    assert_int_equal(audit_latest(&town.work, &before), STATUS_OK);
    assert_string_equal(hand("ann", "bob", "30 November 2026"), "");
    assert_int_equal(audit_latest(&town.work, &after), STATUS_OK);
    assert_int_equal(after, before + 1);
    assert_int_equal(posts_of("ann"), 2); /* until the last day */
    assert_int_equal(posts_of("bob"), 2);
    town.work.now = "2026-12-01T00:00:01Z";
    assert_int_equal(posts_of("ann"), 0);
    assert_int_equal(posts_of("bob"), 2);
    struct list rows = { 0 };
    assert_int_equal(entity_store_list(&town.work, &appointment_entity, 0, &rows), STATUS_OK);
    assert_int_equal(rows.count, 5);
    const struct appointment *ended = rows.items[1], *begun = rows.items[4];
    assert_string_equal(ended->valid_to, "2026-11-30");
    assert_string_equal(begun->valid_from, "2026-12-01");
    assert_string_equal(begun->valid_to, "2027-12-31"); /* as it was to end */
    assert_string_equal(((const struct appointment *)rows.items[2])->valid_to, "2015-01-01");
    assert_int_equal(action_view(&town.work, "late", &model), STATUS_OK);
    assert_true(json_is_false(
        json_object_get(json_array_get(json_object_get(model, "leads"), 0), "isVacant")));
    json_decref(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_told_and_nothing_written),
        cmocka_unit_test(a_right_for_one_unit_is_not_enough),
        cmocka_unit_test(everything_goes_at_once),
    };
    return cmocka_run_group_tests_name("service/handover", tests, open_town, town_close);
}
