/* Comments on figures, on both engines: who may write them, what is asked for in later returns, and
 * that nothing is settled twice. */
#include "service/value_comments.h"

#include <string.h>

#include "service/permission.h"
#include "store/entity_store.h"
#include "support/plan_rows.h"
#include "support/support.h"

static const struct comment_place place = { "repairs", "housing", "2012-13-Q1" };

/* Two units and a measure of the first. */
static void begin(struct opened *opened, const struct store_fixture *fixture)
{
    opened_new(opened, fixture);
    opened->work.now = "2012-08-01T12:00:00Z";
    put_unit(opened, "housing", INTEGER_MISSING);
    put_unit(opened, "parks", INTEGER_MISSING);
    put_measure(opened, "repairs", INTEGER_MISSING);
}

static size_t add(struct opened *opened, const char *words, bool is_follow_up)
{
    struct problems problems = { .arena = opened->work.arena };
    must(opened, comment_add(&opened->work, &place, words, is_follow_up, &problems));
    return problems.list.count;
}

static size_t settle(struct opened *opened, int64_t number, const char *outcome)
{
    struct problems problems = { .arena = opened->work.arena };
    must(opened, comment_settle(&opened->work, &place, number, outcome, &problems));
    return problems.list.count;
}

static struct comment_thread thread_of(struct opened *opened)
{
    struct comment_thread thread = { .measure = NULL };
    must(opened, comment_thread_load(&opened->work, &place, &thread));
    return thread;
}

/* How many follow-ups a return of that period is asked for. */
static size_t asked(struct opened *opened, const char *code)
{
    struct list comments = { 0 };
    struct period period;
    struct comment_thread thread = thread_of(opened);
    assert_true(period_read(slice_of(code), &period));
    must(opened,
         comment_follow_ups(&opened->work, thread.measure->id, thread.unit->id, period, &comments));
    return comments.count;
}

static void a_comment_is_kept_and_asked_for_later(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    assert_int_equal(add(&opened, "Well done", false), 0);
    assert_int_equal(add(&opened, "  Why did it fall?  ", true), 0);
    struct comment_thread thread = thread_of(&opened);
    assert_int_equal(thread.comments.count, 2);
    const struct value_comment *second = thread.comments.items[1];
    assert_int_equal(second->number, 2);
    assert_string_equal(second->words, "Why did it fall?");
    assert_string_equal(second->written_by, permission_owner.name);
    assert_string_equal(thread.period_words, "Quarter 1 2012/13");
    assert_int_equal(asked(&opened, "2012-13-Q1"), 0); /* its own return has gone */
    assert_int_equal(asked(&opened, "2011-12-Q4"), 0);
    assert_int_equal(asked(&opened, "2012-13-Q2"), 1);
    assert_int_equal(asked(&opened, "2013-14-Q1"), 1);
    assert_int_equal(settle(&opened, 2, "Two teams were one"), 0);
    assert_int_equal(asked(&opened, "2012-13-Q2"), 0);
    opened_end(&opened);
}

static void what_is_wrong_is_said_and_nothing_kept(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    char *long_words = arena_take(opened.work.arena, 4002);
    memset(long_words, 'x', 4001);
    long_words[4001] = '\0';
    assert_int_equal(add(&opened, " \n ", true), 1);
    assert_int_equal(add(&opened, long_words, true), 1);
    assert_int_equal(thread_of(&opened).comments.count, 0);
    assert_int_equal(add(&opened, "Why?", true), 0);
    assert_int_equal(settle(&opened, 1, ""), 1);
    assert_int_equal(asked(&opened, "2012-13-Q2"), 1);
    opened_end(&opened);
}

static void nothing_is_settled_twice(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    struct problems problems = { .arena = opened.work.arena };
    add(&opened, "Why?", true);
    settle(&opened, 1, "First answer");
    assert_int_equal(comment_settle(&opened.work, &place, 1, "Second answer", &problems),
                     STATUS_CONFLICT);
    work_forget(&opened.work);
    assert_int_equal(comment_settle(&opened.work, &place, 9, "None", &problems), STATUS_NOT_FOUND);
    work_forget(&opened.work);
    const struct value_comment *kept = thread_of(&opened).comments.items[0];
    assert_string_equal(kept->outcome, "First answer");
    opened_end(&opened);
}

static void rights_reach_as_far_as_they_do(void **state)
{
    struct opened opened;
    begin(&opened, *state);
    struct problems problems = { .arena = opened.work.arena };
    struct granted parks = { ROLE_CONTRIBUTOR, thread_of(&opened).unit->id + 1 };
    struct granted reads = { ROLE_COMMITTEE_MEMBER, INTEGER_MISSING };
    struct actor actor = { .account = 1, .session = INTEGER_MISSING, .name = "Made up" };
    list_add(opened.work.arena, &actor.granted, &parks);
    opened.work.actor = &actor;
    assert_false(thread_of(&opened).may_write); /* another unit's are read alone */
    assert_int_equal(comment_add(&opened.work, &place, "Words", false, &problems), STATUS_REFUSED);
    work_forget(&opened.work);
    actor.granted = (struct list){ 0 };
    list_add(opened.work.arena, &actor.granted, &reads);
    struct comment_thread thread = { .measure = NULL };
    assert_int_equal(comment_thread_load(&opened.work, &place, &thread), STATUS_REFUSED);
    work_forget(&opened.work);
    opened.work.actor = &permission_owner;
    assert_int_equal(thread_of(&opened).comments.count, 0);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/value_comments", ON_BOTH(a_comment_is_kept_and_asked_for_later),
             ON_BOTH(what_is_wrong_is_said_and_nothing_kept), ON_BOTH(nothing_is_settled_twice),
             ON_BOTH(rights_reach_as_far_as_they_do))
