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

static const char *percent(struct page *page, int64_t tenths)
{
    const char *digits = pay_tenths_words(page->work->arena, tenths);
    return digits ? arena_format(page->work->arena, "%s%%", digits) : "-";
}

static const char *share(struct page *page, int64_t part, int64_t all)
{
    return pay_share_words(page->work->arena, part, all);
}

static const char *cut(struct arena *arena, const char *name)
{
    return cell_shortened(arena, name, NAME_LENGTH);
}

/* Who is counted --------------------------------------------------------------------------------
 */

static void print_left_out(struct page *page)
{
    const int64_t *standing = page->print->report->ranking.standing;
    struct text text = text_new(page->work->arena, 4096);
    int64_t all = 0;
    for (int i = PAY_COUNTED + 1; i < PAY_STANDING_COUNT; i++) {
        if (standing[i] == 0)
            continue;
        text_add_format(&text, "%s%s %s", all > 0 ? "; " : "", number(page, standing[i]),
                        pay_standing_words(page->work->arena, page->groups, (enum pay_standing)i));
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

static void print_basis(struct page *page)
{
    struct list sentences = pay_basis_sentences(page->work->arena, page->print->report);
    wrapped(page, "  ", pay_sentences_joined(page->work->arena, &sentences));
}

static void print_averaged(struct page *page)
{
    int64_t averaged = page->print->report->basis.averaged;
    if (averaged > 0)
        wrapped(page, "  ",
                arena_format(page->work->arena,
                             "The hours of %s are the average of the latest twelve weeks worked.",
                             pay_people_words(page->work->arena, averaged)));
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

static void print_gap(struct page *page, const char *name, const struct pay_gap *gap, size_t group,
                      enum pay_lead lead)
{
    struct arena *arena = page->work->arena;
    const char *value = gap->state == PAY_GAP_GIVEN ? percent(page, gap->tenths) : "-";
    struct list sentences = pay_gap_sentences(arena, page->groups, gap, group, lead);
    wrapped(page, arena_format(arena, "  %-22s %7s  ", name, value),
            pay_sentences_joined(arena, &sentences));
}

static void print_group(struct page *page, size_t group)
{
    const struct pay_group_figures *own = &page->figures->groups[group];
    const struct pay_group_figures *first = &page->figures->groups[0];
    struct arena *arena = page->work->arena;
    print_gap(page, "Mean pay gap", &own->mean_gap, group, PAY_LEAD_MEAN);
    print_gap(page, "Median pay gap", &own->median_gap, group, PAY_LEAD_MEDIAN);
    if (own->mean_bonus_gap.state == PAY_GAP_NOT_KNOWN) {
        wrapped(page, "  Bonus                        -  ",
                "No column says who was paid a bonus in the twelve months.");
        return;
    }
    print_gap(page, "Mean bonus gap", &own->mean_bonus_gap, group, PAY_LEAD_BONUS_MEAN);
    print_gap(page, "Median bonus gap", &own->median_bonus_gap, group, PAY_LEAD_BONUS_MEDIAN);
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
                             pay_people_words(page->work->arena, people),
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
            arena_format(page->work->arena, "  %s", pay_band_words[band]),
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
        cells[PAY_QUARTERS - band] = pay_band_words[band];
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

static void print_quarters(struct page *page)
{
    const struct list *ties = &page->figures->bands.ties;
    struct arena *arena = page->work->arena;
    heading(page, "The four quarters of the list, from the best paid down");
    if (page->groups->count == 2)
        print_quarters_of_pair(page);
    else
        print_quarters_of_several(page);
    wrapped(page, "  ",
            arena_format(arena, "%s%s", pay_ties_words(&page->figures->bands),
                         ties->count > 0 ? " --format json has these for all groups." : ""));
    for (size_t i = 0; i < ties->count && i < MOST_TIES_SHOWN; i++)
        wrapped(page, "  ", pay_tie_words(arena, page->groups, ties->items[i]));
}

/* The rest --------------------------------------------------------------------------------------
 */

static void print_top(struct page *page)
{
    struct arena *arena = page->work->arena;
    struct list sentences = pay_top_sentences(arena, page->print->report);
    if (sentences.count == 0)
        return;
    heading(page, "The top 5% of earners");
    wrapped(page, "  ",
            arena_format(arena, "%s %s.", pay_sentences_joined(arena, &sentences),
                         pay_top_shares(arena, page->print->report)));
}

static void print_checks(struct page *page)
{
    struct list words = pay_check_words(page->work->arena, page->print->report);
    if (words.count > 0)
        heading(page, "Look at these");
    for (size_t i = 0; i < words.count; i++)
        wrapped(page, "  ", words.items[i]);
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
            const char *mean = pay_gap_words(arena, &own->mean_gap);
            const char *median = pay_gap_words(arena, &own->median_gap);
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
