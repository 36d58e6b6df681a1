/* Measures by group against sorting and counting by hand, in every unit at every level. */
#include "stats/grouped.h"

#include <stdlib.h>

#include "unit/stats/random_people.h"

enum { ROWS = 4000 };

static const size_t groups[] = { PEOPLE_SEX, PEOPLE_ETHNICITY };

struct person {
    int64_t pay, weight;
    int64_t row;
};

static int compare_people(const void *a, const void *b)
{
    const struct person *first = a, *second = b;
    return (first->pay > second->pay) - (first->pay < second->pay);
}

/* Those of the unit who have an amount, by it. */
static size_t people_of(const struct columns *columns, const struct grouped_request *request,
                        const struct cube_axis *units, size_t unit, struct person *out_people)
{
    size_t count = 0;
    for (int64_t row = 0; row < columns->rows; row++) {
        int64_t pay = column_decimal(&columns->column[request->amount], row);
        int64_t weight = column_decimal(&columns->column[PEOPLE_FTE], row);
        if (pay != INTEGER_MISSING && is_under(columns, row, request->unit.columns, units, unit))
            out_people[count++] = (struct person){ pay, weight == INTEGER_MISSING ? 0 : weight,
                                                   row };
    }
    qsort(out_people, count, sizeof *out_people, compare_people);
    return count;
}

static size_t band_of(const struct person *people, size_t count, int64_t pay)
{
    return (size_t)(pay > people[(count + 3) / 4 - 1].pay) +
           (size_t)(pay > people[(count + 1) / 2 - 1].pay) +
           (size_t)(pay > people[(3 * count + 3) / 4 - 1].pay);
}

/* The least amount among the top earners. */
static int64_t top_amount(const struct person *people, size_t count, bool is_weighted)
{
    int64_t total = 0, taken = 0;
    for (size_t i = 0; i < count; i++)
        total += is_weighted ? people[i].weight : 1;
    for (size_t i = count; i-- > 0;) {
        if (taken * 20 >= total)
            return i + 1 < count ? people[i + 1].pay : INT64_MAX;
        taken += is_weighted ? people[i].weight : 1;
    }
    return INT64_MIN;
}

static void assert_cell_is(const struct columns *columns, const struct grouped_request *request,
                           const struct grouped *grouped, const size_t at[3])
{
    static struct person people[ROWS];
    static const size_t *const levels[] = { &groups[0], &groups[1] };
    const struct grouped_cell *cell = grouped_cell(grouped, at[0], at[1], at[2]);
    struct grouped_cell expected = { .middle = { INTEGER_MISSING, INTEGER_MISSING } };
    int64_t amounts[ROWS];
    size_t count = people_of(columns, request, grouped->units, at[1], people);
    int64_t top = count ? top_amount(people, count, request->weight >= 0) : INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        if (!is_under(columns, people[i].row, levels[at[0]], grouped->groups[at[0]].axis, at[2]))
            continue;
        amounts[expected.count++] = people[i].pay;
        expected.sum += people[i].pay;
        expected.bands[band_of(people, count, people[i].pay)]++;
        expected.top += people[i].pay >= top;
        expected.top_weight += people[i].pay >= top ? people[i].weight : 0;
    }
    if (expected.count) {
        expected.middle[0] = amounts[(expected.count - 1) / 2];
        expected.middle[1] = amounts[expected.count / 2];
    }
    if (request->weight < 0)
        expected.top_weight = 0;
    assert_memory_equal(cell, &expected, sizeof expected);
}

static void assert_measures(const struct columns *columns, const struct grouped_request *request)
{
    struct work work = support_work();
    struct grouped grouped;
    assert_int_equal(grouped_measure(&work, request, &grouped), STATUS_OK);
    int64_t missing = 0;
    for (int64_t row = 0; row < columns->rows; row++)
        missing += column_decimal(&columns->column[PEOPLE_PAY], row) == INTEGER_MISSING;
    assert_int_equal(grouped.missing, missing);
    for (size_t group = 0; group < 2; group++)
        for (size_t unit = 0; unit < grouped.units->node_count; unit++)
            for (size_t label = 0; label < grouped.groups[group].axis->node_count; label++) {
                const size_t at[] = { group, unit, label };
                assert_cell_is(columns, request, &grouped, at);
            }
    support_work_end(&work);
}

static const struct cube_variable no_unit = { .level_count = 0 };
static const struct cube_variable hierarchy = { { PEOPLE_DEPARTMENT, PEOPLE_DIVISION }, 2 };

/* Amounts close together, in a key's reach, and beyond it. */
static void measures_are_those_by_hand(void **state)
{
    (void)state;
    const int64_t spreads[] = { 1, 977, 10000000, INT64_C(1000000000000) };
    for (size_t i = 0; i < sizeof spreads / sizeof *spreads; i++)
        for (int form = 0; form < 4; form++) {
            CLEANUP_COLUMNS struct columns *columns = random_people(5 + i, ROWS, spreads[i]);
            struct grouped_request request = { .columns = columns,
                                               .amount = PEOPLE_PAY,
                                               .unit = form % 2 ? hierarchy : no_unit,
                                               .groups = groups,
                                               .group_count = 2,
                                               .weight = form < 2 ? -1 : PEOPLE_FTE,
                                               .top_share = 50000,
                                               .threads = (size_t)(1 + form % 3) };
            assert_measures(columns, &request);
        }
}

/* Rows in the order of their units, as a sealed snapshot has them. */
static void units_in_their_order_are_measured_alike(void **state)
{
    (void)state;
    const struct cube_variable departments = { { PEOPLE_DEPARTMENT }, 1 };
    for (size_t seed = 1; seed < 7; seed++) {
        CLEANUP_COLUMNS struct columns *columns = random_people(seed, ROWS, seed < 5 ? 1 : 977);
        columns_order(columns, PEOPLE_DEPARTMENT, 1);
        struct grouped_request request = { .columns = columns,
                                           .amount = PEOPLE_PAY,
                                           .unit = departments,
                                           .groups = groups,
                                           .group_count = 2,
                                           .weight = -1,
                                           .top_share = 50000,
                                           .threads = 1 + seed % 3 };
        assert_measures(columns, &request);
    }
}

static void few_people_are_measured_too(void **state)
{
    (void)state;
    for (int rows = 0; rows < 12; rows++) {
        CLEANUP_COLUMNS struct columns *columns = random_people((uint64_t)rows, rows, 5);
        struct grouped_request request = { .columns = columns,
                                           .amount = PEOPLE_PAY,
                                           .unit = hierarchy,
                                           .groups = groups,
                                           .group_count = 2,
                                           .weight = -1,
                                           .top_share = 50000 };
        assert_measures(columns, &request);
    }
}

/* Of 8,000 full-time and 4,000 half-time people 5 % are 500 full-time equivalents: 480 full-time,
 * of whom 100 disabled, and 40 half-time, of whom 30 disabled, make 115 of 500 (docs of BVPI 11c).
 */
static void the_top_share_counts_full_time_equivalents(void **state)
{
    (void)state;
    struct work work = support_work();
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_category(columns, "disabled");
    columns_add_decimal(columns, "fte", 1);
    columns_add_decimal(columns, "pay", 0);
    for (int i = 0; i < 12000; i++) {
        bool is_half = i < 4000, is_top = i < 40 || i >= 12000 - 480;
        bool is_disabled = i < 30 || i >= 12000 - 100;
        assert_true(column_put_label(columns, 0, is_disabled ? SLICE("yes") : SLICE("no")));
        assert_true(column_put_decimal(columns, 1, is_half ? 5 : 10));
        assert_true(column_put_decimal(columns, 2, is_top ? 30000 + i : 20000));
        columns_end_row(columns);
    }
    columns_seal(columns);
    const size_t by[] = { 0 };
    struct grouped_request request = { .columns = columns,
                                       .amount = 2,
                                       .groups = by,
                                       .group_count = 1,
                                       .weight = 1,
                                       .top_share = 50000 };
    struct grouped grouped;
    assert_int_equal(grouped_measure(&work, &request, &grouped), STATUS_OK);
    assert_int_equal(grouped_cell(&grouped, 0, 0, 0)->top_weight, 5000);
    assert_int_equal(grouped_cell(&grouped, 0, 0, 2)->top_weight, 1150);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_those_by_hand),
        cmocka_unit_test(units_in_their_order_are_measured_alike),
        cmocka_unit_test(few_people_are_measured_too),
        cmocka_unit_test(the_top_share_counts_full_time_equivalents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
