/* Each figure's sentence, made once for all doors. */
#include "service/pay_words.h"

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "base/banned.h"

enum { WHOLE = 1000, SENTENCE_MOST = 8192, PENNY = NUMBER_ONE / 100, NANO_IN_MILLIONTH = 1000 };

const char *const pay_band_words[PAY_QUARTERS] = { WORDS("lower"), WORDS("lower middle"),
                                                   WORDS("upper middle"), WORDS("upper") };

const char *pay_tenths_words(struct arena *arena, int64_t tenths)
{
    enum { TENTH = NUMBER_ONE / 10 };
    return tenths == INTEGER_MISSING ? NULL : number_print(arena, tenths * TENTH, 1);
}

const char *pay_gap_words(struct arena *arena, const struct pay_gap *gap)
{
    return gap->state == PAY_GAP_GIVEN ? pay_tenths_words(arena, gap->tenths) : NULL;
}

const char *pay_share_words(struct arena *arena, int64_t part, int64_t all)
{
    const char *digits = pay_tenths_words(arena, pay_share_tenths(part, all));
    return digits ? arena_format(arena, "%s%%", digits) : "-";
}

const char *pay_people_words(struct arena *arena, int64_t count)
{
    return arena_format(arena, "%s %s", number_print_count(arena, count),
                        count == 1 ? "person" : "people");
}

const char *pay_state_words(enum pay_gap_state state)
{
    static const char *const words[] = {
        [PAY_GAP_GIVEN] = NULL,
        [PAY_GAP_NO_COMPARATOR] = "there is nobody to compare with",
        [PAY_GAP_NOBODY] = "there is nobody in the group",
        [PAY_GAP_TOO_SMALL] = "a group is smaller than the least number that is compared",
        [PAY_GAP_NOT_KNOWN] = "no column of the file says it",
    };
    return words[state];
}

static const char *none_sentence(enum pay_gap_state state)
{
    static const char *const sentences[] = {
        [PAY_GAP_GIVEN] = NULL,
        [PAY_GAP_NO_COMPARATOR] = "No figure: there is nobody to compare with.",
        [PAY_GAP_NOBODY] = "No figure: there is nobody in the group.",
        [PAY_GAP_TOO_SMALL] =
            "No figure: a group is smaller than the least number that is compared.",
        [PAY_GAP_NOT_KNOWN] = "No figure: no column of the file says it.",
    };
    return sentences[state];
}

static const char *same_sentence(struct arena *arena, enum pay_lead lead, const char *first,
                                 const char *second)
{
    switch (lead) {
    case PAY_LEAD_MEAN:
        return arena_format(arena, "On average, %s and %s get the same.", second, first);
    case PAY_LEAD_MEDIAN:
        return arena_format(arena, "In the middle of each group, %s and %s get the same.", second,
                            first);
    case PAY_LEAD_BONUS_MEAN:
        return arena_format(arena, "Of those with a bonus, on average, %s and %s get the same.",
                            second, first);
    case PAY_LEAD_BONUS_MEDIAN:
        break;
    }
    return arena_format(arena,
                        "Of those with a bonus, in the middle of each group, %s and %s get the "
                        "same.",
                        second, first);
}

static const char *gap_sentence(struct arena *arena, enum pay_lead lead, const char *first,
                                const char *second, const char *pence)
{
    switch (lead) {
    case PAY_LEAD_MEAN:
        return arena_format(arena, "On average, %s get %sp for each pound that %s get.", second,
                            pence, first);
    case PAY_LEAD_MEDIAN:
        return arena_format(arena,
                            "In the middle of each group, %s get %sp for each pound that %s get.",
                            second, pence, first);
    case PAY_LEAD_BONUS_MEAN:
        return arena_format(arena,
                            "Of those with a bonus, on average, %s get %sp for each pound that %s "
                            "get.",
                            second, pence, first);
    case PAY_LEAD_BONUS_MEDIAN:
        break;
    }
    return arena_format(arena,
                        "Of those with a bonus, in the middle of each group, %s get %sp for each "
                        "pound that %s get.",
                        second, pence, first);
}

struct list pay_gap_sentences(struct arena *arena, const struct people_groups *groups,
                              const struct pay_gap *gap, size_t group, enum pay_lead lead)
{
    struct list sentences = { 0 };
    const char *first = groups->groups[0].words, *second = groups->groups[group].words;
    const char *sentence = none_sentence(gap->state);
    if (gap->state == PAY_GAP_GIVEN)
        sentence = gap->tenths == 0 ? same_sentence(arena, lead, first, second)
                                    : gap_sentence(arena, lead, first, second,
                                                   pay_tenths_words(arena, WHOLE - gap->tenths));
    list_add(arena, &sentences, arena_copy_text(arena, sentence));
    if (gap->state == PAY_GAP_GIVEN && gap->is_unproven)
        list_add(arena, &sentences,
                 arena_copy_text(arena, "The last decimal could not be proved."));
    return sentences;
}

const char *pay_standing_words(struct arena *arena, const struct people_groups *groups,
                               enum pay_standing standing)
{
    static const char *const words[PAY_STANDING_COUNT] = {
        [PAY_COUNTED] = "counted",
        [PAY_REDUCED] = "on reduced pay because of leave",
        [PAY_MISSING] = "without an amount of pay",
        [PAY_NIL] = "paid nothing",
        [PAY_NEGATIVE] = "with a negative amount",
        [PAY_TOO_LARGE] = "with an amount too large to be pay",
        [PAY_HOURS_MISSING] = "without hours",
        [PAY_HOURS_REFUSED] = "with hours not above 0, or above 60 a week",
    };
    return standing == PAY_GROUP_UNKNOWN
               ? arena_format(arena, "whose %s is not known or not compared",
                              people_roles[groups->role].code)
               : words[standing];
}

static const char *period_words(const struct pay_basis *basis)
{
    static const char *const words[] = {
        [PAY_UNSAID] = WORDS("taken as monthly (the file does not say; it changes no gap)"),
        [PAY_HOUR] = WORDS("hourly"),
        [PAY_WEEK] = WORDS("weekly"),
        [PAY_FORTNIGHT] = WORDS("fortnightly"),
        [PAY_FOUR_WEEKS] = WORDS("four-weekly"),
        [PAY_MONTH] = WORDS("monthly"),
        [PAY_YEAR] = WORDS("annual"),
    };
    return basis->has_periods ? WORDS("for each person's own pay period") : words[basis->period];
}

static const char *pay_sentence(struct arena *arena, const struct pay_basis *basis)
{
    if (basis->is_hourly)
        return arena_format(arena, "Pay is \"%s\", which is hourly already.", basis->pay);
    if (basis->is_full_time)
        return arena_format(arena,
                            "Pay is \"%s\" as it stands, because it is that of full-time posts, to "
                            "which part-time hours do not belong.",
                            basis->pay);
    if (basis->by_hour)
        return arena_format(arena, "Pay is \"%s\", %s, divided by the hours of \"%s\".", basis->pay,
                            period_words(basis), basis->hours);
    return arena_format(arena,
                        "Pay is \"%s\" as it stands, whatever its period, because the file gives "
                        "no hours.",
                        basis->pay);
}

static const char *group_sentence(struct arena *arena, const struct pay_report *report)
{
    const char *heading = report->basis.group;
    if (report->groups.role == PEOPLE_SEX)
        return arena_format(arena, "Sex is told by \"%s\".", heading);
    if (report->groups.role == PEOPLE_ETHNICITY)
        return arena_format(arena, "Ethnic group is told by \"%s\".", heading);
    return arena_format(arena, "Disability is told by \"%s\".", heading);
}

struct list pay_basis_sentences(struct arena *arena, const struct pay_report *report)
{
    const struct pay_basis *basis = &report->basis;
    struct list sentences = { 0 };
    list_add(arena, &sentences, arena_copy_text(arena, pay_sentence(arena, basis)));
    list_add(arena, &sentences, arena_copy_text(arena, group_sentence(arena, report)));
    if (basis->bonus)
        list_add(arena, &sentences, arena_format(arena, "Bonus is \"%s\".", basis->bonus));
    list_add(arena, &sentences,
             basis->status
                 ? arena_format(arena, "Leave is told by \"%s\".", basis->status)
                 : arena_copy_text(arena, "No column tells who is on reduced pay because of "
                                          "leave, so nobody is left out for it."));
    return sentences;
}

const char *pay_sentences_joined(struct arena *arena, const struct list *sentences)
{
    struct text text = text_new(arena, SENTENCE_MOST);
    for (size_t i = 0; i < sentences->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? " " : "", (const char *)sentences->items[i]);
    return text.bytes;
}

const char *pay_tie_sentence(struct arena *arena, const struct pay_tie *tie)
{
    int64_t people = 0;
    for (int band = 0; band < PAY_QUARTERS; band++)
        people += tie->places[band];
    return arena_format(arena, "The rate of £%s is shared by %s people, places %s to %s.",
                        number_print(arena, tie->rate * PENNY, 2),
                        number_print_count(arena, people), number_print_count(arena, tie->first),
                        number_print_count(arena, tie->first + people - 1));
}

const char *pay_tie_words(struct arena *arena, const struct people_groups *groups,
                          const struct pay_tie *tie)
{
    struct text text = text_new(arena, SENTENCE_MOST);
    for (int band = 0; band < PAY_QUARTERS; band++) {
        if (tie->places[band] == 0)
            continue;
        bool is_first = true;
        text_add_format(&text, " In the %s quarter: ", pay_band_words[band]);
        for (size_t group = 0; group < groups->count; group++) {
            int64_t count = tie->shared[group * PAY_QUARTERS + (size_t)band];
            if (count == 0)
                continue;
            text_add_format(&text, "%s%s %s", is_first ? "" : ", ",
                            number_print_count(arena, count), groups->groups[group].words);
            is_first = false;
        }
        text_add(&text, ".");
    }
    return arena_format(arena, "%s%s", pay_tie_sentence(arena, tie), text.bytes);
}

const char *pay_ties_words(const struct pay_bands *bands)
{
    return bands->ties.count == 0
               ? "No rate of pay is shared between quarters, so there was nothing to choose."
               : "People on one rate who fall into several quarters were shared among them in the "
                 "same ratio, as nearly as whole people allow; another lawful order of them can "
                 "only choose between the numbers given as lawful choices.";
}

const char *pay_top_shares(struct arena *arena, const struct pay_report *report)
{
    const struct pay_figures *figures = &report->figures;
    struct text text = text_new(arena, SENTENCE_MOST);
    for (size_t group = 0; group < report->groups.count; group++)
        text_add_format(
            &text, "%s%s %s", group > 0 ? ", " : "",
            pay_share_words(arena, figures->groups[group].top_full_time, figures->top_full_time),
            report->groups.groups[group].words);
    return text.bytes;
}

struct list pay_top_sentences(struct arena *arena, const struct pay_report *report)
{
    const struct pay_figures *figures = &report->figures;
    struct list sentences = { 0 };
    if (figures->top_people == 0)
        return sentences;
    list_add(arena, &sentences,
             arena_format(arena,
                          "People on £%s and more, with everybody on the pay of the last one: %s.",
                          number_print(arena, figures->top_rate / NANO_IN_MILLIONTH, 2),
                          number_print_count(arena, figures->top_people)));
    if (report->basis.full_time)
        list_add(arena, &sentences,
                 arena_format(arena, "Their full-time equivalent: %s.",
                              number_print_short(arena, figures->top_full_time)));
    if (report->passing > 0)
        list_add(arena, &sentences,
                 arena_format(arena,
                              "People on temporary or fixed-term contracts of a year or less "
                              "(\"%s\"), who are not among those who are ranked: %s.",
                              report->contract, number_print_count(arena, report->passing)));
    return sentences;
}

struct list pay_check_words(struct arena *arena, const struct pay_report *report)
{
    struct list words = { 0 };
    if (report->below_minimum > 0)
        list_add(arena, &words,
                 arena_format(arena,
                              "People below the lowest minimum wage, £%s an hour: %s. Look at "
                              "their pay and hours.",
                              number_print(arena, report->minimum * PENNY, 2),
                              number_print_count(arena, report->below_minimum)));
    if (report->far_above > 0)
        list_add(arena, &words,
                 arena_format(arena, "People with more than a hundred times the median: %s.",
                              number_print_count(arena, report->far_above)));
    for (size_t i = 0; i < report->reduction_count; i++)
        list_add(
            arena, &words,
            arena_format(arena, "\"%.*s\" was read as reduced pay because of leave; people: %s.",
                         (int)report->reductions[i].label.length, report->reductions[i].label.start,
                         number_print_count(arena, report->reductions[i].count)));
    return words;
}
