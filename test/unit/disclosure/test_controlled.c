/* Controlled rounding on a thousand random tables of two and three variables: everything adds up,
 * every count becomes a multiple of the base next to it, and what was one stays. That no rounding
 * moves less is tested end to end against all roundings there are. */
#include "disclosure/controlled.h"

#include <stdlib.h>

#include "support/support.h"

enum { TABLES = 1000, MOST_SIDE = 6, BASE = 5, MOST_MEMBERS = MOST_SIDE + 1 };

static uint64_t draw(uint64_t *state, uint64_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*state >> 33) % below;
}

/* A table with all its margins: cell (i, j, k), where the last place of a side is the total. */
struct table {
    int sides[3]; /* 1: there is no such variable */
    int64_t values[(MOST_SIDE + 1) * (MOST_SIDE + 1) * (MOST_SIDE + 1)];
};

static int places(const struct table *table, int d)
{
    return table->sides[d] == 1 ? 1 : table->sides[d] + 1;
}

static int32_t cell_at(const struct table *table, const int *at)
{
    return (at[0] * places(table, 1) + at[1]) * places(table, 2) + at[2];
}

/* Calls for each total over one variable: `members` has the total first. */
static void each_sum(const struct table *table,
                     void (*call)(void *context, const int32_t *members, size_t count),
                     void *context)
{
    int at[3];
    for (int d = 0; d < 3; d++)
        for (at[0] = 0; at[0] < places(table, 0); at[0]++)
            for (at[1] = 0; at[1] < places(table, 1); at[1]++)
                for (at[2] = 0; at[2] < places(table, 2); at[2]++) {
                    int32_t members[MOST_MEMBERS];
                    size_t count = 0;
                    if (table->sides[d] == 1 || at[d] != table->sides[d])
                        continue;
                    members[count++] = cell_at(table, at);
                    int part[3] = { at[0], at[1], at[2] };
                    for (part[d] = 0; part[d] < table->sides[d]; part[d]++)
                        members[count++] = cell_at(table, part);
                    call(context, members, count);
                }
}

static void add_up(void *context, const int32_t *members, size_t count)
{
    int64_t *values = context;
    values[members[0]] = 0;
    for (size_t i = 1; i < count; i++)
        values[members[0]] += values[members[i]];
}

static void check_sum(void *context, const int32_t *members, size_t count)
{
    const int64_t *values = context;
    int64_t left = values[members[0]];
    for (size_t i = 1; i < count; i++)
        left -= values[members[i]];
    assert_int_equal(left, 0);
}

static void add_relation(void *context, const int32_t *members, size_t count)
{
    assert_int_equal(relations_add(context, "test", 1, members, count), STATUS_OK);
}

static struct table random_table(uint64_t *state)
{
    struct table table = { { 1, 1, 1 }, { 0 } };
    int dimensions = 1 + (int)draw(state, 3);
    uint64_t most = draw(state, 2) ? 12 : 80;
    for (int d = 0; d < dimensions; d++)
        table.sides[d] = 2 + (int)draw(state, dimensions == 3 ? 3 : MOST_SIDE - 1);
    int count = places(&table, 0) * places(&table, 1) * places(&table, 2);
    for (int i = 0; i < count; i++)
        table.values[i] = (int64_t)draw(state, most);
    each_sum(&table, add_up, table.values);
    return table;
}

struct outcome {
    int widened, least;
};

static void check_table(const struct table *table, struct outcome *outcome)
{
    struct work work = support_work();
    struct relations_builder *builder = relations_builder_new(&work);
    struct controlled controlled;
    int32_t cell = 0;
    int count = places(table, 0) * places(table, 1) * places(table, 2);
    for (int i = 0; i < count; i++)
        assert_int_equal(relations_add_cell(builder, table->values[i], &cell), STATUS_OK);
    each_sum(table, add_relation, builder);
    const struct relations *relations = relations_finish(builder);
    enum status status = controlled_round(&work, relations, BASE, &controlled);
    assert_int_equal(status, STATUS_OK);
    each_sum(table, check_sum, controlled.values);
    for (int i = 0; i < count; i++) {
        int64_t change = llabs(controlled.values[i] - table->values[i]);
        assert_true(controlled.values[i] >= 0 && controlled.values[i] % BASE == 0);
        assert_true(controlled.is_widened ? change <= BASE : change < BASE);
    }
    outcome->widened += controlled.is_widened;
    outcome->least += controlled.is_least;
    support_work_end(&work);
}

static void everything_adds_up(void **state)
{
    (void)state;
    uint64_t random = 20261125;
    struct outcome outcome = { 0, 0 };
    for (int i = 0; i < TABLES; i++) {
        struct table table = random_table(&random);
        check_table(&table, &outcome);
    }
    assert_int_equal(outcome.widened, 0);
    assert_true(outcome.least > TABLES * 8 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(everything_adds_up) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
