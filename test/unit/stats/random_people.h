/* People from a seed, for the tests of counting and measuring: sex, ethnicity, department, division
 * (named alike in each department), full-time equivalent and pay. */
#ifndef TEST_RANDOM_PEOPLE_H
#define TEST_RANDOM_PEOPLE_H

#include <stdio.h>

#include "stats/cube.h"
#include "support/support.h"

enum { PEOPLE_DEPARTMENTS = 5, PEOPLE_DIVISIONS = 4 };
enum { PEOPLE_SEX, PEOPLE_ETHNICITY, PEOPLE_DEPARTMENT, PEOPLE_DIVISION, PEOPLE_FTE, PEOPLE_PAY };

static inline uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = (*state += UINT64_C(0x9E3779B97F4A7C15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static inline void put_numbered(struct columns *columns, size_t index, const char *word,
                                uint64_t number)
{
    char room[40];
    snprintf(room, sizeof room, number ? "%s %d" : "", word, (int)number);
    assert_true(column_put_label(columns, index, slice_of(room)));
}

/* `spread`: how many times a hundredth amounts of pay lie apart; some are missing, some negative.
 */
static inline struct columns *random_people(uint64_t seed, int rows, int64_t spread)
{
    struct columns *columns = columns_new();
    columns_add_category(columns, "sex");
    columns_add_category(columns, "ethnicity");
    columns_add_category(columns, "department");
    columns_add_category(columns, "division");
    columns_add_decimal(columns, "fte", 2);
    columns_add_decimal(columns, "pay", 2);
    for (int row = 0; row < rows; row++) {
        uint64_t random = next_random(&seed), more = next_random(&seed);
        put_numbered(columns, PEOPLE_SEX, "sex", random % 3);
        put_numbered(columns, PEOPLE_ETHNICITY, "group", random / 3 % 19);
        put_numbered(columns, PEOPLE_DEPARTMENT, "department",
                     random / 57 % PEOPLE_DEPARTMENTS + 1);
        put_numbered(columns, PEOPLE_DIVISION, "division", random / 999 % PEOPLE_DIVISIONS);
        int64_t fte = random / 5000 % 7 ? (int64_t)(random / 70000 % 101) : INTEGER_MISSING;
        int64_t pay = more % 10 ? ((int64_t)(more / 10 % 150) - 20) * spread : INTEGER_MISSING;
        assert_true(column_put_decimal(columns, PEOPLE_FTE, fte));
        assert_true(column_put_decimal(columns, PEOPLE_PAY, pay));
        columns_end_row(columns);
    }
    columns_seal(columns);
    return columns;
}

/* True when the row stands under the node. */
static inline bool is_under(const struct columns *columns, int64_t row, const size_t *levels,
                            const struct cube_axis *axis, size_t node)
{
    for (; axis->nodes[node].level > 0; node = axis->nodes[node].parent) {
        const struct column *column = &columns->column[levels[axis->nodes[node].level - 1]];
        if (!slice_equal(column_label(column, column_code(column, row)), axis->nodes[node].label))
            return false;
    }
    return true;
}

#endif
