/* The figures as a page that can be read from top to bottom. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/paygap.h"
#include "service/people_view.h"
#include "base/banned.h"

enum { MOST_UNITS_SHOWN = 60, MOST_TIES_SHOWN = 6, NAME_LENGTH = 36, WHOLE = 1000 };

/* Printing under way; after a failure nothing more is printed. */
struct page {
    struct work *work;
    const struct paygap_print *print;
    const struct people_groups *groups;
    const struct pay_figures *figures;
    enum status status;
};

static void line(struct page *page, const char *words)
{
    if (page->status == STATUS_OK)
        page->status = print_line(page->work, "%s", words);
}

static void wrapped(struct page *page, const char *label, const char *words)
{
    if (page->status == STATUS_OK)
        page->status = print_wrapped(page->work, label, words);
}

static void heading(struct page *page, const char *words)
{
    line(page, "");
    line(page, words);
}

static const char *number(struct page *page, int64_t count)
{
    return count_words(page->work->arena, count);
}

static const char *people_words(struct page *page, int64_t count)
{
    return arena_format(page->work->arena, "%s %s", number(page, count),
                        count == 1 ? "person" : "people");
}

static const char *percent(struct page *page, int64_t tenths)
{
    const char *digits = paygap_tenths(page->work->arena, tenths);
    return digits ? arena_format(page->work->arena, "%s%%", digits) : "-";
}

static const char *share(struct page *page, int64_t part, int64_t all)
{
    return percent(page, pay_share_tenths(part, all));
}

static const char *cut(struct arena *arena, const char *name)
{
    return cell_shortened(arena, name, NAME_LENGTH);
}

/* Who is counted --------------------------------------------------------------------------------
 */

static const char *standing_words(struct page *page, int standing)
{
    static const char *const words[PAY_STANDING_COUNT] = {
        [PAY_REDUCED] = "on reduced pay because of leave",
        [PAY_MISSING] = "without an amount of pay",
        [PAY_NIL] = "paid nothing",
        [PAY_NEGATIVE] = "with a negative amount",
        [PAY_TOO_LARGE] = "with an amount too large to be pay",
        [PAY_HOURS_MISSING] = "without hours",
        [PAY_HOURS_REFUSED] = "with hours not above 0, or above 60 a week",
    };
    return standing == PAY_GROUP_UNKNOWN
               ? arena_format(page->work->arena, "whose %s is not known or not compared",
                              people_roles[page->groups->role].code)
               : words[standing];
}

static void print_left_out(struct page *page)
{
    const int64_t *standing = page->print->report->ranking.standing;
    struct text text = text_new(page->work->arena, 4096);
    int64_t all = 0;
    for (int i = PAY_COUNTED + 1; i < PAY_STANDING_COUNT; i++) {
        if (standing[i] == 0)
            continue;
        text_add_format(&text, "%s%s %s", all > 0 ? "; " : "", number(page, standing[i]),
                        standing_words(page, i));
        all += standing[i];
    }
    if (all == 0)
        line(page, "  Nobody is left out.");
    else
        wrapped(page, "  ",
                arena_format(page->work->arena, "Left out: %s of %s people. %s.", number(page, all),
                             number(page, all + standing[0]), text.bytes));
    const struct people *people = page->print->people;
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        if (people->refused[i] > 0)
            wrapped(page, "  ",
                    arena_format(page->work->arena, "Rows not taken: %s, %s.",
                                 number(page, people->refused[i]),
                                 people_refusal_words((enum people_refusal)i)));
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

static void print_basis(struct page *page)
{
    const struct pay_basis *basis = &page->print->report->basis;
    struct arena *arena = page->work->arena;
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
    wrapped(page, "  ",
            arena_format(arena, "Pay is \"%s\", %s; %s is \"%s\".%s%s", basis->pay, how,
                         people_roles[page->groups->role].code, basis->group,
                         basis->bonus ? arena_format(arena, " Bonus is \"%s\".", basis->bonus) : "",
                         basis->status
                             ? arena_format(arena, " Leave is told by \"%s\".", basis->status)
                             : " No column tells who is on reduced pay because of leave, "
                               "so nobody is left out for it."));
}

static void print_averaged(struct page *page)
{
    int64_t averaged = page->print->report->basis.averaged;
    if (averaged > 0)
        wrapped(page, "  ",
                arena_format(page->work->arena,
                             "The hours of %s are the average of the latest twelve weeks worked.",
                             people_words(page, averaged)));
}

static void print_population(struct page *page)
{
    struct arena *arena = page->work->arena;
    const struct pay_ranking *ranking = &page->print->report->ranking;
    int64_t all = 0, unknown = ranking->standing[PAY_GROUP_UNKNOWN];
    for (size_t i = 0; i < page->groups->count; i++)
        all += page->figures->groups[i].pay.people;
    heading(page, "Who is counted");
    for (size_t i = 0; i < page->groups->count; i++)
        line(page, arena_format(arena, "  %9s  %6s  %s",
                                number(page, page->figures->groups[i].pay.people),
                                share(page, page->figures->groups[i].pay.people, all),
                                page->groups->groups[i].title));
    print_left_out(page);
    if (unknown > 0)
        wrapped(page, "  ",
                arena_format(arena, "Of everybody, the %s of %s is not known.",
                             people_roles[page->groups->role].code,
                             share(page, unknown, (int64_t)ranking->columns->count)));
    print_basis(page);
    print_averaged(page);
}

/* The gaps --------------------------------------------------------------------------------------
 */

/* "On average, women are paid 87.7p for each pound that men are paid." */
static const char *gap_sentence(struct page *page, const struct pay_gap *gap, size_t group,
                                const char *lead)
{
    struct arena *arena = page->work->arena;
    const char *first = page->groups->groups[0].words, *second = page->groups->groups[group].words;
    if (gap->state != PAY_GAP_GIVEN)
        return arena_format(arena, "No figure: %s.", paygap_state_words(gap->state));
    if (gap->tenths == 0)
        return arena_format(arena, "%s %s and %s get the same.", lead, second, first);
    return arena_format(arena, "%s %s get %sp for each pound that %s get.%s", lead, second,
                        paygap_tenths(arena, WHOLE - gap->tenths), first,
                        gap->is_unproven ? " The last decimal could not be proved." : "");
}

static void print_gap(struct page *page, const char *name, const struct pay_gap *gap,
                      const char *sentence)
{
    const char *value = gap->state == PAY_GAP_GIVEN ? percent(page, gap->tenths) : "-";
    wrapped(page, arena_format(page->work->arena, "  %-22s %7s  ", name, value), sentence);
}

static void print_group(struct page *page, size_t group)
{
    const struct pay_group_figures *own = &page->figures->groups[group];
    const struct pay_group_figures *first = &page->figures->groups[0];
    struct arena *arena = page->work->arena;
    print_gap(page, "Mean pay gap", &own->mean_gap,
              gap_sentence(page, &own->mean_gap, group, "On average,"));
    print_gap(page, "Median pay gap", &own->median_gap,
              gap_sentence(page, &own->median_gap, group, "In the middle of each group,"));
    if (own->mean_bonus_gap.state == PAY_GAP_NOT_KNOWN) {
        wrapped(page, "  Bonus                        -  ",
                "No column says who was paid a bonus in the twelve months.");
        return;
    }
    print_gap(
        page, "Mean bonus gap", &own->mean_bonus_gap,
        gap_sentence(page, &own->mean_bonus_gap, group, "Of those with a bonus, on average,"));
    print_gap(page, "Median bonus gap", &own->median_bonus_gap,
              gap_sentence(page, &own->median_bonus_gap, group,
                           "Of those with a bonus, in the middle of each group,"));
    wrapped(page, "  Paid a bonus                    ",
            arena_format(
                arena, "%s of %s (%s of %s) and %s of %s (%s of %s).",
                share(page, first->bonus.people, first->relevant), page->groups->groups[0].words,
                number(page, first->bonus.people), number(page, first->relevant),
                share(page, own->bonus.people, own->relevant), page->groups->groups[group].words,
                number(page, own->bonus.people), number(page, own->relevant)));
}

/* Two groups: a sentence a figure. */
static void print_pair(struct page *page)
{
    struct arena *arena = page->work->arena;
    int64_t people = page->figures->groups[1].pay.people;
    heading(page, arena_format(arena, "%s compared with %s", page->groups->groups[1].title,
                               page->groups->groups[0].words));
    print_group(page, 1);
    if (people > 0 && people < page->groups->robust_people)
        wrapped(page, "  ",
                arena_format(arena,
                             "Only %s: fewer than the %s with which a "
                             "figure is robust.",
                             people_words(page, people),
                             number(page, page->groups->robust_people)));
}

static const char *gap_cell(struct page *page, const struct pay_gap *gap)
{
    return gap->state == PAY_GAP_GIVEN ? percent(page, gap->tenths) : "-";
}

/* More groups: a line a group. */
static void print_several(struct page *page)
{
    struct arena *arena = page->work->arena;
    const struct people_groups *groups = page->groups;
    struct table_text *table = table_text_new(arena, 7);
    const char *const titles[] = { "  Group",    "People",       "Mean",        "Median",
                                   "Mean bonus", "Median bonus", "Paid a bonus" };
    heading(page, arena_format(arena, "The gap of each group to %s", groups->groups[0].title));
    wrapped(page, "  ",
            arena_format(arena,
                         "Above 0%%, %s get more: at 10%%, the group gets 90p "
                         "for each pound that they get. A dash: one of the two "
                         "has fewer than %s people, or nobody with a bonus. A "
                         "star: fewer than the %s with which a figure is robust.",
                         groups->groups[0].title, number(page, groups->least_people),
                         number(page, groups->robust_people)));
    table_text_add(table, titles);
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_group_figures *own = &page->figures->groups[group];
        bool is_first = group == 0, is_few = own->pay.people < groups->robust_people;
        bool has_bonus = page->figures->groups[1].mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
        const char *const cells[] = {
            arena_format(arena, "  %s%s", cut(arena, groups->groups[group].title),
                         is_few ? " *" : ""),
            number(page, own->pay.people),
            is_first ? "" : gap_cell(page, &own->mean_gap),
            is_first ? "" : gap_cell(page, &own->median_gap),
            is_first ? "" : gap_cell(page, &own->mean_bonus_gap),
            is_first ? "" : gap_cell(page, &own->median_bonus_gap),
            has_bonus ? share(page, own->bonus.people, own->relevant) : "-",
        };
        table_text_add(table, cells);
    }
    if (page->status == STATUS_OK)
        page->status = table_text_print(page->work, table);
}

/* Quarters --------------------------------------------------------------------------------------
 */

static const char *range_words(struct page *page, const struct pay_band_counts *counts, int band)
{
    if (counts->least[band] == counts->most[band])
        return "no other";
    return arena_format(page->work->arena, "%s to %s", number(page, counts->least[band]),
                        number(page, counts->most[band]));
}

static void print_quarters_of_pair(struct page *page)
{
    const struct pay_bands *bands = &page->figures->bands;
    const struct pay_band_counts *first = &bands->groups[0], *own = &bands->groups[1];
    struct table_text *table = table_text_new(page->work->arena, 7);
    const char *const titles[] = { "  Quarter",
                                   "People",
                                   page->groups->groups[0].title,
                                   "%",
                                   page->groups->groups[1].title,
                                   "%",
                                   "Lawful choices" };
    table_text_add(table, titles);
    for (int band = PAY_QUARTERS - 1; band >= 0; band--) {
        int64_t size = bands->size[band];
        const char *const cells[] = {
            arena_format(page->work->arena, "  %s", paygap_bands[band]),
            number(page, size),
            number(page, first->people[band]),
            share(page, first->people[band], size),
            number(page, own->people[band]),
            share(page, own->people[band], size),
            range_words(page, own, band),
        };
        table_text_add(table, cells);
    }
    if (page->status == STATUS_OK)
        page->status = table_text_print(page->work, table);
}

static void print_quarters_of_several(struct page *page)
{
    const struct pay_bands *bands = &page->figures->bands;
    struct table_text *table = table_text_new(page->work->arena, 1 + PAY_QUARTERS);
    const char *cells[1 + PAY_QUARTERS] = { "  Group" };
    for (int band = 0; band < PAY_QUARTERS; band++)
        cells[PAY_QUARTERS - band] = paygap_bands[band];
    table_text_add(table, cells);
    for (size_t group = 0; group <= page->groups->count; group++) {
        bool is_total = group == page->groups->count;
        cells[0] = arena_format(
            page->work->arena, "  %s",
            is_total ? "Everybody" : cut(page->work->arena, page->groups->groups[group].title));
        for (int band = 0; band < PAY_QUARTERS; band++) {
            int64_t size = bands->size[band];
            int64_t people = is_total ? size : bands->groups[group].people[band];
            cells[PAY_QUARTERS - band] = arena_format(
                page->work->arena, "%s (%s)", number(page, people), share(page, people, size));
        }
        table_text_add(table, cells);
    }
    if (page->status == STATUS_OK)
        page->status = table_text_print(page->work, table);
}

static void print_tie(struct page *page, const struct pay_tie *tie)
{
    struct arena *arena = page->work->arena;
    struct text text = text_new(arena, 8192);
    int64_t people = 0;
    for (int band = 0; band < PAY_QUARTERS; band++) {
        if (tie->places[band] == 0)
            continue;
        bool is_first = true;
        text_add_format(&text, "%s%s: ", people > 0 ? "; " : "", paygap_bands[band]);
        people += tie->places[band];
        for (size_t group = 0; group < page->groups->count; group++) {
            int64_t count = tie->shared[group * PAY_QUARTERS + (size_t)band];
            if (count == 0)
                continue;
            text_add_format(&text, "%s%s %s", is_first ? "" : ", ", number(page, count),
                            page->groups->groups[group].words);
            is_first = false;
        }
    }
    enum { PENNY = NUMBER_ONE / 100 };
    wrapped(page, "  ",
            arena_format(arena, "£%s: %s, places %s to %s. %s.",
                         number_print(arena, tie->rate * PENNY, 2), people_words(page, people),
                         number(page, tie->first), number(page, tie->first + people - 1),
                         text.bytes));
}

static void print_quarters(struct page *page)
{
    const struct list *ties = &page->figures->bands.ties;
    heading(page, "The four quarters of the list, from the best paid down");
    if (page->groups->count == 2)
        print_quarters_of_pair(page);
    else
        print_quarters_of_several(page);
    if (ties->count == 0) {
        wrapped(page, "  ",
                "No rate of pay is shared between quarters, so there was nothing to "
                "choose.");
        return;
    }
    wrapped(page, "  ",
            "People on one rate who fall into several quarters were shared among them in the same "
            "ratio, as nearly as whole people allow; another lawful order of them can only choose "
            "between the numbers given as lawful choices (--format json has them for all groups).");
    for (size_t i = 0; i < ties->count && i < MOST_TIES_SHOWN; i++)
        print_tie(page, ties->items[i]);
}

/* The rest --------------------------------------------------------------------------------------
 */

static void print_top(struct page *page)
{
    const struct pay_figures *figures = page->figures;
    struct arena *arena = page->work->arena;
    enum { NANO_IN_MILLIONTH = 1000 };
    struct text text = text_new(arena, 8192);
    if (figures->top_people == 0)
        return;
    heading(page, "The top 5% of earners");
    for (size_t group = 0; group < page->groups->count; group++)
        text_add_format(&text, "%s%s %s", group > 0 ? ", " : "",
                        share(page, figures->groups[group].top_full_time, figures->top_full_time),
                        page->groups->groups[group].words);
    wrapped(page, "  ",
            arena_format(arena,
                         "%s%s on £%s and more, with everybody on the pay of the last one: "
                         "%s.",
                         people_words(page, figures->top_people),
                         page->print->report->basis.full_time
                             ? arena_format(arena, " (%s full-time equivalent)",
                                            number_print_short(arena, figures->top_full_time))
                             : "",
                         number_print(arena, figures->top_rate / NANO_IN_MILLIONTH, 2),
                         text.bytes));
}

static void print_checks(struct page *page)
{
    const struct pay_report *report = page->print->report;
    struct arena *arena = page->work->arena;
    if (report->below_minimum == 0 && report->far_above == 0 && report->reduction_count == 0)
        return;
    heading(page, "Look at these");
    if (report->below_minimum > 0)
        wrapped(page, "  ",
                arena_format(arena,
                             "%s below the lowest minimum wage, £%s an hour: are pay or hours "
                             "wrong?",
                             people_words(page, report->below_minimum),
                             number_print(arena, report->minimum * (NUMBER_ONE / 100), 2)));
    if (report->far_above > 0)
        wrapped(page, "  ",
                arena_format(arena, "%s with more than a hundred times the median.",
                             people_words(page, report->far_above)));
    for (size_t i = 0; i < report->reduction_count; i++)
        wrapped(page, "  ",
                arena_format(arena, "\"%.*s\" was read as reduced pay because of leave (%s).",
                             (int)report->reductions[i].label.length,
                             report->reductions[i].label.start,
                             people_words(page, report->reductions[i].count)));
}

static void print_units(struct page *page)
{
    const struct pay_report *report = page->print->report;
    struct arena *arena = page->work->arena;
    if (report->unit_count == 0)
        return;
    heading(page, "Units");
    struct table_text *table = table_text_new(arena, 6);
    const char *const titles[] = { "  Unit",   cut(arena, page->groups->groups[0].title),
                                   "Group",    "People",
                                   "Mean gap", "Median gap" };
    table_text_add(table, titles);
    size_t shown = 0;
    for (size_t i = 0; i < report->unit_count && shown < MOST_UNITS_SHOWN; i++, shown++) {
        const struct pay_unit *unit = &report->units[i];
        for (size_t group = 1; group < page->groups->count; group++) {
            const struct pay_group_figures *own = &unit->figures.groups[group];
            const char *mean = paygap_gap(arena, &own->mean_gap);
            const char *median = paygap_gap(arena, &own->median_gap);
            const char *const cells[] = {
                arena_format(arena, "  %*s%s", (int)unit->depth * 2, "",
                             group > 1 ? "" : cut(arena, unit->name)),
                number(page, unit->figures.groups[0].pay.people),
                cut(arena, page->groups->groups[group].title),
                number(page, own->pay.people),
                mean ? arena_format(arena, "%s%%", mean) : "-",
                median ? arena_format(arena, "%s%%", median) : "-",
            };
            table_text_add(table, cells);
        }
    }
    if (page->status == STATUS_OK)
        page->status = table_text_print(page->work, table);
    if (shown < report->unit_count)
        line(page, arena_format(arena, "  and %s more; --format csv has them all.",
                                number(page, (int64_t)(report->unit_count - shown))));
}

enum status paygap_print_text(struct work *work, const struct paygap_print *print)
{
    struct page page = { .work = work,
                         .print = print,
                         .groups = &print->report->groups,
                         .figures = &print->report->figures };
    line(&page, arena_format(work->arena, "Pay gap by %s: %s", people_roles[page.groups->role].code,
                             print->files));
    wrapped(&page, "", PEOPLE_UNPROTECTED);
    print_population(&page);
    if (page.groups->count == 2)
        print_pair(&page);
    else
        print_several(&page);
    print_quarters(&page);
    print_top(&page);
    print_checks(&page);
    print_units(&page);
    return page.status;
}
