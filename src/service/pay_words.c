/* Each figure's sentence, made once for all doors. */
#include "service/pay_words.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum { WHOLE = 1000, SENTENCE_MOST = 8192, PENNY = NUMBER_ONE / 100, NANO_IN_MILLIONTH = 1000 };

const char *const pay_band_words[PAY_QUARTERS] = { "lower", "lower middle", "upper middle",
                                                   "upper" };

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

const char *pay_gap_sentence(struct arena *arena, const struct people_groups *groups,
                             const struct pay_gap *gap, size_t group, const char *lead)
{
    const char *first = groups->groups[0].words, *second = groups->groups[group].words;
    if (gap->state != PAY_GAP_GIVEN)
        return arena_format(arena, "No figure: %s.", pay_state_words(gap->state));
    if (gap->tenths == 0)
        return arena_format(arena, "%s %s and %s get the same.", lead, second, first);
    return arena_format(arena, "%s %s get %sp for each pound that %s get.%s", lead, second,
                        pay_tenths_words(arena, WHOLE - gap->tenths), first,
                        gap->is_unproven ? " The last decimal could not be proved." : "");
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

static const char *period_words(enum pay_period period)
{
    static const char *const words[] = {
        [PAY_UNSAID] = "taken as monthly (the file does not say; it changes no gap)",
        [PAY_HOUR] = "hourly",
        [PAY_WEEK] = "weekly",
        [PAY_FORTNIGHT] = "fortnightly",
        [PAY_FOUR_WEEKS] = "four-weekly",
        [PAY_MONTH] = "monthly",
        [PAY_YEAR] = "annual",
    };
    return words[period];
}

const char *pay_basis_words(struct arena *arena, const struct pay_report *report)
{
    const struct pay_basis *basis = &report->basis;
    const char *how = "as it stands, whatever its period, because the file gives no hours";
    if (basis->is_hourly)
        how = "which is hourly already";
    else if (basis->is_full_time)
        how = "as it stands, because it is that of full-time posts, to which part-time hours do "
              "not belong";
    else if (basis->by_hour)
        how = arena_format(arena, "%s, divided by the hours of \"%s\"",
                           basis->has_periods ? "for each person's own pay period"
                                              : period_words(basis->period),
                           basis->hours);
    return arena_format(arena, "Pay is \"%s\", %s; %s is \"%s\".%s%s", basis->pay, how,
                        people_roles[report->groups.role].code, basis->group,
                        basis->bonus ? arena_format(arena, " Bonus is \"%s\".", basis->bonus) : "",
                        basis->status
                            ? arena_format(arena, " Leave is told by \"%s\".", basis->status)
                            : " No column tells who is on reduced pay because of leave, "
                              "so nobody is left out for it.");
}

const char *pay_tie_words(struct arena *arena, const struct people_groups *groups,
                          const struct pay_tie *tie)
{
    struct text text = text_new(arena, SENTENCE_MOST);
    int64_t people = 0;
    for (int band = 0; band < PAY_QUARTERS; band++) {
        if (tie->places[band] == 0)
            continue;
        bool is_first = true;
        text_add_format(&text, "; in the %s quarter ", pay_band_words[band]);
        people += tie->places[band];
        for (size_t group = 0; group < groups->count; group++) {
            int64_t count = tie->shared[group * PAY_QUARTERS + (size_t)band];
            if (count == 0)
                continue;
            text_add_format(&text, "%s%s %s", is_first ? "" : ", ",
                            number_print_count(arena, count), groups->groups[group].words);
            is_first = false;
        }
    }
    return arena_format(arena, "£%s: %s, places %s to %s%s.",
                        number_print(arena, tie->rate * PENNY, 2), pay_people_words(arena, people),
                        number_print_count(arena, tie->first),
                        number_print_count(arena, tie->first + people - 1), text.bytes);
}

const char *pay_ties_words(const struct pay_bands *bands)
{
    return bands->ties.count == 0
               ? "No rate of pay is shared between quarters, so there was nothing to choose."
               : "People on one rate who fall into several quarters were shared among them in the "
                 "same ratio, as nearly as whole people allow; another lawful order of them can "
                 "only choose between the numbers given as lawful choices";
}

const char *pay_top_words(struct arena *arena, const struct pay_report *report)
{
    const struct pay_figures *figures = &report->figures;
    struct text text = text_new(arena, SENTENCE_MOST);
    if (figures->top_people == 0)
        return NULL;
    for (size_t group = 0; group < report->groups.count; group++)
        text_add_format(
            &text, "%s%s %s", group > 0 ? ", " : "",
            pay_share_words(arena, figures->groups[group].top_full_time, figures->top_full_time),
            report->groups.groups[group].words);
    const char *passing =
        report->passing > 0
            ? arena_format(arena,
                           " %s on temporary or fixed-term contracts of a year or less (\"%s\") "
                           "are not among those who are ranked.",
                           pay_people_words(arena, report->passing), report->contract)
            : "";
    return arena_format(
        arena, "%s%s on £%s and more, with everybody on the pay of the last one: %s.%s",
        pay_people_words(arena, figures->top_people),
        report->basis.full_time ? arena_format(arena, " (%s full-time equivalent)",
                                               number_print_short(arena, figures->top_full_time))
                                : "",
        number_print(arena, figures->top_rate / NANO_IN_MILLIONTH, 2), text.bytes, passing);
}

struct list pay_check_words(struct arena *arena, const struct pay_report *report)
{
    struct list words = { 0 };
    if (report->below_minimum > 0)
        list_add(arena, &words,
                 arena_format(arena,
                              "%s below the lowest minimum wage, £%s an hour: are pay or hours "
                              "wrong?",
                              pay_people_words(arena, report->below_minimum),
                              number_print(arena, report->minimum * PENNY, 2)));
    if (report->far_above > 0)
        list_add(arena, &words,
                 arena_format(arena, "%s with more than a hundred times the median.",
                              pay_people_words(arena, report->far_above)));
    for (size_t i = 0; i < report->reduction_count; i++)
        list_add(arena, &words,
                 arena_format(arena, "\"%.*s\" was read as reduced pay because of leave (%s).",
                              (int)report->reductions[i].label.length,
                              report->reductions[i].label.start,
                              pay_people_words(arena, report->reductions[i].count)));
    return words;
}
