/* The hash table of pairs, against a plain list. */
#include "service/pair_map.h"

#include "support/support.h"

enum { NUMBERS = 80 };

static void what_is_put_is_found(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    static char items[NUMBERS][NUMBERS];
    struct pair_map map = pair_map_new(arena, 0);
    for (int64_t first = 0; first < NUMBERS; first += 2)
        for (int64_t second = 0; second < NUMBERS; second++)
            pair_map_put(&map, first - NUMBERS / 2, second, &items[first][second]);
    for (int64_t first = 0; first < NUMBERS; first++)
        for (int64_t second = 0; second < NUMBERS; second++)
            assert_ptr_equal(pair_map_get(&map, first - NUMBERS / 2, second),
                             first % 2 == 0 ? &items[first][second] : NULL);
    assert_int_equal(map.count, NUMBERS / 2 * NUMBERS);
}

static void the_last_put_stands(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    char old = 0, new = 0;
    struct pair_map map = pair_map_new(arena, 1);
    assert_null(pair_map_get(&map, 1, 2));
    pair_map_put(&map, 1, 2, &old);
    pair_map_put(&map, 2, 1, &old);
    pair_map_put(&map, 1, 2, &new);
    assert_ptr_equal(pair_map_get(&map, 1, 2), &new);
    assert_ptr_equal(pair_map_get(&map, 2, 1), &old);
    assert_int_equal(map.count, 2);
}

static void the_ends_of_the_range_are_keys(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    static const int64_t ends[] = { INT64_MIN, -1, 0, 1, INT64_MAX };
    char items[5][5];
    struct pair_map map = pair_map_new(arena, 25);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            pair_map_put(&map, ends[i], ends[j], &items[i][j]);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            assert_ptr_equal(pair_map_get(&map, ends[i], ends[j]), &items[i][j]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(the_last_put_stands),
        cmocka_unit_test(the_ends_of_the_range_are_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
