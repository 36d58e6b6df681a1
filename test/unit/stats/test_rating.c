/* Computed ratings: the paper's quarter, random comparisons against fractions, the sentence,
 * refusals. */
#include "stats/rating.h"

#include "model/measure.h"
#include "model/target.h"
#include "model/value.h"
#include "unit/stats/vectors.h"

#define ONE NUMBER_ONE

static struct rating_input input_of(enum rating_comparator comparator, int64_t value,
                                    int64_t target)
{
    return (struct rating_input){ .polarity = RATING_BAND,
                                  .value = value,
                                  .numerator = INTEGER_MISSING,
                                  .denominator = INTEGER_MISSING,
                                  .comparator = comparator,
                                  .target = target,
                                  .upper = INTEGER_MISSING,
                                  .baseline = INTEGER_MISSING,
                                  .change_percent = INTEGER_MISSING,
                                  .small_base = INTEGER_MISSING };
}

struct rater {
    struct work work;
    const struct scales *scales;
    const struct scale *five;
};

static struct rater rater_new(void)
{
    struct rater rater = { .work = support_work() };
    rater.scales = vectors_scales(&rater.work);
    rater.five = scales_find(rater.scales, "five-level");
    return rater;
}

static struct computed_rating rate(struct rater *rater, struct rating_input input)
{
    struct computed_rating rating;
    rating_compute(rater->work.arena, rater->five, &input, &rating);
    assert_int_equal(rating.level != NULL, rating.refusal == RATING_GIVEN);
    assert_true(strlen(rating.reasoning) > 10 && slice_ends(slice_of(rating.reasoning), "."));
    return rating;
}

static void expect(struct rater *rater, struct rating_input input, const char *level,
                   const char *reasoning)
{
    struct computed_rating rating = rate(rater, input);
    assert_string_equal(rating.level != NULL ? rating.level->code : "none", level);
    assert_string_equal(rating.reasoning, reasoning);
}

/* Columns of quarter_ratings.csv. */
enum {
    REFERENCE,
    NOTE,
    VALUE,
    COMPARATOR,
    TARGET,
    UPPER,
    BASELINE,
    CHANGE,
    MONTHS,
    DISTANCE,
    VARIANCE,
    LEVEL
};

static void the_quarter_is_rated_by_arithmetic(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct vectors rows = vectors_open(&rater.work, "test/vectors/quarter_ratings.csv");
    while (vectors_next(&rows)) {
        enum rating_comparator comparator;
        assert_true(rating_comparator_read(slice_copy(rater.work.arena, rows.cells[COMPARATOR]),
                                           &comparator));
        struct rating_input input = input_of(comparator, vectors_number(&rows, VALUE),
                                             vectors_number(&rows, TARGET));
        input.upper = vectors_number(&rows, UPPER);
        input.baseline = vectors_number(&rows, BASELINE);
        input.change_percent = vectors_number(&rows, CHANGE);
        input.is_baseline_relative = input.baseline != INTEGER_MISSING;
        input.is_cumulative = rows.cells[MONTHS].length > 0;
        if (input.is_cumulative)
            input.months_gone = (int)(vectors_number(&rows, MONTHS) / ONE);
        struct computed_rating rating = rate(&rater, input);
        if (rating.level == NULL || !slice_is(rows.cells[LEVEL], rating.level->code))
            fail_msg("%.*s: %s", (int)rows.cells[REFERENCE].length, rows.cells[REFERENCE].start,
                     rating.reasoning);
        assert_int_equal(number_round(rating.variance_rounded, 2), vectors_number(&rows, VARIANCE));
        assert_int_equal(rating.is_shared_out, input.is_cumulative);
    }
    assert_int_equal(rows.rows, 37);
    vectors_close(&rows);
    support_work_end(&rater.work);
}

static void random_comparisons_agree_with_fractions(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct vectors rows = vectors_open(&rater.work, "test/vectors/rating.csv");
    while (vectors_next(&rows)) {
        struct arena_mark mark = arena_mark(rater.work.arena);
        struct rating_input input = input_of(RATING_EQUAL, vectors_number(&rows, 0),
                                             vectors_number(&rows, 2));
        assert_true(
            rating_comparator_read(slice_copy(rater.work.arena, rows.cells[1]), &input.comparator));
        assert_true(
            rating_distance_read(slice_copy(rater.work.arena, rows.cells[4]), &input.distance));
        input.upper = vectors_number(&rows, 3);
        struct computed_rating rating = rate(&rater, input);
        assert_int_equal(rating.refusal, RATING_GIVEN);
        assert_int_equal(rating.variance_rounded, vectors_number(&rows, 5));
        assert_true(slice_is(rows.cells[6], rating.level->code));
        arena_return(rater.work.arena, mark);
    }
    assert_int_equal(rows.rows, 600);
    vectors_close(&rows);
    support_work_end(&rater.work);
}

/* A better value is never rated worse, whatever the comparator, strict ones included. */
static void ratings_are_monotone(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    for (int comparator = RATING_AT_LEAST; comparator <= RATING_BELOW; comparator++) {
        bool wants_high = comparator == RATING_AT_LEAST || comparator == RATING_ABOVE;
        const struct scale_level *last = NULL;
        for (int64_t step = -240; step <= 240; step++) {
            int64_t value = (20 * ONE) + (wants_high ? -step : step) * 10000;
            struct arena_mark mark = arena_mark(rater.work.arena);
            const struct scale_level *level =
                rate(&rater, input_of((enum rating_comparator)comparator, value, 20 * ONE)).level;
            assert_true(last == NULL || level >= last);
            last = level;
            arena_return(rater.work.arena, mark);
        }
    }
    support_work_end(&rater.work);
}

static void the_sentence_says_why(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input women = input_of(RATING_AT_LEAST, 47580000, 50 * ONE);
    women.is_percentage = true;
    women.decimals = 2;
    women.polarity = RATING_HIGHER;
    expect(&rater, women, "A",
           "47.58% is 4.84% below the target of at least 50%, so Amber (from 5% below up to the "
           "target).");
    women.denominator = 124 * ONE;
    expect(&rater, women, "A",
           "47.58% is 4.84% below the target of at least 50%, so Amber (from 5% below up to the "
           "target); the 95% interval, 39.00% to 56.31%, holds the target, so the difference may "
           "be chance.");
    women.distance = RATING_POINTS;
    women.denominator = INTEGER_MISSING;
    expect(&rater, women, "A",
           "47.58% is 2.42 percentage points below the target of at least 50%, so Amber (from 5 "
           "percentage points below up to the target).");
    expect(&rater, input_of(RATING_AT_MOST, 10 * ONE, 6 * ONE), "HR",
           "10 is 66.67% above the target of at most 6, so High Red (more than 10% above).");
    expect(&rater, input_of(RATING_AT_MOST, 52 * ONE / 10, 5 * ONE), "A",
           "5.2 is 4% above the target of at most 5, so Amber (from 5% above down to the target).");
    expect(&rater, input_of(RATING_AT_LEAST, 388 * ONE, 200 * ONE), "HG",
           "388 is 94% above the target of at least 200, so High Green (5% above or better).");
    expect(&rater, input_of(RATING_AT_LEAST, 2 * ONE, 2 * ONE), "LG",
           "2 equals the target of at least 2, so Low Green (from the target up to 5% above).");
    support_work_end(&rater.work);
}

static void printing_never_contradicts_the_rating(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_AT_LEAST, 94999000, 100 * ONE);
    input.decimals = 2;
    expect(&rater, input, "LR",
           "95.00 is 5.001% below the target of at least 100, so Low Red (from 10% below up to 5% "
           "below).");
    input = input_of(RATING_AT_LEAST, 49999900, 50 * ONE);
    input.decimals = 1;
    expect(&rater, input, "A",
           "49.9999 is 0.0002% below the target of at least 50, so Amber (from 5% below up to the "
           "target).");
    support_work_end(&rater.work);
}

static void a_strict_target_at_its_bound_is_not_met(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input cases = input_of(RATING_BELOW, 25 * ONE, 25 * ONE);
    cases.is_percentage = true;
    cases.polarity = RATING_LOWER;
    expect(&rater, cases, "A",
           "25% stands exactly at the bound of the target of below 25%, which a strict target does "
           "not count as met, so Amber at best.");
    assert_true(rate(&rater, cases).is_strict_bound);
    cases.value = 24999999;
    assert_string_equal(rate(&rater, cases).level->code, "LG");
    cases.comparator = RATING_AT_MOST;
    cases.value = 25 * ONE;
    assert_string_equal(rate(&rater, cases).level->code, "LG");
    /* A scale that is green to 10% off: still Amber at best, and not better just beyond. */
    struct scale lenient = *rater.five;
    lenient.levels[1].least_variance = -10 * ONE;
    lenient.levels[2].least_variance = -20 * ONE;
    lenient.levels[3].least_variance = -30 * ONE;
    struct computed_rating at, beyond;
    cases.comparator = RATING_BELOW;
    rating_compute(rater.work.arena, &lenient, &cases, &at);
    cases.value = 26 * ONE;
    rating_compute(rater.work.arena, &lenient, &cases, &beyond);
    assert_string_equal(at.level->code, "A");
    assert_string_equal(beyond.level->code, "A");
    support_work_end(&rater.work);
}

static void bands_are_judged_by_the_nearest_edge(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_BETWEEN, 850000, 900000);
    input.upper = 1100000;
    input.decimals = 2;
    expect(&rater, input, "LR",
           "0.85 is 5.56% below the target of between 0.9 and 1.1, so Low Red (from 10% away up to "
           "5% away).");
    input.value = 1100000;
    expect(&rater, input, "LG",
           "1.10 is within the target of between 0.9 and 1.1, so Low Green (the target).");
    input.value = 1300000;
    expect(&rater, input, "HR",
           "1.30 is 18.18% above the target of between 0.9 and 1.1, so High Red (more than 10% "
           "away).");
    input.upper = 800000;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_NO_TARGET);
    input.upper = INTEGER_MISSING;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_NO_TARGET);
    /* A band that begins at 0 can be judged while the value is inside. */
    input.target = 0;
    input.upper = ONE;
    input.value = 0;
    assert_string_equal(rate(&rater, input).level->code, "LG");
    input.value = -ONE;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_ZERO_TARGET);
    support_work_end(&rater.work);
}

static void a_cumulative_count_is_judged_by_the_months_gone(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input lettings = input_of(RATING_AT_LEAST, 40 * ONE, 200 * ONE);
    lettings.is_cumulative = true;
    lettings.months_gone = 3;
    expect(
        &rater, lettings, "HR",
        "40 is 20% below at least 50, the share for 3 of 12 months of the annual target, so High "
        "Red (more than 10% below).");
    assert_int_equal(rate(&rater, lettings).effective_target, 50 * ONE);
    lettings.months_gone = 12;
    assert_false(rate(&rater, lettings).is_shared_out);
    assert_int_equal(rate(&rater, lettings).effective_target, 200 * ONE);
    /* A profile target is what was agreed for the period: never shared out. */
    lettings.months_gone = 3;
    lettings.target_kind = RATING_PROFILE;
    lettings.target = 40 * ONE;
    assert_string_equal(rate(&rater, lettings).level->code, "LG");
    /* Nor is a percentage, which does not grow through the year. */
    lettings.target_kind = RATING_ANNUAL;
    lettings.is_percentage = true;
    assert_int_equal(rate(&rater, lettings).effective_target, 40 * ONE);
    /* Of a band, both ends are. */
    struct rating_input band = input_of(RATING_BETWEEN, 45 * ONE, 100 * ONE);
    band.upper = 160 * ONE;
    band.is_cumulative = true;
    band.months_gone = 3;
    assert_string_equal(rate(&rater, band).level->code, "HR");
    band.value = 40 * ONE;
    assert_string_equal(rate(&rater, band).level->code, "LG");
    support_work_end(&rater.work);
}

static void a_change_needs_its_baseline(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input breaks = input_of(RATING_AT_LEAST, 101 * ONE, INTEGER_MISSING);
    breaks.is_baseline_relative = true;
    breaks.change_percent = 5 * ONE;
    breaks.baseline = 86 * ONE;
    expect(&rater, breaks, "HG",
           "101 is 11.85% above the target of at least 90.3 (the baseline of 86 plus 5%), so High "
           "Green (5% above or better).");
    breaks.baseline = INTEGER_MISSING;
    assert_int_equal(rate(&rater, breaks).refusal, RATING_REFUSED_NO_BASELINE);
    breaks.change_percent = INTEGER_MISSING;
    assert_int_equal(rate(&rater, breaks).refusal, RATING_REFUSED_NO_TARGET);
    struct rating_input kept = input_of(RATING_EQUAL, 15 * ONE / 10, INTEGER_MISSING);
    kept.is_baseline_relative = true;
    kept.change_percent = 0;
    kept.baseline = 15 * ONE / 10;
    kept.decimals = 1;
    expect(&rater, kept, "LG",
           "1.5 equals the target of exactly 1.5 (the baseline of 1.5 kept), so Low Green (the "
           "target).");
    kept.change_percent = -5 * ONE;
    assert_int_equal(rate(&rater, kept).effective_target, 1425000);
    support_work_end(&rater.work);
}

static void a_quotient_is_rated_exactly(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_AT_LEAST, INTEGER_MISSING, 33333333);
    input.numerator = ONE;
    input.denominator = 3 * ONE;
    input.is_percentage = true;
    input.decimals = 2;
    input.small_base = 0;
    assert_int_equal(ratio_sign(rate(&rater, input).variance), 1);
    input.target = 33333334;
    assert_int_equal(ratio_sign(rate(&rater, input).variance), -1);
    input.denominator = 0;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_NO_BASE);
    input.numerator = INT64_MAX;
    input.denominator = INT64_MAX - 2;
    input.target = INT64_MAX - 1;
    assert_true(strlen(rate(&rater, input).reasoning) > 0);
    /* What is no percentage is the quotient itself. */
    input = input_of(RATING_AT_LEAST, INTEGER_MISSING, 3 * ONE / 2);
    input.numerator = 3 * ONE;
    input.denominator = 2 * ONE;
    assert_int_equal(ratio_sign(rate(&rater, input).variance), 0);
    support_work_end(&rater.work);
}

static void a_small_base_is_flagged(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_AT_LEAST, INTEGER_MISSING, 30 * ONE);
    input.numerator = 5 * ONE;
    input.denominator = 20 * ONE;
    input.is_percentage = true;
    struct computed_rating rating = rate(&rater, input);
    assert_true(rating.is_small_base && rating.is_not_significant && rating.has_interval);
    assert_true(fabs(rating.interval.low - 11.19) < 0.005);
    assert_true(fabs(rating.interval.high - 46.87) < 0.005);
    assert_string_equal(rating.level->code, "HR");
    assert_non_null(
        strstr(rating.reasoning, "; the base of 20 is small; the 95% interval, 11.19%"));
    /* Of a band, either end may lie within the interval. */
    struct rating_input band = input;
    band.comparator = RATING_BETWEEN;
    band.target = 5 * ONE;
    band.upper = 40 * ONE;
    assert_true(rate(&rater, band).is_not_significant);
    band.upper = 60 * ONE;
    assert_false(rate(&rater, band).is_not_significant);
    input.small_base = 20 * ONE;
    assert_false(rate(&rater, input).is_small_base);
    input.target = 90 * ONE;
    assert_false(rate(&rater, input).is_not_significant);
    /* Only a scale that says so leaves a small base unrated; it keeps the figures. */
    struct scale strict = *rater.five;
    strict.small_base_rates = false;
    input.small_base = INTEGER_MISSING;
    rating_compute(rater.work.arena, &strict, &input, &rating);
    assert_int_equal(rating.refusal, RATING_REFUSED_SMALL_BASE);
    assert_null(rating.level);
    assert_int_equal(rating.effective_target, 90 * ONE);
    support_work_end(&rater.work);
}

static void what_cannot_be_rated_says_why(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_AT_LEAST, 10 * ONE, INTEGER_MISSING);
    expect(&rater, input, "none", "Not rated: the target is not set as a number.");
    input.target = 0;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_ZERO_TARGET);
    input.distance = RATING_POINTS;
    assert_string_equal(rate(&rater, input).level->code, "HG");
    input.polarity = RATING_LOWER;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_CONTRADICTION);
    input.polarity = RATING_HIGHER;
    assert_string_equal(rate(&rater, input).level->code, "HG");
    input.comparator = RATING_AT_MOST;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_CONTRADICTION);
    input.comparator = RATING_BELOW;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_CONTRADICTION);
    input.comparator = RATING_AT_LEAST;
    input.value = INTEGER_MISSING;
    expect(&rater, input, "none", "Not rated: there is no value, and no reason is given why.");
    input.missing = RATING_AWAITED;
    expect(&rater, input, "none", "Not rated: the value is awaited.");
    input = input_of(RATING_AT_LEAST, INT64_MAX, 1);
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_TOO_LARGE);
    for (int i = RATING_REFUSED_MISSING; i <= RATING_REFUSED_PARTS; i++)
        assert_non_null(rating_refusal_code((enum rating_refusal)i));
    assert_null(rating_refusal_code(RATING_GIVEN));
    support_work_end(&rater.work);
}

static void milestones_are_rated_by_the_rules(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    struct rating_input input = input_of(RATING_EQUAL, INTEGER_MISSING, INTEGER_MISSING);
    input.polarity = RATING_MILESTONE;
    input.milestone = "slipped-with-plan";
    expect(&rater, input, "A", "The milestone's state is slipped-with-plan, so Amber.");
    input.milestone = "not-started";
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_MILESTONE);
    input.milestone = NULL;
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_UNTYPED);
    input.milestone = "";
    assert_int_equal(rate(&rater, input).refusal, RATING_REFUSED_UNTYPED);
    support_work_end(&rater.work);
}

static void parts_are_rolled_up(void **state)
{
    (void)state;
    struct rater rater = rater_new();
    const struct scale_level *levels = rater.five->levels;
    /* 6.3a to d: HG, LG, A, LG. */
    const struct scale_level *parts[] = { &levels[0], &levels[1], &levels[2], &levels[1], NULL };
    struct rating_rolled rolled;
    rating_roll(rater.work.arena, rater.five, RATING_ROLL_WORST, parts, 4, &rolled);
    assert_string_equal(rolled.level->code, "A");
    assert_string_equal(rolled.reasoning, "The worst of 4 rated parts is Amber.");
    rating_roll(rater.work.arena, rater.five, RATING_ROLL_MEAN, parts, 3, &rolled);
    assert_string_equal(rolled.level->code, "LG");
    rating_roll(rater.work.arena, rater.five, RATING_ROLL_MEAN, parts, 2, &rolled);
    assert_string_equal(rolled.level->code, "LG"); /* half way goes to the worse */
    rating_roll(rater.work.arena, rater.five, RATING_ROLL_WORST, parts, 5, &rolled);
    assert_int_equal(rolled.unrated, 1);
    assert_string_equal(rolled.reasoning,
                        "The worst of 4 rated parts is Amber; 1 of 5 is not rated.");
    rating_roll(rater.work.arena, rater.five, RATING_ROLL_WORST, parts + 4, 1, &rolled);
    assert_null(rolled.level);
    assert_int_equal(rolled.refusal, RATING_REFUSED_PARTS);
    const enum rating_roll_up never[] = { RATING_ROLL_SUM, RATING_ROLL_MANUAL, RATING_ROLL_NONE };
    for (size_t i = 0; i < 3; i++) {
        rating_roll(rater.work.arena, rater.five, never[i], parts, 4, &rolled);
        assert_null(rolled.level);
        assert_true(strlen(rolled.reasoning) > 10);
    }
    support_work_end(&rater.work);
}

typedef bool code_reader(const char *code);

static bool reads_polarity(const char *code)
{
    enum rating_polarity out;
    return rating_polarity_read(code, &out);
}

static bool reads_comparator(const char *code)
{
    enum rating_comparator out;
    return rating_comparator_read(code, &out);
}

static bool reads_distance(const char *code)
{
    enum rating_distance out;
    return rating_distance_read(code, &out);
}

static bool reads_missing(const char *code)
{
    enum rating_missing out;
    return rating_missing_read(code, &out);
}

static bool reads_roll_up(const char *code)
{
    enum rating_roll_up out;
    return rating_roll_up_read(code, &out);
}

/* Whatever the model stores, the ratings can read. */
static void codes_of_the_model_are_known(void **state)
{
    (void)state;
    const struct {
        const struct entity *entity;
        const char *field;
        code_reader *reads;
    } rows[] = { { &measure_entity, "polarity", reads_polarity },
                 { &measure_entity, "variance", reads_distance },
                 { &measure_entity, "roll_up", reads_roll_up },
                 { &target_entity, "comparator", reads_comparator },
                 { &value_entity, "missing", reads_missing } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct code *code = entity_field(rows[i].entity, rows[i].field)->codes;
        for (; code->value != NULL; code++)
            assert_true(rows[i].reads(code->value));
        assert_false(rows[i].reads("no such code"));
    }
    assert_true(reads_missing(NULL));
    assert_false(reads_comparator(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_quarter_is_rated_by_arithmetic),
        cmocka_unit_test(random_comparisons_agree_with_fractions),
        cmocka_unit_test(ratings_are_monotone),
        cmocka_unit_test(the_sentence_says_why),
        cmocka_unit_test(printing_never_contradicts_the_rating),
        cmocka_unit_test(a_strict_target_at_its_bound_is_not_met),
        cmocka_unit_test(bands_are_judged_by_the_nearest_edge),
        cmocka_unit_test(a_cumulative_count_is_judged_by_the_months_gone),
        cmocka_unit_test(a_change_needs_its_baseline),
        cmocka_unit_test(a_quotient_is_rated_exactly),
        cmocka_unit_test(a_small_base_is_flagged),
        cmocka_unit_test(what_cannot_be_rated_says_why),
        cmocka_unit_test(milestones_are_rated_by_the_rules),
        cmocka_unit_test(parts_are_rolled_up),
        cmocka_unit_test(codes_of_the_model_are_known),
    };
    return cmocka_run_group_tests_name("stats/rating", tests, NULL, NULL);
}
