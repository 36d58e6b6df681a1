/* What is kept of the database from one transaction to the next: nothing of it outlives a write of
 * anybody, and of a session nothing outlives its time. */
#include "store/recall.h"

#include <string.h>

#include "model/account.h"
#include "service/account.h"
#include "service/sign_in.h"
#include "store/account_store.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "support/store_fixture.h"
#include "support/support.h"

static const struct slice key = { "a", 1 };
static const struct session_limits usual = { 1800, 28800 };

/* A second connection, which only reads. */
static void reader_new(struct opened *reader, const struct opened *opened)
{
    *reader = (struct opened){ .work = support_work(), .address = opened->address };
    must(reader, store_open(&reader->work, reader->address, STORE_READ));
}

static void reader_end(struct opened *reader)
{
    store_close(&reader->work);
    support_work_end(&reader->work);
}

/* Keeps a number in a transaction of its own. */
static void keep(struct opened *reader, int64_t number)
{
    must(reader, store_begin_read(&reader->work));
    struct arena *arena = recall_arena(reader->work.store);
    assert_non_null(arena);
    int64_t *kept = arena_new_of(arena, int64_t);
    *kept = number;
    recall_keep(reader->work.store, key, kept);
    must(reader, store_commit(&reader->work));
}

/* The number that the next transaction recalls; -1: none. */
static int64_t recalled(struct opened *reader)
{
    must(reader, store_begin_read(&reader->work));
    const int64_t *kept = recall_find(reader->work.store, key);
    int64_t number = kept ? *kept : -1;
    store_rollback(&reader->work);
    return number;
}

/* Not audited: it is any write that counts. */
static void write_something(struct opened *opened)
{
    must(opened, store_run_script(&opened->work, "UPDATE counted SET number = number + 1"));
}

static void counted_new(struct opened *opened, void *fixture)
{
    opened_new(opened, fixture);
    must(opened, store_run_script(&opened->work, "CREATE TABLE counted (number integer); "
                                                 "INSERT INTO counted VALUES (0)"));
}

static void what_is_kept_holds_until_somebody_writes(void **state)
{
    struct opened opened, reader, other;
    counted_new(&opened, *state);
    reader_new(&reader, &opened);
    reader_new(&other, &opened);
    assert_int_equal(recalled(&reader), -1);
    keep(&reader, 7);
    assert_int_equal(recalled(&reader), 7);
    assert_int_equal(recalled(&reader), 7);
    /* To each connection its own. */
    assert_int_equal(recalled(&other), -1);
    /* That somebody reads changes nothing. */
    assert_int_equal(number_of(&opened, "SELECT number FROM counted"), 0);
    assert_int_equal(recalled(&reader), 7);
    write_something(&opened);
    assert_int_equal(recalled(&reader), -1);
    assert_int_equal(recalled(&reader), -1);
    keep(&reader, 8);
    assert_int_equal(recalled(&reader), 8);
    reader_end(&other);
    reader_end(&reader);
    opened_end(&opened);
}

static void what_was_read_before_a_write_is_not_kept_past_it(void **state)
{
    struct opened opened, reader;
    counted_new(&opened, *state);
    reader_new(&reader, &opened);
    /* Written after the transaction began: it sees what was, and what it keeps is old at its end.
     */
    must(&reader, store_begin_read(&reader.work));
    write_something(&opened);
    int64_t *kept = arena_new_of(recall_arena(reader.work.store), int64_t);
    *kept = number_of(&reader, "SELECT number FROM counted");
    assert_int_equal(*kept, 0);
    recall_keep(reader.work.store, key, kept);
    store_rollback(&reader.work);
    assert_int_equal(recalled(&reader), -1);
    /* A write that was begun before, and is committed after. */
    must(&opened, store_begin(&opened.work));
    write_something(&opened);
    keep(&reader, 1);
    assert_int_equal(recalled(&reader), 1);
    must(&opened, store_commit(&opened.work));
    assert_int_equal(recalled(&reader), -1);
    reader_end(&reader);
    opened_end(&opened);
}

static void nothing_is_recalled_outside_or_by_who_writes(void **state)
{
    struct opened opened, reader;
    counted_new(&opened, *state);
    reader_new(&reader, &opened);
    assert_null(recall_arena(reader.work.store));
    keep(&reader, 7);
    assert_null(recall_find(reader.work.store, key));
    assert_null(recall_arena(reader.work.store));
    /* One's own writes are not seen, so nothing is kept. */
    must(&opened, store_begin_read(&opened.work));
    assert_null(recall_arena(opened.work.store));
    assert_null(recall_find(opened.work.store, key));
    store_rollback(&opened.work);
    /* A connection that is opened anew begins with nothing. */
    store_close(&reader.work);
    must(&reader, store_open(&reader.work, reader.address, STORE_READ));
    assert_int_equal(recalled(&reader), -1);
    reader_end(&reader);
    opened_end(&opened);
}

static void what_is_kept_does_not_grow_without_end(void **state)
{
    struct opened opened, reader;
    counted_new(&opened, *state);
    reader_new(&reader, &opened);
    must(&reader, store_begin_read(&reader.work));
    for (int i = 0; i < RECALL_THINGS_MOST; i++) {
        char *name = arena_format(reader.work.arena, "thing %d", i);
        assert_non_null(recall_arena(reader.work.store));
        recall_keep(reader.work.store, slice_of(name), "x");
    }
    assert_null(recall_arena(reader.work.store));
    assert_string_equal(recall_find(reader.work.store, SLICE("thing 0")), "x");
    store_rollback(&reader.work);
    keep(&reader, 7); /* the others are forgotten */
    must(&reader, store_begin_read(&reader.work));
    assert_null(recall_find(reader.work.store, SLICE("thing 0")));
    (void)arena_take(recall_arena(reader.work.store), 2 * (size_t)RECALL_BYTES_MOST);
    store_rollback(&reader.work);
    assert_int_equal(recalled(&reader), -1);
    reader_end(&reader);
    opened_end(&opened);
}

static void the_latest_event_is_told_anew_after_each(void **state)
{
    struct opened opened, reader;
    int64_t latest = 0;
    counted_new(&opened, *state);
    reader_new(&reader, &opened);
    for (int64_t i = 0; i < 3; i++) {
        for (int again = 0; again < 2; again++) {
            must(&reader, store_begin_read(&reader.work));
            must(&reader, audit_latest(&reader.work, &latest));
            assert_int_equal(latest, i);
            store_rollback(&reader.work);
        }
        opened_event(&opened);
    }
    reader_end(&reader);
    opened_end(&opened);
}

/* Somebody with a session and one dated role. */
struct signed_in {
    struct opened opened, reader;
    int64_t account, session, grant;
    const char *token;
};

static void signed_in_new(struct signed_in *in, void *fixture)
{
    struct work *work = &in->opened.work;
    struct problems problems = { .arena = NULL };
    struct sign_in made;
    struct account account;
    struct audit *audit = NULL;
    struct list grants = { 0 };
    opened_new(&in->opened, fixture);
    problems.arena = work->arena;
    work->now = "2026-11-25T12:00:00Z";
    must(&in->opened,
         account_add(work, &(struct account_details){ "jo", "Jo Made-Up", "jo@example.invalid" },
                     &problems));
    must(&in->opened, account_find(work, "jo", &account));
    account.status = "open";
    must(&in->opened, entity_store_update(work, &account_entity, &account));
    must(&in->opened,
         account_grant(work, "jo",
                       &(struct account_grant){ "auditor", NULL, "2026-11-01", "2026-11-25" },
                       &problems));
    assert_int_equal(problems.list.count, 0);
    must(&in->opened, audit_begin(work, "sign-in", "jo", &audit));
    must(&in->opened,
         session_begin(work, audit, &account, &(struct session_origin){ "x", false }, &made));
    must(&in->opened, audit_commit(work, audit));
    must(&in->opened,
         entity_store_list_of(work, &role_grant_entity, "account", account.id, &grants));
    in->grant = ((const struct role_grant *)grants.items[0])->id;
    in->account = account.id;
    in->token = made.token;
    reader_new(&in->reader, &in->opened);
}

static void signed_in_end(struct signed_in *in)
{
    reader_end(&in->reader);
    opened_end(&in->opened);
}

/* What the session is good for at a moment: nothing, being signed in, or reading the audit. It is
 * asked twice, so that the second time it may be recalled. */
enum good { GOOD_NOTHING, GOOD_SIGNED_IN, GOOD_AUDIT };

static enum good ask(struct signed_in *in, const char *now)
{
    struct work *work = &in->reader.work;
    struct session session;
    struct actor actor;
    work->now = now;
    must(&in->reader, store_begin_read(work));
    enum status status = session_find(work, in->token, &usual, &session, &actor);
    store_rollback(work);
    if (status == STATUS_NOT_FOUND)
        return GOOD_NOTHING;
    must(&in->reader, status);
    assert_string_equal(actor.code, "jo");
    assert_int_equal(actor.account, in->account);
    in->session = session.id;
    work->actor = &actor;
    enum good good = permission_has(work, RIGHT_AUDIT_READ) ? GOOD_AUDIT : GOOD_SIGNED_IN;
    work->actor = NULL;
    return good;
}

static void expect_good(struct signed_in *in, const char *now, enum good good)
{
    assert_int_equal(ask(in, now), good);
    assert_int_equal(ask(in, now), good);
}

static void a_session_ends_at_once_for_everybody(void **state)
{
    struct signed_in in;
    signed_in_new(&in, *state);
    expect_good(&in, "2026-11-25T12:00:10Z", GOOD_AUDIT);
    struct actor actor = { .account = in.account, .session = in.session, .code = "jo" };
    const struct actor *owner = in.opened.work.actor;
    in.opened.work.actor = &actor;
    must(&in.opened, session_end(&in.opened.work, in.session));
    in.opened.work.actor = owner;
    expect_good(&in, "2026-11-25T12:00:11Z", GOOD_NOTHING);
    signed_in_end(&in);
}

static void a_role_that_is_revoked_or_granted_counts_at_once(void **state)
{
    struct signed_in in;
    signed_in_new(&in, *state);
    struct problems problems = { .arena = in.opened.work.arena };
    expect_good(&in, "2026-11-25T12:00:10Z", GOOD_AUDIT);
    must(&in.opened, account_revoke(&in.opened.work, "jo", in.grant));
    expect_good(&in, "2026-11-25T12:00:11Z", GOOD_SIGNED_IN);
    must(&in.opened, account_grant(&in.opened.work, "jo",
                                   &(struct account_grant){ .role = "auditor" }, &problems));
    expect_good(&in, "2026-11-25T12:00:12Z", GOOD_AUDIT);
    signed_in_end(&in);
}

static void an_account_that_is_closed_is_out_at_once(void **state)
{
    struct signed_in in;
    struct account account;
    signed_in_new(&in, *state);
    expect_good(&in, "2026-11-25T12:00:10Z", GOOD_AUDIT);
    must(&in.opened, account_find(&in.opened.work, "jo", &account));
    account.status = "closed";
    must(&in.opened, entity_store_update(&in.opened.work, &account_entity, &account));
    expect_good(&in, "2026-11-25T12:00:11Z", GOOD_NOTHING);
    signed_in_end(&in);
}

static void time_ends_what_nobody_wrote(void **state)
{
    struct signed_in in;
    signed_in_new(&in, *state);
    expect_good(&in, "2026-11-25T12:29:59Z", GOOD_AUDIT);
    /* Left alone for half an hour; and the clock put back by more than it may lag. */
    expect_good(&in, "2026-11-25T12:30:00Z", GOOD_NOTHING);
    expect_good(&in, "2026-11-25T11:54:00Z", GOOD_NOTHING);
    expect_good(&in, "2026-11-25T12:00:30Z", GOOD_AUDIT);
    /* In use all the time, for eight hours at most. */
    must(&in.opened, account_store_touch(&in.opened.work, in.session, "2026-11-25T19:50:00Z"));
    expect_good(&in, "2026-11-25T19:59:59Z", GOOD_AUDIT);
    expect_good(&in, "2026-11-25T20:00:00Z", GOOD_NOTHING);
    signed_in_end(&in);
}

static void a_grant_ends_with_its_day(void **state)
{
    struct signed_in in;
    signed_in_new(&in, *state);
    must(&in.opened, store_run_script(&in.opened.work,
                                      "UPDATE session SET started_at = '2026-11-25T23:50:00Z', "
                                      "seen_at = '2026-11-25T23:50:00Z'"));
    expect_good(&in, "2026-11-25T23:59:59Z", GOOD_AUDIT);
    expect_good(&in, "2026-11-26T00:00:00Z", GOOD_SIGNED_IN);
    expect_good(&in, "2026-11-25T23:59:59Z", GOOD_AUDIT);
    signed_in_end(&in);
}

MAIN_ON_BOTH("store/recall", ON_BOTH(what_is_kept_holds_until_somebody_writes),
             ON_BOTH(what_was_read_before_a_write_is_not_kept_past_it),
             ON_BOTH(nothing_is_recalled_outside_or_by_who_writes),
             ON_BOTH(what_is_kept_does_not_grow_without_end),
             ON_BOTH(the_latest_event_is_told_anew_after_each),
             ON_BOTH(a_session_ends_at_once_for_everybody),
             ON_BOTH(a_role_that_is_revoked_or_granted_counts_at_once),
             ON_BOTH(an_account_that_is_closed_is_out_at_once),
             ON_BOTH(time_ends_what_nobody_wrote), ON_BOTH(a_grant_ends_with_its_day))
