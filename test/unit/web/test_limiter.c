/* Who did how much lately: against a plain count of the same, and by many threads at once. */
#include "web/limiter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "support/support.h"

static void so_many_at_once_and_again_with_time(void **state)
{
    struct limiter *limiter = limiter_new((struct limiter_rate){ 5, 60 });
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(limiter_take(limiter, "a", 1000), 0);
    assert_int_equal(limiter_take(limiter, "a", 1000), 12);
    assert_int_equal(limiter_wait(limiter, "a", 12500), 1);
    assert_int_equal(limiter_take(limiter, "b", 1000), 0); /* others are left alone */
    assert_int_equal(limiter_wait(limiter, "a", 13000), 0);
    assert_int_equal(limiter_take(limiter, "a", 13000), 0);
    assert_int_equal(limiter_take(limiter, "a", 13000), 12);
    /* After a minute of rest all of it is there again, and not more. */
    for (int i = 0; i < 5; i++)
        assert_int_equal(limiter_take(limiter, "a", 200000), 0);
    assert_int_equal(limiter_take(limiter, "a", 200000), 12);
    limiter_free(limiter);
}

/* In any stretch of time, never more than at once and what came since: by counting. */
static void no_stretch_has_more(void **state)
{
    enum { MOST = 20, SECONDS = 10, TRIES = 4000, EACH = 7 /* milliseconds */ };
    static int64_t taken[TRIES];
    struct limiter *limiter = limiter_new((struct limiter_rate){ MOST, SECONDS });
    size_t count = 0;
    (void)state;
    for (int64_t i = 0; i < TRIES; i++)
        if (limiter_take(limiter, "a", i * EACH) == 0)
            taken[count++] = i * EACH;
    for (size_t from = 0; from < count; from++)
        for (size_t to = from; to < count; to++) {
            int64_t allowed = MOST + (taken[to] - taken[from]) * MOST / (SECONDS * 1000);
            assert_true((int64_t)(to - from + 1) <= allowed);
        }
    /* And it is not stingy: 28 seconds give 20 and 2 a second. */
    assert_in_range(count, MOST + 54, MOST + 56);
    limiter_free(limiter);
}

static void zero_is_no_limit(void **state)
{
    struct limiter *limiter = limiter_new((struct limiter_rate){ 0, 60 });
    (void)state;
    for (int i = 0; i < 100000; i++)
        assert_int_equal(limiter_take(limiter, "a", 0), 0);
    limiter_free(limiter);
}

/* Others, however many, do not free who has used up their share in plain sight. */
static void a_crowd_does_not_push_out_the_busiest(void **state)
{
    struct limiter *limiter = limiter_new((struct limiter_rate){ 100, 60 });
    char name[32];
    (void)state;
    for (int i = 0; i < 100; i++)
        assert_int_equal(limiter_take(limiter, "busy", 0), 0);
    for (int i = 0; i < 10 * LIMITER_HELD; i++) {
        (void)snprintf(name, sizeof name, "%d", i);
        (void)limiter_take(limiter, name, 0);
    }
    assert_int_equal(limiter_take(limiter, "busy", 0), 1);
    limiter_free(limiter);
}

struct crowd {
    struct limiter *limiter;
    atomic_int passed;
};

static void *take_many(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < 10000; i++)
        if (limiter_take(crowd->limiter, "a", 0) == 0)
            atomic_fetch_add(&crowd->passed, 1);
    return NULL;
}

static void threads_share_one_count(void **state)
{
    struct crowd crowd = { .limiter = limiter_new((struct limiter_rate){ 1000, 60 }) };
    pthread_t threads[4];
    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_many, &crowd), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&crowd.passed), 1000);
    limiter_free(crowd.limiter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_at_once_and_again_with_time),
        cmocka_unit_test(no_stretch_has_more),
        cmocka_unit_test(zero_is_no_limit),
        cmocka_unit_test(a_crowd_does_not_push_out_the_busiest),
        cmocka_unit_test(threads_share_one_count),
    };
    return cmocka_run_group_tests_name("web/limiter", tests, NULL, NULL);
}
