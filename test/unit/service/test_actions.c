/* The actions of a small town: how each stands to its date, what a filter leaves, what became of
 * one. The day is fixed: 25 November 2026. */
#include "service/actions.h"

#include <string.h>

#include "base/text.h"
#include "model/action.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "support/support.h"
#include "support/town.h"

static int open_town(void **state)
{
    (void)town_open(state);
    town.work.now = "2026-11-25T10:00:00Z";
    town_send("person", "code,name\nsomebody,Some Body\n");
    town_send("post", "code,title,unit,valid_from,valid_to\nhead,Head of homes,homes,2010-01-01,\n"
                      "clerk,Clerk,parks,2010-01-01,\ngone,Gone,parks,2010-01-01,2020-01-01\n");
    town_send("appointment", "post,person,valid_from,valid_to\nhead,somebody,2020-01-01,\n"
                             "clerk,somebody,2012-01-01,2026-11-24\ngone,somebody,2012-01-01,\n");
    town_send("action",
              "code,objective,number,wording,target_date,status\n"
              "late,new-1,1,Late,31 March 2014,on-track\n"
              "near,new-1,2,Near,31 December 2026,on-track\n"
              "far,new-1,3,Far,June 2028,not-started\n"
              "yearly,new-2,4,Yearly,December 2012 and thereafter annually by same month,on-track\n"
              "always,new-2,5,Always,Ongoing,on-track\n"
              "never,new-2,6,Never,,not-started\n"
              "odd,new-2,7,Odd,early 2013,not-started\n"
              "finished,new-2,8,Finished,31 March 2014,complete\n"
              "past,old-1,9,Past,31 March 2010,not-started\n");
    town_send("action_lead",
              "action,role,name,post,unit\nlate,lead,Head,head,\nnear,lead,Clerk,clerk,\n"
              "far,lead,Gone,gone,\nyearly,lead,Homes,,homes\nyearly,supporting,Clerk,clerk,\n");
    town_send("action_status",
              "action,changed_on,status,reason\nlate,2012-04-01,not-started,Begun\n"
              "late,2013-01-15,on-track,Half done\n");
    return 0;
}

static json_t *list(const struct narrowing_asked *filter, size_t page)
{
    json_t *model = NULL;
    struct narrowing_asked asked = *filter;
    asked.page = page;
    enum status status = actions_list(&town.work, &asked, &model);
    if (status != STATUS_OK)
        print_error("%s\n", town.work.error);
    assert_int_equal(status, STATUS_OK);
    return model;
}

/* The codes of the actions, with a blank after each. */
static const char *codes(const json_t *model, const char *member)
{
    struct text text = text_new(town.work.arena, 1000);
    const json_t *actions = json_object_get(model, "actions");
    for (size_t i = 0; i < json_array_size(actions); i++) {
        text_add(&text, json_string_value(json_object_get(json_array_get(actions, i), member)));
        text_add(&text, " ");
    }
    return text.bytes;
}

static void the_most_pressing_come_first(void **state)
{
    (void)state;
    struct narrowing_asked filter = { .page = 1 };
    json_t *model = list(&filter, 1);
    assert_string_equal(codes(model, "code"),
                        "late near yearly far always never odd finished past ");
    assert_string_equal(codes(model, "dueCode"),
                        "overdue soon soon later continuous undated unclear done ended ");
    assert_int_equal(json_integer_value(json_object_get(model, "total")), 9);
    json_decref(model);
}

/* What an option says it would show is what choosing it shows. */
static void options_count_what_they_would_show(void **state)
{
    (void)state;
    struct narrowing_asked filter = { .wanted = { [ACTION_FACET_SCHEME] = "new" } };
    json_t *model = list(&filter, 1);
    const json_t *facets = json_object_get(model, "facets");
    size_t seen = 0;
    for (size_t facet = 0; facet < ACTION_FACET_COUNT; facet++) {
        const json_t *options = json_object_get(json_array_get(facets, facet), "options");
        for (size_t i = 0; i < json_array_size(options); i++, seen++) {
            const json_t *option = json_array_get(options, i);
            struct narrowing_asked other = filter;
            other.wanted[facet] = json_string_value(json_object_get(option, "value"));
            json_t *narrowed = list(&other, NARROWING_ALL);
            assert_int_equal(json_integer_value(json_object_get(option, "count")),
                             json_integer_value(json_object_get(narrowed, "total")));
            assert_int_equal(json_array_size(json_object_get(narrowed, "actions")),
                             json_integer_value(json_object_get(narrowed, "total")));
            json_decref(narrowed);
        }
    }
    assert_true(seen > 12);
    json_decref(model);
}

static void vacant_posts_are_flagged(void **state)
{
    (void)state;
    struct narrowing_asked filter = { .wanted = { [ACTION_FACET_LEAD] = "vacant" } };
    json_t *model = list(&filter, 1);
    assert_string_equal(codes(model, "code"), "near yearly far ");
    json_decref(model);
    filter.wanted[ACTION_FACET_UNIT] = "homes";
    model = list(&filter, 1);
    assert_string_equal(codes(model, "code"), "yearly ");
    json_decref(model);
    filter.wanted[ACTION_FACET_UNIT] = "no-such-unit";
    model = list(&filter, 1);
    assert_string_equal(codes(model, "code"), "");
    json_decref(model);
}

/* Changes the wording of an action, as an editor would. */
static void reword(const char *code, const char *wording)
{
    struct action action, before;
    struct audit *audit = NULL;
    int64_t id = 0;
    assert_int_equal(entity_store_id(&town.work, &action_entity, slice_of(code), &id), STATUS_OK);
    assert_int_equal(entity_store_get(&town.work, &action_entity, id, &before), STATUS_OK);
    action = before;
    action.wording = wording;
    assert_int_equal(audit_begin(&town.work, "edit", "actions", &audit), STATUS_OK);
    action.event = audit_event_id(audit);
    assert_int_equal(entity_store_update(&town.work, &action_entity, &action), STATUS_OK);
    assert_int_equal(audit_add(&town.work, audit, &action_entity, &before, &action), STATUS_OK);
    assert_int_equal(audit_commit(&town.work, audit), STATUS_OK);
}

static const char *words_at(const json_t *model, const char *timeline, size_t index,
                            const char *member)
{
    const json_t *items = json_object_get(json_object_get(model, timeline), "items");
    return json_string_value(json_object_get(json_array_get(items, index), member));
}

static void one_action_has_its_life(void **state)
{
    (void)state;
    json_t *model = NULL;
    reword("late", "Late as ever");
    assert_int_equal(action_view(&town.work, "late", &model), STATUS_OK);
    assert_string_equal(json_string_value(json_object_get(model, "wording")), "Late as ever");
    assert_string_equal(json_string_value(json_object_get(model, "due")), "31 March 2014");
    assert_string_equal(words_at(model, "reported", 0, "text"), "Half done");
    assert_string_equal(words_at(model, "reported", 0, "byline"), "Quarter 4 2012/13");
    assert_string_equal(words_at(model, "reported", 1, "byline"), "Quarter 1 2012/13");
    const json_t *changed = json_object_get(json_object_get(model, "changed"), "items");
    assert_int_equal(json_array_size(changed), 1);
    const json_t *change = json_array_get(json_object_get(json_array_get(changed, 0), "changes"),
                                          0);
    assert_string_equal(json_string_value(json_object_get(change, "field")), "Action");
    assert_string_equal(json_string_value(json_object_get(change, "from")), "Late");
    assert_string_equal(json_string_value(json_object_get(change, "to")), "Late as ever");
    json_decref(model);
    assert_int_equal(action_view(&town.work, "no-such", &model), STATUS_NOT_FOUND);
    work_forget(&town.work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_pressing_come_first),
        cmocka_unit_test(options_count_what_they_would_show),
        cmocka_unit_test(vacant_posts_are_flagged),
        cmocka_unit_test(one_action_has_its_life),
    };
    return cmocka_run_group_tests_name("service/actions", tests, open_town, town_close);
}
