/* Kinds about what is measured: the same twice, two in one, the opposite, another group. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check_parts.h"
#include "stats/aggregate.h"
#include "base/banned.h"

enum {
    SAME_CRITERION = 80,       /* per cent of meaningful words in common, both ways */
    INVERSE_TIMES_FARTHER = 3, /* how much nearer the complement must be to the target */
};

/* The measure that both lines report, or NULL. */
static const struct return_measure *shared_measure(const struct return_line *a,
                                                   const struct return_line *b)
{
    for (size_t i = 0; i < a->measure_count; i++)
        for (size_t j = 0; j < b->measure_count; j++)
            if (a->measures[i].measure->id == b->measures[j].measure->id)
                return &a->measures[i];
    return NULL;
}

static int64_t target_of(const struct check_line *line)
{
    const struct target *target = line->line->measure_count == 1 ? line->rated[0].target : NULL;
    return target ? target->value : INTEGER_MISSING;
}

/* Two measures on record that read as one: the same words, target and number. */
static bool reads_the_same(const struct check *check, const struct check_line *a,
                           struct check_line *b)
{
    int64_t first = 0, second = 0, target = target_of(a);
    if (a->line->measure_count != 1 || b->line->measure_count != 1 || target == INTEGER_MISSING ||
        target != target_of(b) || !check_row_number(a, &first) || !check_row_number(b, &second) ||
        first != second)
        return false;
    check_line_read(check, b);
    return narrative_overlap(&a->criterion, &b->criterion) >= SAME_CRITERION &&
           narrative_overlap(&b->criterion, &a->criterion) >= SAME_CRITERION;
}

static bool has_other_words(const struct check *check, const struct check_line *a,
                            const struct check_line *b)
{
    const char *first = a->line->row->success_criterion, *second = b->line->row->success_criterion;
    return !slice_equal(slice_of(first), slice_of(second)) &&
           narrative_similarity(check->arena, first, second) < 100;
}

void check_measure_duplicated(struct check *check, const struct check_line *line)
{
    for (size_t i = 0; i < line->peer_count; i++) {
        struct check_line *other = line->peers[i];
        if (other == line)
            continue;
        const struct return_measure *shared = shared_measure(line->line, other->line);
        if (!(shared ? has_other_words(check, line, other) : reads_the_same(check, line, other)))
            continue;
        check_line_read(check, other);
        check_add(check, line, shared,
                  arena_format(check->arena, "%s | %s", check_quote(check, line->criterion.text),
                               check_quote(check, other->criterion.text)),
                  "Row %s reports the same measure under other words. Report it once, with one "
                  "wording and one target, and let the other row refer to it.",
                  other->line->row->reference);
        return;
    }
}

/* True when the row prints the number: in its value column, or in its progress text where that is
 * no forecast and no target. */
static bool row_prints(const struct check_line *line, int64_t number)
{
    if (check_prints(&line->value, number))
        return true;
    for (size_t i = 0; i < line->progress.figure_count; i++) {
        const struct narrative_figure *figure = &line->progress.figures[i];
        if (figure->number == number && !figure->expected && !figure->is_target)
            return true;
    }
    return false;
}

/* The only percentage that the row reports; false when there is none or several. */
static bool only_percentage(const struct check_line *line, int64_t *out_number)
{
    const struct narrative *const texts[] = { &line->value, &line->progress };
    bool found = false;
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        for (size_t j = 0; j < texts[i]->figure_count; j++) {
            const struct narrative_figure *figure = &texts[i]->figures[j];
            if (!figure->percent || figure->points || figure->expected || figure->is_target)
                continue;
            if (found && figure->number != *out_number)
                return false;
            *out_number = figure->number;
            found = true;
        }
    return found;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/* By words alone: the progress denies what the criterion affirms, and 100 minus its figure lies far
 * nearer the target. */
static bool denies(const struct check_line *line, const struct rated_measure *rated,
                   int64_t *out_printed)
{
    int64_t printed = 0, target = rated->target ? rated->target->value : INTEGER_MISSING;
    if (target == INTEGER_MISSING || !only_percentage(line, &printed) ||
        !narrative_has(&line->progress, PHRASE_OPPOSITE, NULL, NULL) ||
        narrative_has(&line->criterion, PHRASE_OPPOSITE, NULL, NULL))
        return false;
    *out_printed = printed;
    return distance(printed, target) >
           INVERSE_TIMES_FARTHER * distance(aggregate_complement(printed), target);
}

static bool is_inverse(const struct check_line *line, size_t which, int64_t *out_printed)
{
    const struct return_measure *measure = &line->line->measures[which];
    const struct rated_measure *rated = &line->rated[which];
    if (!rating_is_percentage(measure->measure))
        return false;
    const struct value *other = measure->complement_value;
    int64_t own = 0;
    bool known = rated->computed.has_value && ratio_round(rated->computed.value, &own);
    if (other && other->value != INTEGER_MISSING && row_prints(line, other->value) &&
        !row_prints(line, aggregate_complement(other->value))) {
        *out_printed = other->value;
        return true;
    }
    if (known && !rated->is_last && own != aggregate_complement(own) &&
        row_prints(line, aggregate_complement(own)) && !row_prints(line, own)) {
        *out_printed = aggregate_complement(own);
        return true;
    }
    return !(known && row_prints(line, own)) && denies(line, rated, out_printed);
}

void check_inverse_of_target(struct check *check, const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        int64_t printed = 0;
        if (!is_inverse(line, i, &printed))
            continue;
        const char *of = measure->complement
                             ? arena_format(check->arena, " (%s)", measure->complement->title)
                             : "";
        check_add(check, line, measure, check_quote(check, line->progress.text),
                  "The target is for one thing and the figure of %s%% is for its opposite%s; the "
                  "figure to set against the target is %s%%, if both leave out the same people. "
                  "Report that one.",
                  number_print_short(check->arena, printed), of,
                  number_print_short(check->arena, aggregate_complement(printed)));
        return;
    }
}

/* The number of "by N%" or bounds or ends of changes in a criterion that "and" joins. */
static size_t targets_in(const struct narrative *criterion)
{
    size_t bounds = 0, by = 0;
    for (size_t i = 0; i < criterion->bound_count; i++)
        bounds += criterion->bounds[i].kind != BOUND_BETWEEN;
    for (size_t i = 0; i < criterion->figure_count; i++) {
        const struct narrative_figure *figure = &criterion->figures[i];
        by += figure->percent && figure->token > 0 &&
              strcmp(criterion->tokens[figure->token - 1].word, "by") == 0;
    }
    size_t most = bounds > by ? bounds : by;
    return criterion->change_count > most ? criterion->change_count : most;
}

static bool has_and(const struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++)
        if (strcmp(narrative->tokens[i].word, "and") == 0 ||
            strcmp(narrative->tokens[i].word, "&") == 0)
            return true;
    return false;
}

/* The titles of the line's measures, leaving out those that are parts of another of them. */
static size_t separate_measures(const struct check *check, const struct return_line *line,
                                const char **out_titles)
{
    size_t count = 0;
    const char *titles = "";
    for (size_t i = 0; i < line->measure_count; i++) {
        bool part = false;
        for (size_t j = 0; j < line->measure_count; j++)
            part = part || line->measures[i].measure->parent == line->measures[j].measure->id;
        if (part)
            continue;
        titles = arena_format(check->arena, "%s%s%s", titles, count ? " | " : "",
                              line->measures[i].measure->title);
        count++;
    }
    *out_titles = titles;
    return count;
}

void check_several_measures(struct check *check, const struct check_line *line)
{
    const char *titles = NULL;
    size_t count = separate_measures(check, line->line, &titles);
    if (count < 2) {
        count = has_and(&line->criterion) ? targets_in(&line->criterion) : 0;
        titles = check_quote(check, line->criterion.text);
    }
    if (count < 2 || line->is_parent)
        return;
    check_add(check, line, NULL, titles,
              "%zu measures stand in one row with one rating, so nobody can tell which of them it "
              "judges. Give each a row and a rating of its own.",
              count);
}

/* The groups of people that a measure is defined for, by its population or its numerator. */
static struct narrative_groups groups_of_measure(const struct check *check,
                                                 const struct measure *measure)
{
    const char *const texts[] = { measure->population, measure->numerator_definition };
    struct narrative_groups groups = { 0 };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        struct narrative narrative = check_read(check, texts[i]);
        groups = narrative_groups_of(&narrative);
        if (groups.school_years || groups.has_ages) {
            groups.words = narrative.text;
            break;
        }
    }
    return groups;
}

/* The same of all the line's measures together. */
static struct narrative_groups defined_groups(const struct check *check,
                                              const struct check_line *line)
{
    struct narrative_groups all = { 0 };
    for (size_t i = 0; i < line->line->measure_count; i++) {
        struct narrative_groups groups = groups_of_measure(check, line->line->measures[i].measure);
        if (!groups.school_years && !groups.has_ages)
            continue;
        all.school_years |= groups.school_years;
        if (groups.has_ages && (!all.has_ages || groups.age_least < all.age_least))
            all.age_least = groups.age_least;
        if (groups.has_ages && (!all.has_ages || groups.age_most > all.age_most))
            all.age_most = groups.age_most;
        all.has_ages = all.has_ages || groups.has_ages;
        all.words = all.words.length == 0
                        ? groups.words
                        : slice_of(arena_format(check->arena, "%s; %s",
                                                slice_copy(check->arena, all.words),
                                                slice_copy(check->arena, groups.words)));
    }
    return all;
}

/* True when the row names a group that is not the defined one. */
static bool differs(const struct narrative_groups *named, const struct narrative_groups *defined)
{
    if (named->school_years && defined->school_years &&
        (named->school_years & ~defined->school_years) != 0)
        return true;
    return named->has_ages && defined->has_ages &&
           (named->age_least != defined->age_least || named->age_most != defined->age_most);
}

void check_population_misnamed(struct check *check, const struct check_line *line)
{
    struct narrative_groups named = narrative_groups_of(&line->criterion);
    struct narrative_groups defined = defined_groups(check, line);
    struct narrative_groups told = narrative_groups_of(&line->progress);
    bool by_record = differs(&named, &defined);
    bool is_defined = defined.school_years || defined.has_ages;
    if (!by_record && (is_defined || !differs(&named, &told)))
        return;
    const struct narrative_groups *other = by_record ? &defined : &told;
    const char *where = by_record ? "the measure is defined for" : "the figures are for";
    check_add(check, line, NULL,
              arena_format(check->arena, "%s | %s", check_quote(check, named.words),
                           check_quote(check, other->words)),
              "The success criterion names %s, but %s another group (%s). Name the group that is "
              "measured.",
              check_quote(check, named.words), where, check_quote(check, other->words));
}
