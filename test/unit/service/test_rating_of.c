/* From what is stored of a measure to what is rated: which target, and whether it is shared out. */
#include "service/rating_of.h"

#include <string.h>

#include "support/support.h"

static const struct measure lettings = { .code = "let",
                                         .kind = "count",
                                         .polarity = "higher",
                                         .accumulation = "cumulative",
                                         .variance = "relative" };

static struct target target_of(const char *period, const char *kind, int64_t value)
{
    struct target *target = entity_row(shared_work.arena, &target_entity);
    target->period = period;
    target->kind = kind;
    target->comparator = "at-least";
    target->value = value * NUMBER_ONE;
    return *target;
}

/* Rates 40 let by the end of June 2012. */
static struct rated_measure rate(struct return_measure measure, unsigned flags)
{
    const struct return_view view = { .period = { PERIOD_QUARTER, 2012, 1 },
                                      .start_month = 4,
                                      .year_code = "2012-13",
                                      .authority = { .small_base = INTEGER_MISSING } };
    const struct scale *scale = NULL;
    struct value *value = entity_row(shared_work.arena, &value_entity);
    value->value = 40 * NUMBER_ONE;
    measure.measure = &lettings;
    measure.value = value;
    assert_int_equal(rating_scale_load(&shared_work, "five-level", &scale), STATUS_OK);
    return rating_of_measure(shared_work.arena, &view, scale, &measure, flags);
}

static void an_annual_target_is_shared_out_in_its_own_year(void **state)
{
    (void)state;
    struct target annual = target_of("2012-13", "annual", 200);
    struct target later = target_of("2013-14", "annual", 200);
    struct rated_measure rated = rate((struct return_measure){ .annual = &annual }, 0);
    assert_int_equal(rated.computed.effective_target, 50 * NUMBER_ONE);
    assert_true(rated.computed.is_shared_out);
    rated = rate((struct return_measure){ .annual = &annual }, RATING_OF_WHOLE_YEAR);
    assert_int_equal(rated.computed.effective_target, 200 * NUMBER_ONE);
    rated = rate((struct return_measure){ .annual = &later }, 0);
    assert_int_equal(rated.computed.effective_target, 200 * NUMBER_ONE);
    assert_false(rated.computed.is_shared_out);
}

static void the_profile_of_the_period_goes_before_the_year(void **state)
{
    (void)state;
    struct target annual = target_of("2012-13", "annual", 200);
    struct target profile = target_of("2012-13-Q1", "profile", 40);
    struct rated_measure rated = rate(
        (struct return_measure){ .annual = &annual, .profile = &profile }, 0);
    assert_ptr_equal(rated.target, &profile);
    assert_int_equal(rated.computed.effective_target, 40 * NUMBER_ONE);
    assert_string_equal(rated.computed.level->code, "LG");
    rated = rate((struct return_measure){ .measure = NULL }, 0);
    assert_null(rated.target);
    assert_null(rated.computed.level);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_annual_target_is_shared_out_in_its_own_year),
        cmocka_unit_test(the_profile_of_the_period_goes_before_the_year),
    };
    return cmocka_run_group_tests_name("service/rating_of", tests, support_begin, support_end);
}
