/* The set of ids, against the ids that were put into it. */
#include "service/id_set.h"

#include "base/arena.h"
#include "support/support.h"

static void what_was_added_is_there(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct id_set set = { .arena = arena };
    static const int64_t ids[] = { 0, 1, 63, 64, 32767, 32768, 1000000, 5000000, 99 };
    assert_false(id_set_has(&set, 0));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_false(id_set_has(&set, ids[i]));
        id_set_add(&set, ids[i]);
        id_set_add(&set, ids[i]);
        for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
            assert_int_equal(id_set_has(&set, ids[k]), k <= i);
    }
    assert_false(id_set_has(&set, 2));
    assert_false(id_set_has(&set, -1));
    assert_false(id_set_has(&set, INT64_MAX));
    size_t held = arena_held(arena);
    id_set_add(&set, INT64_MAX); /* no store's: left out, and no room taken */
    assert_false(id_set_has(&set, INT64_MAX));
    assert_int_equal(arena_held(arena), held);
}

static void millions_are_small(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct id_set set = { .arena = arena };
    for (int64_t id = 1; id <= 2000000; id++)
        id_set_add(&set, id);
    for (int64_t id = 1; id <= 2000000; id += 777)
        assert_true(id_set_has(&set, id));
    assert_false(id_set_has(&set, 2000001));
    assert_true(arena_held(arena) < 1024 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_there),
        cmocka_unit_test(millions_are_small),
    };
    return cmocka_run_group_tests_name("service/id_set", tests, NULL, NULL);
}
