/* Rating scales: the shipped ones hold, and each kind of bad row is told. */
#include "stats/scale.h"

#include "model/value.h"
#include "unit/stats/vectors.h"

struct attempt {
    struct scales *scales;
    struct problems problems;
};

static struct attempt attempt_new(struct work *work)
{
    struct attempt attempt = { .scales = arena_new_of(work->arena, struct scales),
                               .problems = { .arena = work->arena, .file = "test" } };
    attempt.scales->arena = work->arena;
    return attempt;
}

static void add(struct attempt *attempt, vectors_adder *adder, const char *row)
{
    struct slice cells[VECTOR_CELLS] = { { "", 0 } };
    vectors_split(slice_of(row), cells);
    adder(attempt->scales, cells, &attempt->problems);
}

static const char *last_words(const struct attempt *attempt)
{
    size_t count = attempt->problems.list.count;
    return count == 0 ? ""
                      : ((const struct problem *)attempt->problems.list.items[count - 1])->words;
}

static void shipped_scales_hold(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scales *scales = vectors_scales(&work);
    const struct scale *five = scales_find(scales, "five-level");
    const struct scale *three = scales_find(scales, "three-level");
    assert_non_null(five);
    assert_int_equal(five->level_count, 5);
    assert_int_equal(three->level_count, 3);
    assert_null(scales_find(scales, "none"));
    assert_string_equal(five->levels[0].name, "High Green");
    assert_string_equal(five->levels[4].word, "Needs prompt attention");
    assert_string_equal(scale_level_missed(five)->code, "A");
    assert_string_equal(scale_level_missed(three)->code, "A");
    assert_ptr_equal(scale_level_named(five, SLICE(" lr ")), &five->levels[3]);
    assert_null(scale_level_named(five, SLICE("?")));
    support_work_end(&work);
}

static void bounds_belong_to_the_better_level(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scale *five = scales_find(vectors_scales(&work), "five-level");
    static const struct {
        int64_t variance;
        const char *level;
    } rows[] = { { 5000000, "HG" },   { 4999999, "LG" },   { 0, "LG" },         { -1, "A" },
                 { -5000000, "A" },   { -5000001, "LR" },  { -10000000, "LR" }, { -10000001, "HR" },
                 { INT64_MAX, "HG" }, { -INT64_MAX, "HR" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(scale_level_of(five, ratio_of_millionths(rows[i].variance))->code,
                            rows[i].level);
    support_work_end(&work);
}

/* Every state that a value may name stands in rules/milestone_levels.csv for every scale. */
static void every_milestone_is_decided(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scales *scales = vectors_scales(&work);
    const struct code *codes = entity_field(&value_entity, "milestone")->codes;
    for (size_t i = 0; i < scales->count; i++) {
        size_t count = 0;
        for (const struct code *code = codes; code->value != NULL; code++, count++) {
            bool found = false;
            for (size_t j = 0; j < scales->items[i].milestone_count; j++)
                found |= strcmp(scales->items[i].milestones[j].milestone, code->value) == 0;
            assert_true(found);
        }
        assert_int_equal(count, scales->items[i].milestone_count);
        assert_null(scale_level_of_milestone(&scales->items[i], "not-started"));
        assert_null(scale_level_of_milestone(&scales->items[i], "no such state"));
    }
    support_work_end(&work);
}

static void bad_rows_are_told(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct {
        vectors_adder *adder;
        const char *row, *words;
    } rows[] = {
        { scales_add_scale, "s,,30,yes", "Give the title" },
        { scales_add_scale, "s,Title,-1,yes", "whole number" },
        { scales_add_scale, "s,Title,30,perhaps", "yes or no" },
        { scales_add_level, "own,G,G,Green,Good,,0,1", "Give the colour" },
        { scales_add_level, "own,G,G,Green,Good,green,low,1", "Give a number" },
        { scales_add_level, "own,G,G,Green,Good,green,0,0", "1 is the best" },
        { scales_add_level, "other,G,G,Green,Good,green,0,1", "No such scale" },
        { scales_add_milestone, "other,complete,G", "No such scale" },
        { scales_add_milestone, "own,,G", "Give the milestone" },
        { scales_add_scale, "own,Again,30,yes", "twice" },
    };
    struct attempt attempt = attempt_new(&work);
    add(&attempt, scales_add_scale, "own,Own scale,30,yes");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        add(&attempt, rows[i].adder, rows[i].row);
        assert_int_equal(attempt.problems.list.count, i + 1);
        assert_non_null(strstr(last_words(&attempt), rows[i].words));
    }
    assert_int_equal(attempt.scales->count, 1);
    assert_int_equal(attempt.scales->items[0].level_count, 0);
    support_work_end(&work);
}

static void bad_scales_are_told(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct {
        const char *levels[3], *words;
    } rows[] = {
        { { "o,G,G,Green,Met,g,0,1" }, "two levels at least" },
        { { "o,G,G,Green,Met,g,0,1", "o,R,R,Red,Missed,r,-5,2" }, "leave the bound" },
        { { "o,G,G,Green,Met,g,,1", "o,R,R,Red,Missed,r,,2" }, "only the worst" },
        { { "o,G,G,Green,Met,g,5,1", "o,R,R,Red,Missed,r,,2" }, "just met" },
        { { "o,G,G,Green,Met,g,0,1", "o,A,A,Amber,Near,a,0,2", "o,R,R,Red,Missed,r,,3" },
          "must be below" },
        { { "o,G,G,Green,Met,g,0,1", "o,R,R,Red,Missed,r,,1" }, "of order 1" },
        { { "o,G,G,Green,Met,g,0,1", "o,R,g,Red,Missed,r,,2" }, "two levels called" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct attempt attempt = attempt_new(&work);
        add(&attempt, scales_add_scale, "o,Own scale,30,yes");
        for (size_t j = 0; j < 3 && rows[i].levels[j] != NULL; j++)
            add(&attempt, scales_add_level, rows[i].levels[j]);
        assert_int_equal(attempt.problems.list.count, 0);
        scales_check(attempt.scales, &attempt.problems);
        assert_int_equal(attempt.problems.list.count, 1);
        assert_non_null(strstr(last_words(&attempt), rows[i].words));
    }
    support_work_end(&work);
}

static void milestones_need_a_level_of_the_scale(void **state)
{
    (void)state;
    struct work work = support_work();
    struct attempt attempt = attempt_new(&work);
    add(&attempt, scales_add_scale, "o,Own scale,30,no");
    add(&attempt, scales_add_level, "o,R,R,Red,Missed,r,,2");
    add(&attempt, scales_add_level, "o,G,G,Green,Met,g,0,1");
    add(&attempt, scales_add_milestone, "o,complete,G");
    add(&attempt, scales_add_milestone, "o,missed,HR");
    add(&attempt, scales_add_milestone, "o,complete,R");
    assert_non_null(strstr(last_words(&attempt), "already"));
    scales_check(attempt.scales, &attempt.problems);
    assert_int_equal(attempt.problems.list.count, 2);
    assert_non_null(strstr(last_words(&attempt), "no level HR"));
    /* Rows in any order: the best level comes first. */
    assert_string_equal(attempt.scales->items[0].levels[0].code, "G");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_scales_hold),
        cmocka_unit_test(bounds_belong_to_the_better_level),
        cmocka_unit_test(every_milestone_is_decided),
        cmocka_unit_test(bad_rows_are_told),
        cmocka_unit_test(bad_scales_are_told),
        cmocka_unit_test(milestones_need_a_level_of_the_scale),
    };
    return cmocka_run_group_tests_name("stats/scale", tests, NULL, NULL);
}
