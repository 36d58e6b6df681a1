/* Each kind of finding on the smallest row that shows it, and on its honest neighbour. */
#include "check_example.h"

static const struct example examples[] = {
    /* nothing wrong */
    { NULL,
      NULL,
      { { ROW, .progress = "51% attend.", .value = "51%", .samples = { { SAMPLE } } } } },
    { NULL, NULL, { { ROW, .progress = "", .value = "51%", .samples = { { SAMPLE } } } } },

    /* rating-contradicts-value */
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .progress = "40% attend.",
          .samples = { { .id = 1, .target = "50", .value = "40" } } } } },
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .declared = "amber", .progress = "51% attend.", .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "40% attend.",
          .samples = { { .id = 1,
                         .target = "50",
                         .value = "40",
                         .declared_reason = "The hall was shut for a month." } } } } },
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .declared = "HG", .progress = "Draft toolkit written.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "A", .progress = "Draft toolkit written.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { "rating-contradicts-value",
      "1.1", /* the last value, because the row prints it */
      { { ROW, .progress = "It was 17.6% in 2011.", .value = "17.6%",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "11.5",
                         .last_value = "17.6",
                         .frequency = "yearly" } } } } },

    /* forecast-as-position; the rating contradicts the value too */
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now; we expect 10% by September.", .value = "4.8%",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now.", .forecast = "10%",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now.",
          .samples = { { .id = 1, .target = "18", .value = "4.8", .forecast = "17" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "10% had such plans; 6% by the end of March 2013.", .value = "10%",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "6",
                         .value = "10" } } } } },
    { NULL,
      NULL, /* rated by the position */
      { { ROW, .declared = "HR", .progress = "4.8% now; we expect 10% by September.",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },

    /* boundary-misread */
    { "boundary-misread",
      "1.1",
      { { ROW, .declared = "HG", .criterion = "Repeat cases remain below 25%",
          .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "below",
                         .target = "25",
                         .value = "25" } } } } },
    { "boundary-misread",
      "1.1", /* by its words alone */
      { { ROW, .criterion = "Fewer than 10 complaints", .progress = "10 complaints came.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "10",
                         .value = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "No more than 25%", .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "25",
                         .value = "25" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "A", .criterion = "Remain below 25%", .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "below",
                         .target = "25",
                         .value = "25" } } } } },

    /* target-differs-in-row */
    { "target-differs-in-row",
      "1.1",
      { { ROW, .criterion = "More live on their own (target of 50% by March 2013)",
          .target = "50% by March 2013", .progress = "51% against a target of 48%.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .target = "50%", .progress = "51%, and an average over two years of 42.5%.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .criterion = "At least 55% attend", .target = "50%", .progress = "51% attend.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .target = "47%", .progress = "51% attend.", .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1", /* the year's is on record, the column prints nobody's */
      { { ROW, .criterion = "At least 50% attend by March 2013", .target = "at least 47%",
          .progress = "51% attend.",
          .samples = { { SAMPLE, .profile = "48", .declared_reason = "x" } } } } },
    { NULL,
      NULL, /* the criterion has the year's target, the column the period's, both on record */
      { { ROW, .criterion = "At least 50% attend by March 2013", .target = "at least 48%",
          .progress = "51% attend.",
          .samples = { { SAMPLE, .profile = "48", .declared_reason = "x" } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%; the target for the quarter is 48%.",
          .samples = { { SAMPLE, .profile = "48", .declared_reason = "x" } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%. The target for 2011/12 was 45%.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%, above target.", .samples = { { SAMPLE } } } } },

    /* narrative-duplicated */
    { "narrative-duplicated",
      "1.1",
      { { ROW, .progress = "2 of the 10 events of the calendar took place to full houses.",
          .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "Ten events of the calendar each year",
          .declared = "LG",
          .progress = "2 of the 10 events of the calendar took place, to full houses",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* short, and so general */
      { { ROW, .progress = "Target met: 51%.", .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "LG",
          .progress = "Target met: 51%.",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* other figures */
      { { ROW, .progress = "The Q1 figure is 51% and it is above the same period last year.",
          .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "LG",
          .progress = "The Q1 figure is 52% and it is above the same period last year.",
          .samples = { { .id = 2, .target = "50", .value = "52" } } } } },

    /* measure-duplicated */
    { "measure-duplicated",
      "1.1",
      { { ROW, .criterion = "The number in work or school is kept at 50%", .progress = "51% were.",
          .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .objective = 1,
          .criterion = "50% stay in school or employment",
          .declared = "LG",
          .progress = "It is 51% now.",
          .samples = { { SAMPLE } } } } },
    { "measure-duplicated",
      "2.1",
      { { ROW, .criterion = "Young people stay in education, training or employment",
          .progress = "51% do.", .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .criterion = "Young people in training, education or employment stay",
          .declared = "LG",
          .progress = "51% stay.",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* one wording under two objectives */
      { { ROW, .progress = "51% were.", .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .objective = 1,
          .criterion = "More of them attend",
          .declared = "LG",
          .progress = "It is 51% now.",
          .samples = { { SAMPLE } } } } },

    /* inverse-of-target */
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "The NEET rate was 2.5%.", .value = "2.5%",
          .samples = { { .id = 1, .target = "97", .complement_value = "2.5" } } } } },
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "2.5% did not attend.", .value = "2.5%",
          .samples = { { .id = 1, .target = "97", .value = "97.5" } } } } },
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "4% did not attend.", .declared = "LG", .value = "4%",
          .samples = { { .id = 1, .target = "95" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "97.5% are in school, so 2.5% are NEET.", .value = "97.5%",
          .samples = { { .id = 1,
                         .target = "97",
                         .value = "97.5",
                         .complement_value = "2.5" } } } } },
    { NULL,
      NULL, /* the criterion denies as well */
      { { ROW, .declared = "HG", .criterion = "More clients do not need a service",
          .progress = "82% did not need one.",
          .samples = { { .id = 1, .target = "70", .value = "82" } } } } },

    /* missing-untyped */
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "?", .progress = "Next survey in October.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "", .progress = "The tender is out.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "LR", .progress = "The surveys have yet to come in.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { NULL,
      NULL, /* the value stands in its box, and the rating is left to the computed one */
      { { ROW, .declared = "", .value = "51%", .progress = "It went well.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "?", .missing = "awaited", .progress = "Next survey in October.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "", .nothing_to_report = 1, .progress = "",
          .samples = { { .id = 1, .target = "50" } } } } },
    { NULL,
      NULL, /* a row whose parts have rows */
      { { .reference = "1.1",
          .criterion = "The plan is carried out",
          .declared = "",
          .progress = "" },
        { .reference = "1.1a",
          .criterion = "Part one",
          .declared = "LG",
          .progress = "51% are.",
          .samples = { { SAMPLE } } } } },

    /* several-measures-in-row */
    { "several-measures-in-row",
      "1.1",
      { { ROW, .progress = "51% and 52%.",
          .samples = { { SAMPLE }, { .id = 2, .target = "50", .value = "52" } } } } },
    { "several-measures-in-row",
      "1.1",
      { { ROW, .criterion = "No more than 60% of the one and no more than 50% of the other",
          .declared = "", .missing = "awaited", .progress = "Not known." } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "Between 40 and 60 people, at least 5 of them young",
          .progress = "51 people came.", .declared = "", .missing = "awaited" } } },

    /* restatement-unrecorded */
    { "restatement-unrecorded",
      "1.1",
      { { ROW, .progress = "51%. Last year's figure may need to be revised.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%. Last year's figure has been corrected.",
          .samples = { { SAMPLE, .previous_revision = 2 } } } } },

    /* small-base */
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1, .target = "50", .numerator = "14", .denominator = "27" } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1, .target = "50", .numerator = "51", .denominator = "100" } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%. The relatively small numbers make it volatile.",
          .samples = { { SAMPLE } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "11 of 22 attend: 50%", .value = "50%",
          .samples = { { .id = 1, .target = "50", .value = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1,
                         .target = "50",
                         .numerator = "153",
                         .denominator = "300" } } } } },
    { NULL,
      NULL, /* all of sixty reports is no sample */
      { { ROW, .progress = "100%.",
          .samples = { { .id = 1, .target = "100", .numerator = "60", .denominator = "60" } } } } },

    /* cumulative-misjudged */
    { "cumulative-misjudged",
      "1.1",
      { { ROW, .declared = "A", .progress = "40 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .value = "40" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .value = "51" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "40 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .profile = "40",
                         .value = "40" } } } } },

    /* rated-without-baseline */
    { "rated-without-baseline",
      "1.1",
      { { ROW, .declared = "LR", .progress = "Baseline to be established.",
          .samples = { { .id = 1, .change = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "", .missing = "baseline-not-set", .progress = "Baseline to be set.",
          .samples = { { .id = 1, .change = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "45% of families, from a baseline of 40%.",
          .samples = { { .id = 1, .change = "10", .baseline = "40", .value = "45" } } } } },

    /* percentage-contradicted */
    { "percentage-contradicted",
      "1.1",
      { { ROW, .progress = "15% increase: 86 in Q4 2011-12, 101 in Q1 2012-13.", .value = "101",
          .samples = { { .id = 1, .kind = "count", .target = "100", .value = "101" } } } } },
    { "percentage-contradicted",
      "1.1",
      { { ROW, .progress = "51 of 90 attend (51%).", .value = "51%",
          .samples = { { SAMPLE } } } } },
    { "percentage-contradicted",
      "1.1",
      { { ROW, .declared = "HR", .progress = "23 were achieved (95%).", .value = "23",
          .samples = { { .id = 1, .kind = "count", .target = "27", .value = "23" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "HR", .progress = "23 were achieved (85%).", .value = "23",
          .samples = { { .id = 1, .kind = "count", .target = "27", .value = "23" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "17.4% increase: 86 in Q4 2011-12, 101 in Q1 2012-13.", .value = "101",
          .samples = { { .id = 1, .kind = "count", .target = "100", .value = "101" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "460 of 900 attend, roughly 50%.", .value = "51%",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL, /* points, and a fall said as one */
      { { ROW, .progress = "Down 10% from 50 to 45.", .value = "45",
          .samples = { { .id = 1,
                         .kind = "count",
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "45",
                         .value = "45" } } } } },

    /* period-stale */
    { "period-stale",
      "1.1",
      { { ROW, .progress = "It was 51% at the end of Q1 2011-12.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "Q4 performance is 51%.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "The 2010/11 figure is 51%.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "51% attend.", .samples = { { SAMPLE, .as_at = "2011-06-30" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51% in Q1 2012-13 after 45% in Q1 2011-12.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%, higher than in the same period of 2010/11.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "The 2010/11 figure is 51%.",
          .samples = { { SAMPLE, .frequency = "yearly" } } } } },

    /* value-without-number */
    { "value-without-number",
      "1.1",
      { { ROW, .progress = "Target met.", .samples = { { .id = 1, .target = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "Nil achieved.", .declared = "HR",
          .samples = { { .id = 1, .kind = "count", .target = "50" } } } } },
    { NULL, NULL, { { ROW, .progress = "Target met.", .samples = { { SAMPLE } } } } },

    /* population-misnamed */
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Obese children in years 5 and 6", .progress = "51%.",
          .samples = { { SAMPLE, .population = "Children in Reception and Year 6" } } } } },
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Young people aged 16 to 19", .progress = "51%.",
          .samples = { { SAMPLE, .population = "16-18 year olds" } } } } },
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Children in years 5 and 6", .progress = "Year 6: 51%.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "Young people aged 16 to 18", .progress = "51%.",
          .samples = { { SAMPLE, .population = "16-18 year olds" } } } } },

    /* discloses-person */
    { "discloses-person",
      "1.3",
      { { .reference = "1.1",
          .criterion = "A",
          .declared = "HR",
          .progress = "16.13%",
          .samples = { { .id = 1,
                         .target = "20",
                         .value = "16.13",
                         .population = "Top earners" } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "A",
          .progress = "47.58%",
          .samples = { { .id = 2,
                         .target = "50",
                         .value = "47.58",
                         .population = "Top earners" } } },
        { .reference = "1.3",
          .criterion = "C",
          .declared = "HR",
          .progress = "1.61%",
          .samples = { { .id = 3,
                         .target = "5",
                         .value = "1.61",
                         .population = "Top earners" } } } } },
    { "discloses-person",
      "1.1",
      { { ROW, .declared = "HR", .progress = "One in 40: 2.5%", .value = "2.5%",
          .samples = { { .id = 1,
                         .target = "5",
                         .numerator = "1",
                         .denominator = "40",
                         .value = "2.5",
                         .population = "Senior staff" } } } } },
    { NULL,
      NULL, /* whole per cents of a large group */
      { { .reference = "1.1",
          .criterion = "A",
          .declared = "HR",
          .progress = "16%",
          .samples = { { .id = 1, .target = "20", .value = "16", .population = "Top earners" } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "A",
          .progress = "48%",
          .samples = { { .id = 2,
                         .target = "50",
                         .value = "48",
                         .population = "Top earners" } } } } },
};

static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        print_error("found %s at %s: %s\n", finding->kind, finding->row, finding->message);
    }
}

static void each_kind_is_found_and_its_neighbour_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        const struct example *example = &examples[i];
        struct work work = support_work();
        struct findings findings = example_run(&work, example);
        bool right = example->kind ? findings_count(&findings, example->kind, example->row) == 1
                                   : findings.list.count == 0;
        if (!right) {
            print_error("example %zu (%s): %s\n", i, example->kind ? example->kind : "none",
                        example->lines[0].progress);
            print_findings(&findings);
        }
        assert_true(right);
        support_work_end(&work);
    }
}

static void each_kind_has_an_example(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < check_kind_count; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < ARRAY_COUNT(examples); i++)
            count += examples[i].kind && strcmp(examples[i].kind, check_kinds[kind].name) == 0;
        if (count == 0)
            print_error("no example of %s\n", check_kinds[kind].name);
        assert_true(count > 0);
    }
}

static void a_message_gives_no_person_away(void **state)
{
    (void)state;
    struct work work = support_work();
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        struct findings findings = example_run(&work, &examples[i]);
        for (size_t j = 0; j < findings.list.count; j++) {
            const struct finding *finding = findings.list.items[j];
            if (strcmp(finding->kind, "discloses-person") == 0) {
                assert_null(strstr(finding->message, "1.61"));
                assert_null(strstr(finding->message, "2.5"));
            }
        }
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found_and_its_neighbour_is_not),
        cmocka_unit_test(each_kind_has_an_example),
        cmocka_unit_test(a_message_gives_no_person_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
