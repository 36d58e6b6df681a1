/* Counts of people in the words of a row: which give somebody away, and which are left alone. */
#include "service/narrative_count.h"

#include "check_example.h"

/* A row about the 124 senior staff of whom `part` are counted, in a workforce of so many. */
struct said {
    const char *progress, *part;
    int64_t workforce;
    bool is_found;
};

static const struct said said[] = {
    /* the text gives the base */
    { "Among them two of the 124 senior staff declared a disability.", "30", 0, true },
    { "122 of the 124 managers are white.", "30", 0, true },
    { "All but three of the 124 managers are white.", "30", 0, true },
    { "1.6% of the 62 top earners are disabled.", "30", 0, true },
    { "One in 62 senior staff uses a wheelchair.", "30", 0, true },
    { "30 of the 124 managers and 5 of 10 directors.", "30", 0, false },
    { "6.5% of the 124 managers.", "30", 0, false },
    { "One in four senior staff is a woman.", "31", 0, false },
    /* the row's own numbers give it */
    { "30 are women, and four senior staff are not.", "120", 0, true },
    { "120 are women, and three senior staff are new.", "120", 0, false },
    /* the workforce is known */
    { "A single disabled member of staff left the top grade.", "30", 2071, true },
    { "A single disabled member of staff left the top grade.", "30", 0, false },
    { "Both disabled managers took part.", "30", 2071, true },
    { "The only Sikh manager took part.", "30", 2071, true },
    { "0.05% of the workforce is transgender.", "30", 2071, true },
    { "0.05% of the workforce is transgender.", "30", 0, false },
    { "2% of the workforce is disabled.", "30", 2071, false },
    { "One in 1,000 employees is a Buddhist.", "30", 2071, true },
    { "One in 50 employees is a Buddhist.", "30", 2071, false },
    { "99.9% of employees have completed their record.", "30", 2071, true },
    { "99% of employees have completed their record.", "30", 2071, false },
    /* nobody is counted, or nobody who could be found */
    { "A single member of staff keeps the records.", "30", 2071, false },
    { "Two directorates and both unions met the disabled staff group.", "30", 2071, false },
    { "Three sessions of 90 minutes for disabled staff.", "30", 2071, false },
    { "One of the risks has gone; two managers meet the union each month.", "30", 2071, false },
    { "We expect two more disabled members of staff.", "30", 2071, false },
    { "No disabled staff left. The only change is the date.", "30", 2071, false },
    { "Two years ago 40 disabled staff left.", "30", 2071, false },
};

static struct findings findings_of(struct work *work, const struct said *one)
{
    const struct example example = { .lines = {
                                         { .reference = "1.1",
                                           .declared = "HG",
                                           .progress = one->progress,
                                           .samples = { { .id = 1,
                                                          .target = "10",
                                                          .numerator = one->part,
                                                          .denominator = "124",
                                                          .population = "Senior staff" } } } } };
    return example_check(work, &example, one->workforce);
}

static void small_counts_are_found_and_others_left_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(said); i++) {
        struct work work = support_work();
        struct findings findings = findings_of(&work, &said[i]);
        if ((findings_count(&findings, "discloses-person", "1.1") == 1) != said[i].is_found)
            fail_msg("case %zu: %s", i, said[i].progress);
        support_work_end(&work);
    }
}

/* A report prints findings, so they must not say the count again. */
static void a_message_does_not_repeat_the_count(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct said one = { "Only one Sikh manager took part.", "30", 2071, true };
    struct findings findings = findings_of(&work, &one);
    assert_int_equal(findings_count(&findings, "discloses-person", "1.1"), 1);
    const struct finding *finding = findings.list.items[0];
    assert_null(strstr(finding->message, "Sikh"));
    assert_null(strstr(finding->message, "one Sikh"));
    assert_null(strstr(finding->evidence, "Sikh"));
    support_work_end(&work);
}

static void counts_are_read_with_their_base(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct people_words *words = NULL;
    struct narrative_count *counts = NULL;
    assert_int_equal(people_words_read(&work, &words), STATUS_OK);
    struct narrative narrative = narrative_read(
        work.arena,
        "All but two of the 13 women, 1 in 62 staff and 3% of our 200 front line staff.");
    assert_int_equal(narrative_counts(&narrative, words, &counts), 3);
    assert_true(counts[0].is_rest && counts[0].count == 2 && counts[0].base == 13 &&
                counts[0].names_people && !counts[0].is_staff);
    assert_true(counts[1].is_ratio && counts[1].count == 1 && counts[1].base == 62 &&
                counts[1].is_staff);
    assert_true(counts[2].is_percent && counts[2].percent.percent == 3000000 &&
                counts[2].base == 200 && counts[2].is_staff);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_counts_are_found_and_others_left_alone),
        cmocka_unit_test(a_message_does_not_repeat_the_count),
        cmocka_unit_test(counts_are_read_with_their_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
