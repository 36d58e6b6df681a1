/* The pay gap figures: against vectors made with fractions, against figures worked by hand, and by
 * properties. */
#include "stats/pay_gap.h"

#include <stdlib.h>

#include "base/number.h"
#include "stats/exact_sum.h"
#include "unit/stats/vectors.h"

enum { MOST = 12000, MAN = 0, WOMAN = 1, SEXES = 2, PENNY = 10000, HUNDREDTH = 10000 };

/* People under way to columns. */
struct staff {
    size_t count;
    uint8_t group[MOST];
    int64_t ordinary[MOST], hours[MOST], days[MOST], bonus[MOST], bonus_year[MOST], full_time[MOST];
    struct pay_columns columns;
    int64_t relevant[PAY_MOST_GROUPS];
};

static void hire(struct staff *staff, uint8_t group, int64_t pence, int64_t hours)
{
    size_t at = staff->count++;
    assert_true(at < MOST);
    staff->group[at] = group;
    staff->ordinary[at] = pence * PENNY;
    staff->hours[at] = hours * HUNDREDTH;
    staff->days[at] = PAY_DAYS_MONTH;
    staff->bonus[at] = staff->bonus_year[at] = INTEGER_MISSING;
    staff->full_time[at] = NUMBER_ONE;
}

static void set_columns(struct staff *staff)
{
    staff->columns = (struct pay_columns){
        .count = staff->count,
        .group = staff->group,
        .group_count = SEXES,
        .ordinary = { staff->ordinary },
        .hours = { staff->hours },
        .own_days = { staff->days },
        .bonus = { staff->bonus },
        .bonus_days = PAY_DAYS_YEAR,
        .bonus_year = { staff->bonus_year },
        .full_time = { staff->full_time },
        .tie_places = 2,
    };
}

static struct pay_figures figures_of(struct work *work, struct staff *staff)
{
    struct pay_ranking *ranking = arena_new_of(work->arena, struct pay_ranking);
    struct pay_figures figures;
    memset(staff->relevant, 0, sizeof staff->relevant);
    pay_gap_relevant(&staff->columns, NULL, staff->relevant);
    pay_rank(work->arena, &staff->columns, ranking);
    pay_gap_figures(work->arena, ranking,
                    (struct pay_part){ ranking->ranked, ranking->bonuses, ranking->count,
                                       ranking->bonus_count, staff->relevant, 0 },
                    &figures);
    return figures;
}

static int64_t whole(struct slice slice)
{
    int64_t number = 0;
    assert_true(slice_integer(slice, &number));
    return number;
}

static void hire_written(struct staff *staff, struct slice word)
{
    static const struct {
        const char *word;
        int64_t days;
    } periods[] = { { "week", PAY_DAYS_WEEK },
                    { "fortnight", PAY_DAYS_FORTNIGHT },
                    { "four-weeks", PAY_DAYS_FOUR_WEEKS },
                    { "month", PAY_DAYS_MONTH },
                    { "year", PAY_DAYS_YEAR } };
    struct slice parts[5];
    for (size_t i = 0; i < 5; i++)
        assert_true(slice_split(&word, ':', &parts[i]));
    hire(staff, slice_is(parts[0], "m") ? MAN : WOMAN, whole(parts[1]), whole(parts[2]));
    size_t at = staff->count - 1;
    staff->days[at] = 0;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (slice_is(parts[3], periods[i].word))
            staff->days[at] = periods[i].days;
    assert_true(staff->days[at] > 0);
    staff->bonus[at] = whole(parts[4]) * PENNY;
}

static void assert_bands(struct slice written, const int64_t bands[PAY_QUARTERS])
{
    struct slice word;
    for (int band = 0; band < PAY_QUARTERS; band++) {
        assert_true(slice_word(&written, &word));
        assert_int_equal(bands[band], whole(word));
    }
}

static void figures_agree_with_vectors(void **state)
{
    (void)state;
    struct staff *staff = calloc(1, sizeof *staff);
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/pay_gap.csv");
    while (vectors_next(&rows)) {
        struct slice people = rows.cells[1], word;
        staff->count = 0;
        while (slice_word(&people, &word))
            hire_written(staff, word);
        set_columns(staff);
        if (staff->hours[0] == 0)
            staff->columns.hours = (struct pay_numbers){ 0 };
        struct pay_figures figures = figures_of(&work, staff);
        assert_int_equal(figures.groups[WOMAN].mean_gap.tenths, whole(rows.cells[2]));
        assert_int_equal(figures.groups[WOMAN].median_gap.tenths, whole(rows.cells[3]));
        assert_false(figures.groups[WOMAN].mean_gap.is_unproven);
        const struct pay_band_counts *men = &figures.bands.groups[MAN];
        assert_bands(rows.cells[4], figures.bands.size);
        assert_bands(rows.cells[5], men->people);
        assert_bands(rows.cells[6], men->least);
        assert_bands(rows.cells[7], men->most);
        assert_bands(rows.cells[8], men->any_least);
        assert_bands(rows.cells[9], men->any_most);
        arena_empty(work.arena);
    }
    assert_true(rows.rows > 200);
    vectors_close(&rows);
    support_work_end(&work);
    free(staff);
}

static void sums_agree_with_vectors(void **state)
{
    (void)state;
    enum { TERMS = 64 };
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/exact_sum.csv");
    while (vectors_next(&rows)) {
        struct exact_term terms[2][TERMS];
        struct exact_side sides[2];
        int sign = -9;
        for (int side = 0; side < 2; side++) {
            struct slice words = rows.cells[2 * side], word, top;
            size_t count = 0;
            for (; slice_word(&words, &word); count++) {
                assert_true(slice_split(&word, '/', &top));
                terms[side][count] = (struct exact_term){ whole(top), (uint64_t)whole(word) };
            }
            sides[side] = (struct exact_side){ terms[side], exact_sum_gather(terms[side], count),
                                               (uint64_t)whole(rows.cells[2 * side + 1]) };
        }
        assert_true(exact_sum_compare(work.arena, sides[0], sides[1], &sign));
        assert_int_equal(sign, whole(rows.cells[4]));
    }
    assert_true(rows.rows > 100);
    vectors_close(&rows);
    support_work_end(&work);
}

static void an_hour_is_paid_by_the_schedule(void **state)
{
    (void)state;
    struct pay_elements elements = {
        .ordinary = 2500 * NUMBER_ONE, .days = PAY_DAYS_MONTH, .hours = 36 * NUMBER_ONE, .weeks = 1
    };
    struct pay_fraction rate;
    assert_true(pay_rate_of(&elements, &rate));
    assert_int_equal(pay_rate_round(rate, 10000), 159695);
    elements.ordinary = 3200 * NUMBER_ONE;
    elements.bonuses[elements.bonus_count++] = (struct pay_bonus){ 1200 * NUMBER_ONE,
                                                                   PAY_DAYS_YEAR };
    assert_true(pay_rate_of(&elements, &rate));
    assert_int_equal(pay_rate_round(rate, 10000), 210798);
    /* A bonus for a week is no longer than the pay period: it counts whole. */
    elements.bonuses[0] = (struct pay_bonus){ 100 * NUMBER_ONE, PAY_DAYS_WEEK };
    struct pay_elements whole_pay = elements;
    whole_pay.bonus_count = 0;
    whole_pay.ordinary = 3300 * NUMBER_ONE;
    struct pay_fraction same;
    assert_true(pay_rate_of(&elements, &rate) && pay_rate_of(&whole_pay, &same));
    assert_int_equal(pay_rate_compare(rate, same), 0);
}

static void hours_are_averaged_over_twelve_worked_weeks(void **state)
{
    (void)state;
    int64_t weeks[15], hours = 0, used = 0;
    for (size_t i = 0; i < 15; i++)
        weeks[i] = (int64_t)(i + 1) * NUMBER_ONE;
    weeks[0] = 0;
    weeks[5] = INTEGER_MISSING;
    assert_true(pay_rate_hours_of_weeks(weeks, 15, &hours, &used));
    assert_int_equal(used, 12);
    /* 2 to 14 without 6. */
    assert_int_equal(hours, (14 * 15 / 2 - 1 - 6) * NUMBER_ONE);
    assert_true(pay_rate_hours_of_weeks(weeks, 3, &hours, &used));
    assert_int_equal(used, 2);
    assert_false(pay_rate_hours_of_weeks(weeks, 1, &hours, &used));
}

/* BVPI 11: 8,000 full-time and 4,000 half-time; 480 and 40 of them are at the top, of which 100 and
 * 30 in the group; then twenty on one rate at the end of the 5%. */
static void the_top_earners_are_those_of_the_indicator(void **state)
{
    (void)state;
    enum { FULL = 8000, HALF = 4000, EVERYBODY = 10000 };
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    for (int i = 0; i < FULL; i++)
        hire(staff, i < 100 ? WOMAN : MAN, i < 480 ? 4000000 : 2000000, 3700);
    for (int i = 0; i < HALF; i++) {
        hire(staff, i < 30 ? WOMAN : MAN, i < 40 ? 4000000 : 2000000, 3700);
        staff->full_time[staff->count - 1] = NUMBER_ONE / 2;
    }
    set_columns(staff);
    struct pay_figures figures = figures_of(&work, staff);
    assert_int_equal(figures.top_full_time, 500 * NUMBER_ONE);
    assert_int_equal(figures.top_people, 520);
    assert_int_equal(figures.groups[WOMAN].top_full_time, 115 * NUMBER_ONE); /* 23% */
    /* 490 above £30,000 and 20 on it: all twenty are taken, 510. */
    staff->count = 0;
    for (int i = 0; i < EVERYBODY; i++)
        hire(staff, MAN, i < 490 ? 4000000 : (i < 510 ? 3000000 : 2000000), 3700);
    set_columns(staff);
    figures = figures_of(&work, staff);
    assert_int_equal(figures.top_people, 510);
    assert_int_equal(figures.top_full_time, 510 * NUMBER_ONE);
    free(staff);
    support_work_end(&work);
}

static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void hire_many(struct staff *staff, uint32_t seed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t group = next_number(&seed) % 3 == 0 ? MAN : WOMAN;
        hire(staff, group, 90000 + (int64_t)(next_number(&seed) % 40) * 12345,
             1800 + (int64_t)(next_number(&seed) % 5) * 475);
        if (next_number(&seed) % 4 == 0)
            staff->bonus_year[i] = (int64_t)(1 + next_number(&seed) % 90) * 100 * NUMBER_ONE;
    }
}

static void swap_people(struct staff *staff, size_t a, size_t b)
{
    int64_t *const columns[] = { staff->ordinary, staff->hours, staff->days, staff->bonus,
                                 staff->bonus_year };
    uint8_t group = staff->group[a];
    staff->group[a] = staff->group[b];
    staff->group[b] = group;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        int64_t held = columns[i][a];
        columns[i][a] = columns[i][b];
        columns[i][b] = held;
    }
}

static void assert_same_figures(const struct pay_figures *a, const struct pay_figures *b)
{
    const struct pay_group_figures *left = &a->groups[WOMAN], *right = &b->groups[WOMAN];
    assert_int_equal(left->mean_gap.tenths, right->mean_gap.tenths);
    assert_int_equal(left->median_gap.tenths, right->median_gap.tenths);
    assert_int_equal(left->mean_bonus_gap.tenths, right->mean_bonus_gap.tenths);
    assert_int_equal(left->median_bonus_gap.tenths, right->median_bonus_gap.tenths);
    assert_int_equal(a->top_people, b->top_people);
    for (int group = MAN; group <= WOMAN; group++)
        for (int band = 0; band < PAY_QUARTERS; band++)
            assert_int_equal(a->bands.groups[group].people[band],
                             b->bands.groups[group].people[band]);
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    hire_many(staff, 3, 997);
    set_columns(staff);
    struct pay_figures before = figures_of(&work, staff);
    uint32_t seed = 77;
    for (size_t i = staff->count; i-- > 1;)
        swap_people(staff, i, next_number(&seed) % (i + 1));
    struct pay_figures after = figures_of(&work, staff);
    assert_same_figures(&before, &after);
    free(staff);
    support_work_end(&work);
}

static void bands_add_up_and_hold_their_ranges(void **state)
{
    (void)state;
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    for (size_t count = 1; count < 260; count += 3) {
        staff->count = 0;
        hire_many(staff, (uint32_t)count, count);
        set_columns(staff);
        struct pay_figures figures = figures_of(&work, staff);
        int64_t all = 0;
        for (int band = 0; band < PAY_QUARTERS; band++) {
            const struct pay_band_counts *men = &figures.bands.groups[MAN];
            const struct pay_band_counts *women = &figures.bands.groups[WOMAN];
            assert_int_equal(men->people[band] + women->people[band], figures.bands.size[band]);
            assert_in_range(men->people[band], men->least[band], men->most[band]);
            assert_in_range(women->people[band], women->least[band], women->most[band]);
            assert_true(men->any_least[band] <= men->least[band] &&
                        men->any_most[band] >= men->most[band]);
            assert_int_equal(men->most[band] + women->least[band], figures.bands.size[band]);
            all += figures.bands.size[band];
        }
        assert_int_equal(all, count);
        arena_empty(work.arena);
    }
    free(staff);
    support_work_end(&work);
}

static void swapping_men_and_women_mirrors_the_figures(void **state)
{
    (void)state;
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    hire_many(staff, 12, 400);
    set_columns(staff);
    struct pay_figures before = figures_of(&work, staff);
    for (size_t i = 0; i < staff->count; i++)
        staff->group[i] = staff->group[i] == MAN ? WOMAN : MAN;
    struct pay_figures after = figures_of(&work, staff);
    for (int group = MAN; group <= WOMAN; group++) {
        const struct pay_group_figures *mirror = &after.groups[group == MAN ? WOMAN : MAN];
        assert_true(before.groups[group].pay.sum == mirror->pay.sum);
        assert_int_equal(before.groups[group].pay.middle[0], mirror->pay.middle[0]);
        assert_int_equal(before.groups[group].bonus.people, mirror->bonus.people);
        assert_int_equal(before.groups[group].top_people, mirror->top_people);
    }
    /* 1 - gap and 1 - mirrored gap are each other's inverse. */
    double gap = (double)before.groups[WOMAN].mean_gap.tenths / 1000;
    double mirrored = (double)after.groups[WOMAN].mean_gap.tenths / 1000;
    assert_true(fabs((1 - gap) * (1 - mirrored) - 1) < 0.002);
    free(staff);
    support_work_end(&work);
}

static void everybody_left_out_is_counted_by_reason(void **state)
{
    (void)state;
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    uint8_t reduced[MOST] = { 0 };
    for (int i = 0; i < 10; i++)
        hire(staff, i % 2 == 0 ? MAN : WOMAN, 200000, 3700);
    staff->group[0] = PAY_NO_GROUP;
    reduced[1] = 1;
    staff->ordinary[2] = INTEGER_MISSING;
    staff->ordinary[3] = 0;
    staff->ordinary[4] = -1;
    staff->ordinary[5] = PAY_MOST + 1;
    staff->hours[6] = INTEGER_MISSING;
    staff->hours[7] = 0;
    staff->hours[8] = 61 * NUMBER_ONE;
    staff->bonus[2] = 500 * NUMBER_ONE; /* says nothing of the ordinary pay that is not known */
    set_columns(staff);
    staff->columns.reduced = reduced;
    struct pay_ranking ranking;
    pay_rank(work.arena, &staff->columns, &ranking);
    static const int64_t wanted[PAY_STANDING_COUNT] = { 1, 1, 1, 1, 1, 1, 1, 1, 2 };
    for (int standing = 0; standing < PAY_STANDING_COUNT; standing++)
        assert_int_equal(ranking.standing[standing], wanted[standing]);
    free(staff);
    support_work_end(&work);
}

static void what_cannot_be_compared_has_no_gap(void **state)
{
    (void)state;
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff);
    hire(staff, WOMAN, 200000, 3700);
    set_columns(staff);
    assert_int_equal(figures_of(&work, staff).groups[WOMAN].mean_gap.state, PAY_GAP_NO_COMPARATOR);
    staff->group[0] = MAN;
    struct pay_figures figures = figures_of(&work, staff);
    assert_int_equal(figures.groups[WOMAN].mean_gap.state, PAY_GAP_NOBODY);
    assert_int_equal(figures.groups[WOMAN].mean_bonus_gap.state, PAY_GAP_NO_COMPARATOR);
    staff->columns.bonus_year = (struct pay_numbers){ 0 };
    assert_int_equal(figures_of(&work, staff).groups[WOMAN].mean_bonus_gap.state,
                     PAY_GAP_NOT_KNOWN);
    staff->count = 0;
    set_columns(staff);
    assert_int_equal(figures_of(&work, staff).top_people, 0);
    free(staff);
    support_work_end(&work);
}

static void units_are_ranked_as_they_stand_alone(void **state)
{
    (void)state;
    enum { UNITS = 7, PEOPLE = 900 };
    struct work work = support_work();
    struct staff *staff = calloc(1, sizeof *staff), *alone = calloc(1, sizeof *alone);
    uint32_t units[PEOPLE], seed = 9;
    struct pay_ranking ranking;
    hire_many(staff, 5, PEOPLE);
    set_columns(staff);
    for (size_t i = 0; i < PEOPLE; i++)
        units[i] = next_number(&seed) % UNITS;
    pay_rank(work.arena, &staff->columns, &ranking);
    int64_t *relevant = arena_array_of(work.arena, UNITS * SEXES, int64_t);
    const struct column codes = { .width = sizeof *units, .values = { .bytes = units } };
    pay_gap_relevant(&staff->columns, &codes, relevant);
    struct pay_places places = pay_rank_by_unit(work.arena, &ranking, &codes, UNITS);
    for (size_t unit = 0; unit < UNITS; unit++) {
        struct pay_figures figures, wanted;
        struct pay_part part = { ranking.ranked + places.people[unit],
                                 ranking.bonuses + places.bonuses[unit],
                                 places.people[unit + 1] - places.people[unit],
                                 places.bonuses[unit + 1] - places.bonuses[unit],
                                 relevant + unit * SEXES,
                                 0 };
        pay_gap_figures(work.arena, &ranking, part, &figures);
        alone->count = 0;
        for (size_t i = 0; i < PEOPLE; i++)
            if (units[i] == unit) {
                hire(alone, staff->group[i], staff->ordinary[i] / PENNY,
                     staff->hours[i] / HUNDREDTH);
                alone->bonus_year[alone->count - 1] = staff->bonus_year[i];
            }
        set_columns(alone);
        wanted = figures_of(&work, alone);
        assert_same_figures(&figures, &wanted);
        assert_int_equal(figures.groups[WOMAN].relevant, wanted.groups[WOMAN].relevant);
    }
    free(staff);
    free(alone);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_agree_with_vectors),
        cmocka_unit_test(sums_agree_with_vectors),
        cmocka_unit_test(an_hour_is_paid_by_the_schedule),
        cmocka_unit_test(hours_are_averaged_over_twelve_worked_weeks),
        cmocka_unit_test(the_top_earners_are_those_of_the_indicator),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(bands_add_up_and_hold_their_ranges),
        cmocka_unit_test(swapping_men_and_women_mirrors_the_figures),
        cmocka_unit_test(everybody_left_out_is_counted_by_reason),
        cmocka_unit_test(what_cannot_be_compared_has_no_gap),
        cmocka_unit_test(units_are_ranked_as_they_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
