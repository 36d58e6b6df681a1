/* The attacker at the end of every release: whole protection passes; with secondary suppression, or
 * the repair of rounded tables, switched off, the release is refused and a cell named. The fault is
 * planted by the linker, in the protector itself. */
#include "service/release_attack.h"

#include <string.h>

#include "disclosure/rounding.h"
#include "disclosure/suppression.h"
#include "support/support.h"

static bool is_faulty;

/* The linker leads the calls of the protectors here, and their own names behind __real_. */
enum status __real_suppression_run(struct work *work, const struct relations *relations,
                                   const struct suppression_options *options,
                                   unsigned char *statuses, struct suppression *out_suppression);
enum status __wrap_suppression_run(struct work *work, const struct relations *relations,
                                   const struct suppression_options *options,
                                   unsigned char *statuses, struct suppression *out_suppression);
enum status __real_rounding_protect(struct work *work, const struct relations *relations,
                                    const struct rounding_options *options, unsigned char *statuses,
                                    struct rounding_result *out_result);
enum status __wrap_rounding_protect(struct work *work, const struct relations *relations,
                                    const struct rounding_options *options, unsigned char *statuses,
                                    struct rounding_result *out_result);

/* A fault: primaries are hidden, and nothing else. */
enum status __wrap_suppression_run(struct work *work, const struct relations *relations,
                                   const struct suppression_options *options,
                                   unsigned char *statuses, struct suppression *out_suppression)
{
    if (!is_faulty)
        return __real_suppression_run(work, relations, options, statuses, out_suppression);
    *out_suppression = (struct suppression){ .certificate = NULL };
    return STATUS_OK;
}

/* A fault: small counts are hidden, and no figure beside them withheld. */
enum status __wrap_rounding_protect(struct work *work, const struct relations *relations,
                                    const struct rounding_options *options, unsigned char *statuses,
                                    struct rounding_result *out_result)
{
    if (!is_faulty)
        return __real_rounding_protect(work, relations, options, statuses, out_result);
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        statuses[cell] = relations->values[cell] < options->thresholds[cell] &&
                                 (relations->values[cell] > 0 || !options->shows_zeros)
                             ? CELL_PRIMARY
                             : CELL_PUBLISHED;
    *out_result = (struct rounding_result){ .found = 0 };
    return STATUS_OK;
}

enum { SEXES = 2, GROUPS = 5 };

/* So many people by sex and group: women first. */
static struct columns *people_of(const int counts[SEXES][GROUPS])
{
    static const char *const sexes[] = { "F", "M" }, *const groups[] = { "A", "B", "C", "D", "E" };
    struct columns *people = columns_new();
    size_t sex_column = columns_add_category(people, "Sex");
    size_t group_column = columns_add_category(people, "Group");
    for (int sex = 0; sex < SEXES; sex++)
        for (int group = 0; group < GROUPS; group++)
            for (int i = 0; i < counts[sex][group]; i++) {
                assert_true(column_put_label(people, sex_column, slice_of(sexes[sex])));
                assert_true(column_put_label(people, group_column, slice_of(groups[group])));
                columns_end_row(people);
            }
    columns_seal(people);
    return people;
}

/* Protects the table by a profile and lets the attacker go over it. */
static enum status try_release(struct work *work, const int counts[SEXES][GROUPS], const char *name,
                               struct release_attack *out_attack)
{
    CLEANUP_COLUMNS struct columns *people = people_of(counts);
    const struct cube_table table = { .name = "t",
                                      .variables = { { { 0 }, 1 }, { { 1 }, 1 } },
                                      .variable_count = 2,
                                      .with_margins = true };
    const struct cube_request wanted = {
        .columns = people, .tables = &table, .table_count = 1, .weight = -1
    };
    const struct profiles *profiles = NULL;
    struct profile profile;
    struct cube cube;
    struct release_plan *plan = NULL;
    struct release release;
    assert_int_equal(profiles_load(work, &profiles), STATUS_OK);
    assert_int_equal(profile_find(work, profiles, name, &profile), STATUS_OK);
    assert_int_equal(cube_count(work, &wanted, &cube), STATUS_OK);
    const struct release_plan_source source = {
        .people = people, .tables = &table, .table_count = 1, .cube = &cube, .profiles = profiles
    };
    const struct release_options options = { .profile = &profile,
                                             .effort = RELEASE_STANDARD_EFFORT };
    assert_int_equal(release_plan_make(work, &source, &plan), STATUS_OK);
    assert_int_equal(release_make(work, plan, &options, &release), STATUS_OK);
    return release_attack(work, &release, &profile, out_attack);
}

static void whole_protection_passes(void **state)
{
    (void)state;
    static const char *const names[] = { "public",       "hesa",         "nhs", "threshold-5",
                                         "threshold-10", "ons-10-and-5", "pay", "survey" };
    const int counts[SEXES][GROUPS] = { { 3, 40, 20, 20, 20 }, { 60, 50, 30, 30, 30 } };
    is_faulty = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct work work = support_work();
        struct release_attack attack;
        assert_int_equal(try_release(&work, counts, names[i], &attack), STATUS_OK);
        assert_int_equal(attack.exposed, 0);
        assert_false(attack.is_undecided);
        assert_non_null(strstr(attack.words, "no protected count becomes known"));
        support_work_end(&work);
    }
}

static void without_secondaries_it_is_refused(void **state)
{
    (void)state;
    const int counts[SEXES][GROUPS] = { { 3, 40, 20, 20, 20 }, { 60, 50, 30, 30, 30 } };
    struct work work = support_work();
    struct release_attack attack;
    is_faulty = true;
    assert_int_equal(try_release(&work, counts, "threshold-5", &attack), STATUS_REFUSED);
    assert_int_equal(attack.exposed, 1);
    assert_non_null(strstr(work.error, "Group A"));
    assert_non_null(strstr(work.error, "Sex F"));
    assert_non_null(attack.certificate);
    assert_non_null(strstr(attack.certificate, "63"));
    support_work_end(&work);
}

/* All women are 10, so 12 at most; those of E are 10, so 8 at least: the four others are one each.
 */
static void without_the_repair_of_rounding_it_is_refused(void **state)
{
    (void)state;
    const int counts[SEXES][GROUPS] = { { 1, 1, 1, 1, 8 }, { 50, 51, 52, 53, 54 } };
    struct work work = support_work();
    struct release_attack attack;
    is_faulty = true;
    assert_int_equal(try_release(&work, counts, "nhs", &attack), STATUS_REFUSED);
    assert_int_equal(attack.exposed, 4);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_protection_passes),
        cmocka_unit_test(without_secondaries_it_is_refused),
        cmocka_unit_test(without_the_repair_of_rounding_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
