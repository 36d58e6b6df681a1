/* The narrative reader: phrases as councils write them, and what is read in them. */
#include "service/narrative.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "support/support.h"

enum { SUMMARY_MOST = 4000 };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct phrase {
    const char *words, *expected;
};

/* Reads each phrase and compares the summary that `tell` writes of it. */
static void compare(const struct phrase *phrases, size_t count,
                    void (*tell)(const struct narrative *narrative, struct text *out))
{
    for (size_t i = 0; i < count; i++) {
        struct work work = support_work();
        struct narrative narrative = narrative_read(work.arena, phrases[i].words);
        struct text text = text_new(work.arena, SUMMARY_MOST);
        tell(&narrative, &text);
        if (strcmp(text.bytes, phrases[i].expected) != 0)
            print_error("in: %s\n", phrases[i].words);
        assert_string_equal(text.bytes, phrases[i].expected);
        support_work_end(&work);
    }
}

/* "4.8% 10%+" : + expected, @ by a date, ! a target. */
static void tell_figures(const struct narrative *narrative, struct text *out)
{
    for (size_t i = 0; i < narrative->figure_count; i++) {
        const struct narrative_figure *figure = &narrative->figures[i];
        text_add_format(out, "%s%s%s%s%s", i ? " " : "",
                        narrative_figure_text(narrative, figure->token),
                        figure->expected ? "+" : "", figure->by_a_date ? "@" : "",
                        figure->is_target ? "!" : "");
    }
}

static void figures_are_told_from_dates_ages_and_names(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "", "" },
        { "16-18 NEET rate at Q1 2012-13 was 2.5%", "2.5%" },
        { "Q1 figure is 40.23% - The target for 2011/12 was exceeded", "40.23%" },
        { "Q1 performance is 4.8%.", "4.8%" },
        { "We have a total of 1,010 residents trained", "1,010" },
        { "Exceeded target, total people registered 388", "388" },
        { "77people supported", "77" },
        { "1)Stop Hate UK helpline 2) Caseworker in post", "" },
        { "NI 32 stands at 14 per cent", "14%" },
        { "ex-NI8 score of 19.1%", "19.1%" },
        { "sessions of 90 minutes for 12 managers", "12" },
        { "within 8 weeks of starting", "" },
        { "for 2 years or more", "" },
        { "a rolling 12 month average of 6.2 percent", "6.2%" },
        { "spent \xC2\xA3"
          "5,000 on 3 events",
          "3" },
        { "Nil achieved.", "Nil" },
        { "two of the ten events", "two ten" },
        { "Objective two has been met", "" },
        { "Output 1A (target 200)", "200!" },
        { "places for 16/17 year olds", "" },
        { "those aged 18 to 24", "" },
        { "under 25s rose to 4%", "4%" },
        { "65+ residents: 12", "12" },
        { "Year 6 was 17.6%", "17.6%" },
        { "years 5 and 6 at 11.5%", "11.5%" },
        { "set for the 14 th Sept. and 15th October", "" },
        { "received 17th August", "" },
        { "up 3 percentage points", "3 percentage points" },
        { "fell by 1.5pp", "1.5 percentage points" },
        { "0.05% of 2,071", "0.05% 2,071" },
        { "On 31/03/2013 it was 5.", "5" },
        { "2000 Neighbourhood Champions", "2000" },
        { "in 2000 there were 14", "14" },
        { "FY21/22: 85 %", "85%" },
        { "Level 3 of 5 was reached", "5" },
        { "1 careers fair was held", "1" },
    };
    compare(phrases, COUNT(phrases), tell_figures);
}

static void forecasts_are_told_from_positions(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "4.8% now, and 10% is expected by the end of September", "4.8% 10%+@" },
        { "in order for 10% to have been in work by the end of September.", "10%@" },
        { "On track to reduce to 6% by March 2013.", "6%+" },
        { "We expect to deliver 34% only of family homes.", "34%+" },
        { "40 so far. We will reach 200.", "40 200+" },
        { "40 so far and we plan to reach 200", "40 200+" },
        { "Forecast outturn is 92%", "92%+" },
        { "It is anticipated that 80% will be trained", "80%+" },
        { "hoping for 95%", "95%+" },
        { "aims to train 60 managers", "60+" },
        { "likely to fall to 12%", "12%+" },
        { "projected to be 31.4% at year end", "31.4%+" },
        { "Delegates expected from at least 20 schools, roughly 40%", "20+ 40%+" },
        { "79% of plans were agreed", "79%" },
        { "We are confident of 75%", "75%+" },
        { "on course for 88%", "88%+" },
        { "55 were completed by the end of June", "55@" },
        { "should reach 50 by next quarter", "50+@" },
        { "Legal will not sign off a report", "" },
    };
    compare(phrases, COUNT(phrases), tell_figures);
}

static void targets_are_found(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "80% against a target of 86%.", "80% 86%!" },
        { "(target of 39% \xE2\x80\x93 March 2013)", "39%!" },
        { "target: 80%", "80%!" },
        { "Q1 is 2%, which is the target for the quarter", "2%!" },
        { "an 86% target", "86%!" },
        { "the target for 2012/13 is 39%", "39%!" },
        { "target was to be at least 75%", "75%!" },
        { "Above target: 179 were achieved", "179" },
        { "below target, 12% against 20%", "12% 20%" },
        { "Target met", "" },
        { "The target for 2011/12 was exceeded and has been increased by 5%", "5%" },
        { "exceeds the ex-NI8 target of 18.9% by 0.2%", "18.9%! 0.2%" },
        { "40% - The target was passed", "40%" },
        { "quarterly target (25) met with 27", "25! 27" },
    };
    compare(phrases, COUNT(phrases), tell_figures);
}

static void tell_target_spans(const struct narrative *narrative, struct text *out)
{
    for (size_t i = 0; i < narrative->target_count; i++)
        text_add_format(out, "%s%s%s", i ? " " : "",
                        narrative->targets[i].of_period ? "period" : "year",
                        narrative->targets[i].of_past_year ? "-named" : "");
}

static void a_target_of_the_period_says_so(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "Performance in Q1 is 80% against a target of 86%.", "year" },
        { "2%, the target for the quarter", "period" },
        { "the Q1 target of 25%", "period" },
        { "the quarterly target is 25%", "period" },
        { "a profiled target of 25%", "period" },
        { "the target for Q1 was 25%", "period" },
        { "the target for 2011/12 was 35%", "year-named" },
        { "an annual target of 25%", "year" },
    };
    compare(phrases, COUNT(phrases), tell_target_spans);
}

static void tell_periods(const struct narrative *narrative, struct text *out)
{
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *label = &narrative->periods[i];
        const char *kinds = "YHQMW";
        text_add_format(out, "%s%c%d.%d", i ? " " : "",
                        label->calendar_year ? 'C' : kinds[label->period.kind], label->period.year,
                        label->period.number);
    }
}

static void period_labels_are_read(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "Q1 2011-12", "Q2011.1" },
        { "Q4 2011/12, Q1 2012/13", "Q2011.4 Q2012.1" },
        { "Quarter 4 2012/13", "Q2012.4" },
        { "quarter 2 of 2023-24", "Q2023.2" },
        { "2023/24 Q3", "Q2023.3" },
        { "2012-13-Q1", "Q2012.1" },
        { "the first quarter", "Q0.1" },
        { "3rd quarter 2024/25", "Q2024.3" },
        { "since Q4", "Q0.4" },
        { "qtr 2", "Q0.2" },
        { "H1 2022/23", "H2022.1" },
        { "second half of 2022/23", "H2022.2" },
        { "2012/13", "Y2012.0" },
        { "2012/2013", "Y2012.0" },
        { "FY 2021-22", "Y2021.0" },
        { "FY21/22", "Y2021.0" },
        { "the same period in 10/11", "Y2010.0" },
        { "11/12 51% delivery", "Y2011.0" },
        { "9 of 10/11 schools", "" },
        { "2 / 10 of the events", "" },
        { "2011 Reception", "C2011.0" },
        { "May 2012", "M2012.5" },
        { "it may 2 or 3 times", "" },
        { "we march on", "" },
        { "by end of September", "M0.9" },
        { "31 March 2013", "M2013.3" },
        { "14th Sept.", "M0.9" },
        { "31/03/2013", "M2013.3" },
        { "2011 \xE2\x80\x93 12", "Y2011.0" },
        { "2012-14", "C2012.0" },
        { "16-18", "" },
        { "99/00 and 1999/2000", "Y1999.0" },
    };
    compare(phrases, COUNT(phrases), tell_periods);
}

static void tell_shares(const struct narrative *narrative, struct text *out)
{
    for (size_t i = 0; i < narrative->share_count; i++) {
        const struct narrative_share *share = &narrative->shares[i];
        const char *claim = share->claim == NARRATIVE_NONE
                                ? "-"
                                : narrative_figure_text(narrative, share->claim);
        text_add_format(out, "%s%s/%s=%s", i ? " " : "",
                        narrative_figure_text(narrative, share->part),
                        narrative_figure_text(narrative, share->whole), claim);
    }
}

static void shares_and_their_claims_are_read(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "23 of 27 (85%)", "23/27=85%" },
        { "15 out of 20 schools, 75 per cent", "15/20=75%" },
        { "2 / 10 calendar of events", "2/10=-" },
        { "5,850 of 6,000 young people aged 16-18 are in education: 97.5%", "5,850/6,000=97.5%" },
        { "85% (23 of 27)", "23/27=85%" },
        { "two of the ten events", "two/ten=-" },
        { "12 of 600 homes: 2%, target 10%", "12/600=2%" },
        { "12 of 600 homes against 10% nationally", "12/600=-" },
        { "20 of 200 plans lasted 2 years: 10%", "20/200=10%" },
        { "8 of a total of 12", "8/12=-" },
        { "50% of 80", "" },
        { "27 of 23", "" },
        { "6 of 8 in Q1 2012-13", "6/8=-" },
    };
    compare(phrases, COUNT(phrases), tell_shares);
}

static void tell_changes(const struct narrative *narrative, struct text *out)
{
    for (size_t i = 0; i < narrative->change_count; i++) {
        const struct narrative_change *change = &narrative->changes[i];
        const char *claim = change->claim == NARRATIVE_NONE
                                ? "-"
                                : narrative_figure_text(narrative, change->claim);
        text_add_format(out, "%s%s>%s=%s%s", i ? " " : "",
                        narrative_figure_text(narrative, change->before),
                        narrative_figure_text(narrative, change->after),
                        change->direction < 0 ? "-" : "", claim);
    }
}

static void changes_and_their_claims_are_read(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "15% increase in families: 86 Q4 2011-12, 101 Q1 2012-13", "86>101=15%" },
        { "101 in Q1 2012-13, 86 in Q4 2011-12, up 15%", "86>101=15%" },
        { "from 36.5% 2011 to 30.9% 2012", "36.5%>30.9%=-" },
        { "rose by 25% from 40 to 50", "40>50=25%" },
        { "a reduction of 20% (from 50 to 40)", "50>40=-20%" },
        { "50, up from 40", "40>50=-" },
        { "50 compared with 40 last year, a rise of 25%", "40>50=25%" },
        { "80 at the baseline, 92 in Q1 2012-13", "80>92=-" },
        { "from 45% in 2010/11 to 55% by March 2013", "45%>55%=-" },
        { "from April 2011 to April 2012", "" },
        { "moved from 3 sites to 12% of homes", "" },
        { "Harrow 19.1%, Barnet 19.1%, Ealing 18.4%", "" },
        { "75% agreed, 17% disagreed", "" },
    };
    compare(phrases, COUNT(phrases), tell_changes);
}

static void tell_bounds(const struct narrative *narrative, struct text *out)
{
    static const char *const signs[] = { [BOUND_BELOW] = "<",
                                         [BOUND_AT_MOST] = "<=",
                                         [BOUND_ABOVE] = ">",
                                         [BOUND_AT_LEAST] = ">=",
                                         [BOUND_BETWEEN] = "in" };
    for (size_t i = 0; i < narrative->bound_count; i++)
        text_add_format(out, "%s%s%s", i ? " " : "", signs[narrative->bounds[i].kind],
                        narrative_figure_text(narrative, narrative->bounds[i].token));
}

static void comparing_words_have_exact_meanings(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "remain below 25%", "<25%" },
        { "under 10", "<10" },
        { "less than 5%", "<5%" },
        { "fewer than 12 cases", "<12" },
        { "at most 20%", "<=20%" },
        { "no more than 20% and no more than 50%", "<=20% <=50%" },
        { "not more than 8", "<=8" },
        { "up to 40", "<=40" },
        { "a maximum of 15%", "<=15%" },
        { "should not exceed 15%", "<=15%" },
        { "above 86%", ">86%" },
        { "over 25,000 kits", ">25,000" },
        { "more than 78%", ">78%" },
        { "in excess of 90%", ">90%" },
        { "at least 97%", ">=97%" },
        { "a minimum of 80%", ">=80%" },
        { "no less than 60%", ">=60%" },
        { "no fewer than 60", ">=60" },
        { "80% or more", ">=80%" },
        { "6% or less", "<=6%" },
        { "between a score of 0.9 and 1.1", "" },
        { "between 0.9 and 1.1", "in0.9" },
        { "under review", "" },
        { "over the year 5 were held", "" },
    };
    compare(phrases, COUNT(phrases), tell_bounds);
}

static void phrases_are_found(void **state)
{
    (void)state;
    static const struct {
        enum phrase_list list;
        const char *words;
        bool expected;
    } cases[] = {
        { PHRASE_REVISION, "The target may need to be revised", true },
        { PHRASE_REVISION, "Q4 data for last year may improve slightly", true },
        { PHRASE_REVISION, "Figures have been recalculated", true },
        { PHRASE_REVISION, "restated after an error", true },
        { PHRASE_REVISION, "previously reported as 14%", true },
        { PHRASE_REVISION, "The policy is being reviewed", false },
        { PHRASE_REVISION, "staff took corrective action", false },
        { PHRASE_SMALL, "The relatively small numbers mean volatility", true },
        { PHRASE_SMALL, "The numbers are small in relative terms", true },
        { PHRASE_SMALL, "due to the small cohort", true },
        { PHRASE_SMALL, "numbers involved are very small", true },
        { PHRASE_SMALL, "a low response rate", true },
        { PHRASE_SMALL, "small businesses were helped", false },
        { PHRASE_AWAITING, "yet to be received", true },
        { PHRASE_AWAITING, "Next survey is due in October", true },
        { PHRASE_AWAITING, "Baseline and measurement to be established", true },
        { PHRASE_AWAITING, "data not available", true },
        { PHRASE_AWAITING, "Target met", false },
        { PHRASE_COMPARISON, "higher than for the same period last year", true },
        { PHRASE_COMPARISON, "The Q1 figure is 5", false },
        { PHRASE_SPAN, "gives 42.5% average over two years", true },
        { PHRASE_SPAN, "the 3 year average is 40%", true },
        { PHRASE_SPAN, "over the last three years", true },
        { PHRASE_SPAN, "an average of 40%", false },
        { PHRASE_OPPOSITE, "25% NEET", true },
        { PHRASE_OPPOSITE, "3% did not attend", true },
        { PHRASE_OPPOSITE, "97% attended", false },
        { PHRASE_FUTURE, "We hope to open in May", true },
        { PHRASE_FUTURE, "It opened", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct work work = support_work();
        struct narrative narrative = narrative_read(work.arena, cases[i].words);
        bool found = narrative_has(&narrative, cases[i].list, NULL, NULL);
        if (found != cases[i].expected)
            print_error("in: %s\n", cases[i].words);
        assert_int_equal(found, cases[i].expected);
        support_work_end(&work);
    }
}

static void tell_groups(const struct narrative *narrative, struct text *out)
{
    struct narrative_groups groups = narrative_groups_of(narrative);
    for (int year = 0; year <= 13; year++)
        if (groups.school_years & UINT32_C(1) << year)
            text_add_format(out, "y%d ", year);
    if (groups.has_ages)
        text_add_format(out, "%lld-%lld", (long long)groups.age_least, (long long)groups.age_most);
}

static void groups_of_people_are_read(void **state)
{
    (void)state;
    static const struct phrase phrases[] = {
        { "children in years 5 and 6", "y5 y6 " },
        { "Reception and Year 6", "y0 y6 " },
        { "Years 1-3", "y1 y2 y3 " },
        { "Y11 pupils", "y11 " },
        { "16-18 year olds", "16-18" },
        { "young people aged 16 to 18", "16-18" },
        { "adults aged 65 and over", "65-150" },
        { "under 25s", "0-24" },
        { "65+ residents", "65-150" },
        { "the reception desk", "" },
        { "over 5 years", "" },
        { "100 adults", "" },
    };
    compare(phrases, COUNT(phrases), tell_groups);
}

static void texts_are_alike_word_for_word(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *pasted = "Q1- 2 / 10 calendar of events delivered and attendance is to capacity";
    assert_int_equal(narrative_similarity(work.arena, pasted, pasted), 100);
    assert_true(narrative_similarity(work.arena, pasted,
                                     "Q1: 2/10 Calendar of Events delivered; attendance is to "
                                     "capacity") >= 90);
    assert_true(narrative_similarity(work.arena, pasted, "Completed surveys are yet to come") < 50);
    assert_int_equal(narrative_similarity(work.arena, "", ""), 0);
    assert_int_equal(narrative_similarity(work.arena, NULL, pasted), 0);
    struct narrative a = narrative_read(work.arena, "The Q1 figure is 16.13% and rising");
    struct narrative b = narrative_read(work.arena, "The Q1 figure is 47.58% and rising");
    assert_false(narrative_same_figures(&a, &b));
    assert_true(narrative_same_figures(&a, &a));
    support_work_end(&work);
}

static void overlap_is_of_meaningful_words(void **state)
{
    (void)state;
    struct work work = support_work();
    struct narrative progress = narrative_read(work.arena, "2 of 10 events of the calendar");
    struct narrative fits = narrative_read(work.arena, "our cultural calendar, ten events a year");
    struct narrative other = narrative_read(work.arena, "re-offending rates are down by 5%");
    assert_int_equal(narrative_overlap(&progress, &fits), 100);
    assert_int_equal(narrative_overlap(&progress, &other), 0);
    support_work_end(&work);
}

static void hostile_text_is_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text text = text_new(work.arena, 3 * NARRATIVE_MOST_BYTES);
    while (!text.is_full)
        text_add(&text, "will target from 9 to 10% (1) \xE2\x80\x93 \xC3\x28 years 5 and\n");
    struct narrative narrative = narrative_read(work.arena, text.bytes);
    assert_true(narrative.text.length == NARRATIVE_MOST_BYTES);
    assert_true(narrative.figure_count > 0);
    struct narrative odd = narrative_read(work.arena, "% %% 5 % 12,34 1.2.3 99999999999999999999");
    assert_int_equal(odd.figure_count > 0, true);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_told_from_dates_ages_and_names),
        cmocka_unit_test(forecasts_are_told_from_positions),
        cmocka_unit_test(targets_are_found),
        cmocka_unit_test(a_target_of_the_period_says_so),
        cmocka_unit_test(period_labels_are_read),
        cmocka_unit_test(shares_and_their_claims_are_read),
        cmocka_unit_test(changes_and_their_claims_are_read),
        cmocka_unit_test(comparing_words_have_exact_meanings),
        cmocka_unit_test(phrases_are_found),
        cmocka_unit_test(groups_of_people_are_read),
        cmocka_unit_test(texts_are_alike_word_for_word),
        cmocka_unit_test(overlap_is_of_meaningful_words),
        cmocka_unit_test(hostile_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
