/* Cell keys: the standard noise has mean 0, keeps counts from falling below 0 and zeros as they
 * are; keys follow from the secret; large counts come round. */
#include "disclosure/cell_key.h"

#include "support/support.h"

static void the_standard_noise_is_fair(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct cell_key_table *table = cell_key_standard(&work);
    for (int64_t count = 0; count <= CELL_KEY_ROWS; count++) {
        int64_t sum = 0, squares = 0;
        for (int64_t key = 0; key < CELL_KEYS; key++) {
            int64_t noise = table->noise[count][key];
            assert_true(noise >= -5 && noise <= 5 && count + noise >= 0);
            sum += noise;
            squares += noise * noise;
        }
        assert_true(sum >= -4 && sum <= 4); /* of 256: rounding to whole keys */
        /* Variance 2, to a twentieth. */
        assert_true(count == 0 ? squares == 0 : 20 * squares > 39 * 256 && 20 * squares < 41 * 256);
    }
    support_work_end(&work);
}

static void noise_is_looked_up_by_count_and_key(void **state)
{
    (void)state;
    struct work work = support_work();
    struct cell_key_table *table = arena_new_of(work.arena, struct cell_key_table);
    table->noise[3][7] = -5;
    table->noise[750][0] = 4;
    table->noise[501][1] = 2;
    assert_int_equal(cell_key_perturb(table, 3, 7), 0);
    assert_int_equal(cell_key_perturb(table, 3, 6), 3);
    assert_int_equal(cell_key_perturb(table, 750, 256), 754);
    assert_int_equal(cell_key_perturb(table, 1000, 512), 1004);
    assert_int_equal(cell_key_perturb(table, 1001, 257), 1003);
    assert_int_equal(cell_key_perturb(table, 0, 7), 0);
    support_work_end(&work);
}

static void keys_follow_from_the_secret(void **state)
{
    (void)state;
    const unsigned char secret[CELL_KEY_SECRET_LENGTH] = { 1 },
                        other[CELL_KEY_SECRET_LENGTH] = { 2 };
    int differ = 0;
    for (char i = 'a'; i <= 'z'; i++) {
        struct slice person = { &i, 1 };
        assert_int_equal(cell_key_of_record(secret, person), cell_key_of_record(secret, person));
        assert_true(cell_key_of_record(secret, person) < CELL_KEYS);
        differ += cell_key_of_record(secret, person) != cell_key_of_record(other, person);
    }
    assert_true(differ > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standard_noise_is_fair),
        cmocka_unit_test(noise_is_looked_up_by_count_and_key),
        cmocka_unit_test(keys_follow_from_the_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
