/* What is hidden because counts are whole: a is b, c is a and b together, d is c and e, f is e and
 * g. With d and f shown, c must be even, and e, a and b follow. */
#include "disclosure/companions.h"

#include "base/arena.h"
#include "disclosure/audit.h"
#include "disclosure/secondary.h"
#include "support/support.h"

enum { A, B, C, D, E, F, G, CELLS };

static const struct relations *seven_cells(struct work *work)
{
    const int64_t values[CELLS] = { [A] = 2, [B] = 2, [C] = 4, [D] = 5, [E] = 1, [F] = 3, [G] = 2 };
    static const int32_t sums[][3] = { { A, B }, { C, A, B }, { D, C, E }, { F, E, G } };
    static const size_t lengths[] = { 2, 3, 3, 3 };
    struct relations_builder *builder = relations_builder_new(work);
    int32_t cell = 0;
    for (int i = 0; i < CELLS; i++)
        assert_int_equal(relations_add_cell(builder, values[i], &cell), STATUS_OK);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(relations_add(builder, "test", (int64_t)i, sums[i], lengths[i]),
                         STATUS_OK);
    return relations_finish(builder);
}

/* What the audit of whole numbers says of these statuses, and what is then hidden. */
static int32_t hide(struct work *work, const struct relations *relations, unsigned char *statuses,
                    struct whole_result *found)
{
    const struct companions companions = {
        .relations = relations,
        .whole = { .least = 1, .effort = 1 },
        .found = found,
        .statuses = statuses,
    };
    *found = whole_begin(work->arena, relations, statuses);
    whole_audit(relations, statuses, &companions.whole, found);
    assert_true(found->exposed > 0);
    return companions_hide(work, &companions);
}

static void what_helps_is_hidden(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct relations *relations = seven_cells(&work);
    unsigned char statuses[CELLS] = { [A] = CELL_PRIMARY,
                                      [B] = CELL_PRIMARY,
                                      [C] = CELL_PRIMARY,
                                      [E] = CELL_PRIMARY,
                                      [G] = CELL_PRIMARY };
    struct whole_result found;
    assert_int_equal(hide(&work, relations, statuses, &found), 1);
    assert_int_equal(statuses[D], CELL_SECONDARY); /* beside two of them, f beside fewer */
    assert_int_equal(statuses[F], CELL_PUBLISHED);
    const struct whole_options options = { 1, 1 };
    whole_audit(relations, statuses, &options, &found);
    assert_int_equal(found.exposed + found.open, 0);
    struct audit_result audit;
    audit_pattern(&work, relations, statuses,
                  &(struct audit_options){ .knows_least = true, .least = 1 }, &audit);
    assert_int_equal(audit.exposed_primaries + audit.exposed_secondaries, 0);
    support_work_end(&work);
}

static void what_must_be_shown_is_left(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct relations *relations = seven_cells(&work);
    unsigned char statuses[CELLS] = {
        [A] = CELL_PRIMARY, [B] = CELL_PRIMARY, [C] = CELL_PRIMARY, [D] = CELL_KNOWN,
        [E] = CELL_PRIMARY, [F] = CELL_KNOWN,   [G] = CELL_PRIMARY
    };
    struct whole_result found;
    int32_t picked[CELLS];
    assert_int_equal(hide(&work, relations, statuses, &found), 0);
    assert_int_equal(statuses[D], CELL_KNOWN);
    assert_int_equal(statuses[F], CELL_KNOWN);
    const struct companions companions = { .relations = relations,
                                           .whole = { .least = 1, .effort = 1 },
                                           .found = &found,
                                           .statuses = statuses };
    assert_int_equal(companions_pick(&companions, picked), 0);
    statuses[D] = CELL_PUBLISHED;
    int32_t count = companions_pick(&companions, picked);
    assert_true(count > 0);
    for (int32_t i = 0; i < count; i++)
        assert_int_equal(picked[i], D);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_helps_is_hidden),
        cmocka_unit_test(what_must_be_shown_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
