/* Kinds about the words of a row: pasted narratives, percentages, period labels, restatements. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check_parts.h"
#include "stats/aggregate.h"
#include "base/banned.h"

enum {
    DUPLICATE_LEAST_WORDS = 8,  /* shorter texts say the same of many things */
    DUPLICATE_PLAIN_WORDS = 20, /* a text without any figure must be at least so long */
    DUPLICATE_LIKENESS = 90,    /* per cent of words in common, in order */
    DUPLICATE_LEAST_SHARED = 80,
    ROUGHLY_POINTS = 3, /* what "about" and "roughly" may be off, in percentage points */
};

static size_t words_of(const struct narrative *narrative)
{
    size_t count = 0;
    for (size_t i = 0; i < narrative->count; i++)
        count += narrative->tokens[i].kind != TOKEN_MARK;
    return count;
}

bool check_may_be_repeated(const struct narrative *narrative)
{
    size_t words = words_of(narrative);
    return words >= DUPLICATE_PLAIN_WORDS ||
           (words >= DUPLICATE_LEAST_WORDS && narrative->figure_count > 0);
}

/* True when the rows report the same measure, or one reports a part of the other's. */
static bool is_related(const struct return_line *a, const struct return_line *b)
{
    for (size_t i = 0; i < a->measure_count; i++)
        for (size_t j = 0; j < b->measure_count; j++) {
            const struct measure *first = a->measures[i].measure, *second = b->measures[j].measure;
            if (first->id == second->id || first->parent == second->id ||
                second->parent == first->id)
                return true;
        }
    return false;
}

bool check_has_most_words(uint64_t a, uint64_t b)
{
    int in_common = __builtin_popcountll(a & b), in_either = __builtin_popcountll(a | b);
    return in_either > 0 && in_common * 100 >= in_either * DUPLICATE_LEAST_SHARED;
}

bool check_is_alike(struct arena *arena, const char *a, const char *b)
{
    return narrative_similarity(arena, a, b) >= DUPLICATE_LIKENESS;
}

/* The cheapest question first: of two rows nearly all say something else. */
static bool is_duplicate(const struct check *check, const struct check_line *a,
                         struct check_line *b)
{
    if (!check_has_most_words(a->signature, check_line_signature(b)) ||
        is_related(a->line, b->line) ||
        !check_is_alike(check->arena, a->line->row->progress, b->line->row->progress))
        return false;
    check_line_read(check, b);
    return narrative_same_figures(&a->progress, &b->progress);
}

void check_narrative_duplicated(struct check *check, const struct check_line *line)
{
    if (!check_may_be_repeated(&line->progress))
        return;
    for (size_t i = 0; i < line->alike_count; i++) {
        struct check_line *other = line->alike[i];
        if (other == line || !is_duplicate(check, line, other))
            continue;
        int own = narrative_overlap(&line->progress, &line->criterion);
        int theirs = narrative_overlap(&line->progress, &other->criterion);
        const char *advice =
            own < theirs   ? "It speaks of that row; write this row's own progress."
            : own > theirs ? "It speaks of this row; have the other one written anew."
                           : "Find out which of the two it speaks of, and write the other anew.";
        check_add(check, line, NULL, check_quote(check, line->progress.text),
                  "The progress text stands word for word, or nearly, in row %s of %s as well. %s",
                  other->line->row->reference, other->line->head->unit_name, advice);
        return;
    }
}

/* True when a word before the figure says that it is not meant exactly. */
static bool is_rough(const struct narrative *narrative, size_t token)
{
    static const char *const words[] = { "roughly", "about",  "approximately", "approx",
                                         "around",  "nearly", "almost",        "some",
                                         "circa",   "over",   "just",          "under" };
    for (size_t back = 1; back <= 2 && back <= token; back++)
        for (size_t i = 0; i < ARRAY_COUNT(words); i++)
            if (strcmp(narrative->tokens[token - back].word, words[i]) == 0)
                return true;
    return false;
}

static bool is_near(int64_t exact, int64_t printed)
{
    int64_t apart = exact > printed ? exact - printed : printed - exact;
    return apart <= ROUGHLY_POINTS * NUMBER_ONE;
}

/* Compares a printed percentage with part / whole, and says so when they differ. */
static bool contradict_share(struct check *check, const struct check_line *line, int64_t part,
                             int64_t whole, size_t claim)
{
    const struct narrative *progress = &line->progress;
    const struct token *printed = &progress->tokens[claim];
    int64_t exact = 0;
    if (!number_percent(part, whole, &exact) ||
        percent_agrees(part, whole, printed->number, printed->decimals) ||
        (is_rough(progress, claim) && is_near(exact, printed->number)))
        return false;
    check_add(check, line, NULL, check_quote(check, narrative_sentence(progress, claim)),
              "The text says %s, but %s of %s is %s%%. Correct the percentage or the numbers.",
              narrative_figure_text(progress, claim), number_print_short(check->arena, part),
              number_print_short(check->arena, whole),
              number_print_short(check->arena, number_round(exact, printed->decimals + 1)));
    return true;
}

static bool contradict_change(struct check *check, const struct check_line *line,
                              const struct narrative_change *change)
{
    const struct narrative *progress = &line->progress;
    const struct token *printed = &progress->tokens[change->claim];
    int64_t before = progress->tokens[change->before].number;
    int64_t after = progress->tokens[change->after].number, growth = 0;
    if (!growth_percent(before, after, &growth))
        return false;
    int sign = change->direction ? change->direction : growth < 0 ? -1 : 1;
    int64_t claimed = sign * printed->number;
    int64_t points = number_round(after - before, printed->decimals);
    bool agrees = growth_agrees(before, after, claimed, printed->decimals) ||
                  (progress->tokens[change->after].percent && points == claimed) ||
                  (is_rough(progress, change->claim) && is_near(growth, claimed));
    if (agrees)
        return false;
    check_add(check, line, NULL, check_quote(check, narrative_sentence(progress, change->claim)),
              "The text says %s, but from %s to %s is a change of %s%%. Correct the percentage or "
              "the numbers.",
              narrative_figure_text(progress, change->claim),
              narrative_figure_text(progress, change->before),
              narrative_figure_text(progress, change->after),
              number_print_short(check->arena, number_round(growth, printed->decimals + 1)));
    return true;
}

/* "23 (85%)" and "23 were achieved (85%)": the whole is the recorded target. */
static bool contradict_target(struct check *check, const struct check_line *line, size_t figure)
{
    const struct narrative *progress = &line->progress;
    const struct narrative_figure *claim = &progress->figures[figure];
    const struct narrative_figure *part = figure > 0 ? &progress->figures[figure - 1] : NULL;
    if (!part || !claim->percent || claim->points || part->percent || part->is_target ||
        part->sentence != claim->sentence || claim->token - part->token > 5 ||
        strcmp(progress->tokens[claim->token - 1].word, "(") != 0 || line->line->measure_count != 1)
        return false;
    const struct target *target = line->line->measures[0].annual;
    int64_t number = 0;
    if (!target || target->value == INTEGER_MISSING || target->value == 0 ||
        rating_is_percentage(line->line->measures[0].measure) || !check_row_number(line, &number) ||
        number != part->number)
        return false;
    return contradict_share(check, line, part->number, target->value, claim->token);
}

static bool is_part_of_share(const struct narrative *narrative, size_t token)
{
    for (size_t i = 0; i < narrative->share_count; i++)
        if (narrative->shares[i].claim == token)
            return true;
    return false;
}

void check_percentage_contradicted(struct check *check, const struct check_line *line)
{
    const struct narrative *progress = &line->progress;
    for (size_t i = 0; i < progress->share_count; i++) {
        const struct narrative_share *share = &progress->shares[i];
        if (share->claim != NARRATIVE_NONE &&
            contradict_share(check, line, progress->tokens[share->part].number,
                             progress->tokens[share->whole].number, share->claim))
            return;
    }
    for (size_t i = 0; i < progress->change_count; i++)
        if (progress->changes[i].claim != NARRATIVE_NONE &&
            contradict_change(check, line, &progress->changes[i]))
            return;
    for (size_t i = 0; i < progress->figure_count; i++)
        if (!is_part_of_share(progress, progress->figures[i].token) &&
            contradict_target(check, line, i))
            return;
}

/* True when words of comparison stand shortly before the label: "since Q4", "same period in". */
static bool is_compared(const struct narrative *narrative, const struct narrative_period *label)
{
    size_t back = label->first > 5 ? label->first - 5 : 0;
    for (size_t i = back; i < label->first; i++)
        if (narrative->tokens[i].sentence == narrative->tokens[label->first].sentence &&
            narrative_phrase_at(narrative, PHRASE_COMPARISON, i) > 0)
            return true;
    for (size_t i = 0; i < narrative->change_count; i++)
        if (narrative->tokens[narrative->changes[i].before].sentence ==
            narrative->tokens[label->first].sentence)
            return true;
    return false;
}

/* True when the text names the present period, with its year or without. */
static bool names_present(const struct check *check, const struct narrative *narrative)
{
    struct period present = check->view->period;
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *label = &narrative->periods[i];
        if (label->period.kind == present.kind && label->period.number == present.number &&
            !label->calendar_year && (!label->has_year || label->period.year == present.year))
            return true;
    }
    return false;
}

static bool is_frequent(const struct check_line *line)
{
    if (line->line->measure_count == 0)
        return true;
    const char *frequency = line->line->measures[0].measure->frequency;
    return strcmp(frequency, "quarterly") == 0 || strcmp(frequency, "monthly") == 0 ||
           strcmp(frequency, "weekly") == 0;
}

/* True when the label is of a period that was over before the present one began, and of the kind
 * in which this measure is reported. */
static bool is_past(const struct check *check, const struct check_line *line,
                    const struct narrative_period *label)
{
    const struct return_view *view = check->view;
    if (label->calendar_year || !label->has_year)
        return !label->has_year && label->period.kind == view->period.kind &&
               label->period.kind == PERIOD_QUARTER && label->period.number != view->period.number;
    bool kind = label->period.kind == view->period.kind ||
                (label->period.kind == PERIOD_YEAR && is_frequent(line));
    struct date end = period_last_day(label->period, view->start_month);
    return kind && date_compare(end, period_first_day(view->period, view->start_month)) < 0;
}

/* The figure in the label's sentence that is the row's number; NULL: none. */
static const struct narrative_figure *labelled_figure(const struct check_line *line,
                                                      const struct narrative_period *label)
{
    int64_t number = 0;
    bool known = check_row_number(line, &number);
    const struct narrative *progress = &line->progress;
    for (size_t i = 0; i < progress->figure_count; i++) {
        const struct narrative_figure *figure = &progress->figures[i];
        bool reported = known ? figure->number == number : label->has_year;
        if (reported && !figure->expected && !figure->is_target &&
            figure->sentence == progress->tokens[label->first].sentence)
            return figure;
    }
    return NULL;
}

static bool is_stale_by_date(const struct check *check, const struct check_line *line,
                             const struct value **out_value)
{
    for (size_t i = 0; is_frequent(line) && i < line->line->measure_count; i++) {
        const struct value *value = line->line->measures[i].value;
        struct date as_at;
        if (value && value->as_at && date_read(slice_of(value->as_at), &as_at) &&
            date_compare(as_at, period_first_day(check->view->period, check->view->start_month)) <
                0) {
            *out_value = value;
            return true;
        }
    }
    return false;
}

void check_period_stale(struct check *check, const struct check_line *line)
{
    const struct narrative *progress = &line->progress;
    const struct value *dated = NULL;
    const char *period = period_print_long(check->arena, check->view->period);
    for (size_t i = 0; i < progress->period_count && !names_present(check, progress); i++) {
        const struct narrative_period *label = &progress->periods[i];
        const struct narrative_figure *figure = is_past(check, line, label) &&
                                                        !is_compared(progress, label)
                                                    ? labelled_figure(line, label)
                                                    : NULL;
        if (!figure)
            continue;
        check_add(
            check, line, NULL, check_quote(check, narrative_sentence(progress, label->first)),
            "The figure %s is labelled %s, in a return for %s. Give the figure of this period, "
            "or correct the label.",
            narrative_figure_text(progress, figure->token),
            check_quote(check, narrative_words(progress, label->first, label->end)), period);
        return;
    }
    if (is_stale_by_date(check, line, &dated))
        check_add(check, line, NULL, arena_format(check->arena, "as at %s", dated->as_at),
                  "The value is recorded as at %s, before %s began. Give the value of this period.",
                  dated->as_at, period);
}

/* True when an earlier value of the line's measures, or its target, was revised on record. */
static bool is_revised(const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const struct value *const values[] = { measure->value, measure->previous,
                                               measure->year_before, measure->last };
        for (size_t j = 0; j < ARRAY_COUNT(values); j++)
            if (values[j] && values[j]->revision > 1)
                return true;
        if ((measure->annual && measure->annual->revision > 1) ||
            (measure->profile && measure->profile->revision > 1))
            return true;
    }
    return false;
}

void check_restatement_unrecorded(struct check *check, const struct check_line *line)
{
    size_t token = 0;
    if (!narrative_has(&line->progress, PHRASE_REVISION, &token, NULL) || is_revised(line))
        return;
    check_add(check, line, NULL, check_quote(check, narrative_sentence(&line->progress, token)),
              "The text says that earlier figures or the target were corrected or may change, but "
              "no revision is on record. Record the corrected value or target with the reason, so "
              "that what printed the old one can be found.");
}
