/* Who may do what where, on both engines; and writers who take turns. */
#include "service/permission.h"

#include <pthread.h>
#include <string.h>

#include "base/file.h"
#include "model/account.h"
#include "service/account.h"
#include "service/sign_in.h"
#include "store/entity_store.h"
#include "store/unit_store.h"
#include "support/plan_rows.h"
#include "support/support.h"
#include "web/pool.h"

enum { THREADS = 16, TURNS = 20, PAGE_MOST = 65536 };

static void the_units_above_are_found(void **state)
{
    struct opened opened;
    int64_t above[UNIT_DEPTH_MOST];
    size_t count = 0;
    opened_new(&opened, *state);
    int64_t council = put_unit(&opened, "council", INTEGER_MISSING);
    int64_t housing = put_unit(&opened, "housing", council);
    int64_t repairs = put_unit(&opened, "repairs", housing);
    must(&opened, unit_store_above(&opened.work, repairs, above, &count));
    assert_int_equal(count, 3);
    must(&opened, unit_store_above(&opened.work, council, above, &count));
    assert_int_equal(count, 1);
    assert_int_equal(above[0], council);
    must(&opened, unit_store_above(&opened.work, 9999, above, &count));
    assert_int_equal(count, 0);
    /* A unit above itself, which only a bad import makes, ends the walk. */
    must(&opened, store_run_script(&opened.work, "UPDATE unit SET parent = 3 WHERE id = 1"));
    must(&opened, unit_store_above(&opened.work, repairs, above, &count));
    assert_int_equal(count, 3);
    opened_end(&opened);
}

static void grant(struct opened *opened, const char *role, const char *unit, const char *from,
                  const char *to)
{
    struct problems problems = { .arena = opened->work.arena };
    struct account_grant given = { role, unit, from, to };
    must(opened, account_grant(&opened->work, "jo", &given, &problems));
    if (problems.list.count)
        fail_msg("%s", ((struct problem *)problems.list.items[0])->words);
}

static int64_t add_account(struct opened *opened, const char *code)
{
    struct account account;
    struct problems problems = { .arena = opened->work.arena };
    const char *email = arena_format(opened->work.arena, "%s@example.invalid", code);
    must(opened, account_add(&opened->work, &(struct account_details){ code, "Made up", email },
                             &problems));
    assert_int_equal(problems.list.count, 0);
    must(opened, account_find(&opened->work, code, &account));
    return account.id;
}

/* The actor of an account at the work's moment. */
static struct actor actor_of(struct opened *opened, int64_t account)
{
    struct actor actor = { .account = account, .code = "jo", .name = "Made up" };
    must(opened, permission_load(&opened->work, account, &actor));
    return actor;
}

static bool allows(struct opened *opened, const struct actor *actor, enum right right, int64_t unit)
{
    bool allowed = false;
    opened->work.actor = actor;
    must(opened, permission_allows(&opened->work, right, unit, &allowed));
    opened->work.actor = &permission_owner;
    return allowed;
}

static void a_grant_reaches_its_unit_and_those_below(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    opened.work.now = "2026-11-25T12:00:00Z";
    int64_t council = put_unit(&opened, "council", INTEGER_MISSING);
    int64_t housing = put_unit(&opened, "housing", council);
    int64_t repairs = put_unit(&opened, "repairs", housing);
    int64_t legal = put_unit(&opened, "legal", council);
    int64_t jo = add_account(&opened, "jo");
    grant(&opened, "contributor", "housing", "2026-11-01", "2026-11-30");
    struct actor actor = actor_of(&opened, jo);
    assert_true(allows(&opened, &actor, RIGHT_RETURN_FILL, housing));
    assert_true(allows(&opened, &actor, RIGHT_RETURN_FILL, repairs));
    assert_false(allows(&opened, &actor, RIGHT_RETURN_FILL, legal));
    assert_false(allows(&opened, &actor, RIGHT_RETURN_FILL, council));
    assert_false(allows(&opened, &actor, RIGHT_RETURN_FILL, INTEGER_MISSING));
    assert_false(allows(&opened, &actor, RIGHT_RETURN_APPROVE, housing));
    assert_true(allows(&opened, &actor, RIGHT_READ, legal));
    opened.work.actor = &actor;
    assert_int_equal(permission_require(&opened.work, RIGHT_RETURN_FILL, legal), STATUS_REFUSED);
    assert_non_null(strstr(opened.work.error, "for this unit"));
    work_forget(&opened.work);
    opened.work.actor = &permission_owner;
    /* The whole authority. */
    grant(&opened, "policy-officer", NULL, NULL, NULL);
    actor = actor_of(&opened, jo);
    assert_true(allows(&opened, &actor, RIGHT_RETURN_FILL, legal));
    assert_true(allows(&opened, &actor, RIGHT_RETURN_FREEZE, INTEGER_MISSING));
    opened_end(&opened);
}

static void a_grant_holds_on_its_days(void **state)
{
    static const struct {
        const char *now;
        bool holds;
    } days[] = { { "2026-10-31T23:59:59Z", false },
                 { "2026-11-01T00:00:00Z", true },
                 { "2026-11-30T23:59:59Z", true },
                 { "2026-12-01T00:00:00Z", false } };
    struct opened opened;
    opened_new(&opened, *state);
    int64_t housing = put_unit(&opened, "housing", INTEGER_MISSING);
    int64_t jo = add_account(&opened, "jo");
    grant(&opened, "contributor", "housing", "2026-11-01", "2026-11-30");
    for (size_t i = 0; i < ARRAY_COUNT(days); i++) {
        opened.work.now = days[i].now;
        struct actor actor = actor_of(&opened, jo);
        assert_int_equal(allows(&opened, &actor, RIGHT_RETURN_FILL, housing), days[i].holds);
    }
    opened_end(&opened);
}

static void a_revoked_role_holds_no_more(void **state)
{
    struct opened opened;
    struct list grants = { 0 };
    opened_new(&opened, *state);
    opened.work.now = "2026-11-25T12:00:00Z";
    int64_t jo = add_account(&opened, "jo"), other = add_account(&opened, "other");
    grant(&opened, "auditor", NULL, NULL, NULL);
    must(&opened, entity_store_list_of(&opened.work, &role_grant_entity, "account", jo, &grants));
    const struct role_grant *granted = grants.items[0];
    assert_int_equal(account_revoke(&opened.work, "other", granted->id), STATUS_NOT_FOUND);
    work_forget(&opened.work);
    struct actor actor = actor_of(&opened, jo);
    assert_true(allows(&opened, &actor, RIGHT_AUDIT_READ, INTEGER_MISSING));
    must(&opened, account_revoke(&opened.work, "jo", granted->id));
    actor = actor_of(&opened, jo);
    assert_false(allows(&opened, &actor, RIGHT_AUDIT_READ, INTEGER_MISSING));
    assert_true(other > 0);
    opened_end(&opened);
}

static void nobody_grants_to_themself(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    opened.work.now = "2026-11-25T12:00:00Z";
    int64_t jo = add_account(&opened, "jo");
    (void)add_account(&opened, "sam");
    grant(&opened, "administrator", NULL, NULL, NULL);
    struct actor actor = actor_of(&opened, jo);
    struct problems problems = { .arena = opened.work.arena };
    struct account_grant given = { .role = "policy-officer" };
    opened.work.actor = &actor;
    assert_int_equal(account_grant(&opened.work, "jo", &given, &problems), STATUS_REFUSED);
    work_forget(&opened.work);
    must(&opened, account_grant(&opened.work, "sam", &given, &problems));
    assert_int_equal(problems.list.count, 0);
    /* And without a role, or without anybody, nothing is granted at all. */
    actor.granted.count = 0;
    assert_int_equal(account_grant(&opened.work, "sam", &given, &problems), STATUS_REFUSED);
    work_forget(&opened.work);
    opened.work.actor = NULL;
    assert_int_equal(account_grant(&opened.work, "sam", &given, &problems), STATUS_REFUSED);
    work_forget(&opened.work);
    assert_false(permission_has(&opened.work, RIGHT_SIGNED_IN));
    assert_true(permission_has(&opened.work, RIGHT_PUBLIC));
    opened_end(&opened);
}

/* docs/permissions.md says the table in a second way; whoever changes one reads the other. */
static void the_table_is_as_documented(void **state)
{
    struct work work = support_work();
    struct slice page, line, cell;
    static const char *const marks[] = {
        [REACH_NONE] = "", [REACH_UNITS] = "units", [REACH_EVERYWHERE] = "all"
    };
    size_t found = 0;
    (void)state;
    assert_int_equal(file_read(&work, support_path(&work, "docs/permissions.md"), PAGE_MOST, &page),
                     STATUS_OK);
    while (slice_split(&page, '\n', &line)) {
        struct slice rest = line;
        enum role role = ROLE_COUNT;
        if (!slice_starts(line, "| `") || !slice_split(&rest, '`', &cell) ||
            !slice_split(&rest, '`', &cell) ||
            !permission_role(slice_copy(work.arena, cell), &role))
            continue;
        assert_true(slice_split(&rest, '|', &cell));
        for (int right = RIGHT_READ; right < RIGHT_COUNT; right++) {
            assert_true(slice_split(&rest, '|', &cell));
            if (!slice_is(slice_trim(cell), marks[permission_rights[right].reach[role]]))
                fail_msg("%s, %s: \"%.*s\"", permission_roles[role].code,
                         permission_rights[right].code, (int)cell.length, cell.start);
        }
        found++;
    }
    assert_int_equal(found, ROLE_COUNT);
    support_work_end(&work);
}

struct turn {
    pthread_t thread;
    struct pool *pool;
    struct workspace *workspace;
    enum status status;
};

/* Reads a number, adds one, writes it, in one transaction. */
static void *take_turns(void *context)
{
    struct turn *turn = context;
    struct work work = { .arena = arena_new(),
                         .now = "2026-11-25T12:00:00Z",
                         .user = "tester",
                         .workspace = turn->workspace };
    struct store *own = NULL;
    for (int i = 0; i < TURNS && turn->status == STATUS_OK; i++) {
        turn->status = pool_take(turn->pool, &work, &own);
        if (turn->status != STATUS_OK)
            break;
        turn->status = store_begin(&work);
        if (turn->status == STATUS_OK)
            turn->status = store_run(&work, "UPDATE counted SET number = number + 1", NULL, 0,
                                     NULL);
        if (turn->status == STATUS_OK && i % 3 == 0)
            store_rollback(&work);
        else if (turn->status == STATUS_OK)
            turn->status = store_commit(&work);
        pool_give(turn->pool, &work, own);
    }
    arena_free(work.arena);
    return NULL;
}

static void writers_take_turns(void **state)
{
    struct opened opened;
    struct turn turns[THREADS];
    int64_t committed = 0;
    opened_new(&opened, *state);
    must(&opened, store_run_script(&opened.work, "CREATE TABLE counted (number integer); "
                                                 "INSERT INTO counted VALUES (0)"));
    struct pool *pool = pool_new(opened.address);
    for (size_t i = 0; i < THREADS; i++) {
        turns[i] = (struct turn){ .pool = pool, .workspace = &opened.workspace };
        assert_int_equal(pthread_create(&turns[i].thread, NULL, take_turns, &turns[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(turns[i].thread, NULL);
        assert_int_equal(turns[i].status, STATUS_OK);
    }
    for (int i = 0; i < TURNS; i++)
        committed += i % 3 != 0;
    assert_int_equal(number_of(&opened, "SELECT number FROM counted"), committed * THREADS);
    pool_free(pool);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/permission", ON_BOTH(the_units_above_are_found),
             ON_BOTH(a_grant_reaches_its_unit_and_those_below), ON_BOTH(a_grant_holds_on_its_days),
             ON_BOTH(a_revoked_role_holds_no_more), ON_BOTH(nobody_grants_to_themself),
             ON_BOTH(writers_take_turns), cmocka_unit_test(the_table_is_as_documented))
