/* Kinds about small groups: shares on too few people, and percentages that give people away. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "service/check_parts.h"
#include "stats/aggregate.h"
#include "base/banned.h"

enum {
    DISCLOSING_COUNT = 2,  /* counts of so many people or fewer are small */
    TELLING_DECIMALS = 2,  /* so many printed decimals give a base away */
    GROUP_MOST = 12,       /* percentages of one group that are looked at together */
    BASES_MOST = 3,        /* bases named in a message */
    PAIR_MOST_BASE = 100,  /* two percentages fit larger bases by chance too often */
    GROUP_MOST_BASE = 200, /* the same of three and more */
    UNSURE_TIMES = 5,      /* up to so many small bases an interval is asked for */
    TEXT_MOST = 1000,
};

/* Percentages that the period prints for one group of people, and the bases that they fit. */
struct group {
    const struct check_line *lines[GROUP_MOST];
    struct printed_percent printed[GROUP_MOST];
    size_t count;
    int64_t parts; /* counts are in units of 1/parts: halves where posts are counted */
    int64_t bases[BASES_MOST];
    size_t base_count;
};

static bool same_text(const char *a, const char *b)
{
    return a && b && slice_equal_folded(slice_trim(slice_of(a)), slice_trim(slice_of(b)));
}

static bool speaks_of_posts(const struct measure *measure)
{
    const char *const texts[] = { measure->numerator_definition, measure->denominator_definition };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        if (slice_find_folded(slice_of(texts[i]), "full-time equivalent") >= 0 ||
            slice_find_folded(slice_of(texts[i]), "full time equivalent") >= 0 ||
            slice_find_folded(slice_of(texts[i]), "FTE") >= 0)
            return true;
    return false;
}

/* Whether the line has one measure, whose value has enough decimals to give its base away. */
static bool is_exact(const struct check_line *line)
{
    const struct value *value = line->line->measure_count == 1 ? line->line->measures[0].value
                                                               : NULL;
    return value && value->value != INTEGER_MISSING && value->decimals != INTEGER_MISSING &&
           value->decimals >= TELLING_DECIMALS;
}

/* The line's only percentage, when it is so exact and printed without its base. */
static const struct return_measure *telling_measure(const struct check_line *line)
{
    if (!is_exact(line))
        return NULL;
    const struct return_measure *measure = &line->line->measures[0];
    int64_t number = measure->value->value;
    bool printed = check_prints(&line->value, number) || check_prints(&line->progress, number);
    return printed && rating_is_percentage(measure->measure) && measure->measure->population
               ? measure
               : NULL;
}

/* The group in which a line's percentage stands; its count is 0 when it stands in none. */
static struct group group_of(const struct check *check, const struct check_line *line)
{
    struct group group = { .parts = 1 };
    const struct return_measure *own = telling_measure(line);
    for (size_t i = 0; own && i < line->peer_count && group.count < GROUP_MOST; i++) {
        struct check_line *other = line->peers[i];
        if (is_exact(other))
            check_line_read(check, other);
        const struct return_measure *measure = telling_measure(other);
        if (!measure || !same_text(measure->measure->population, own->measure->population))
            continue;
        group.lines[group.count] = other;
        group.printed[group.count++] = (struct printed_percent){ measure->value->value,
                                                                 (int)measure->value->decimals };
        if (speaks_of_posts(measure->measure))
            group.parts = 2;
    }
    if (group.count < 2)
        return group;
    int64_t most = group.count == 2 ? PAIR_MOST_BASE : GROUP_MOST_BASE;
    size_t found = denominators_of(group.printed, group.count, group.parts, most, group.bases,
                                   BASES_MOST);
    group.base_count = found < BASES_MOST ? found : BASES_MOST;
    return group;
}

/* True when one of the percentages counts one or two people on that base, or leaves out so few. */
static bool gives_away(const struct group *group, int64_t base)
{
    for (size_t i = 0; i < group->count; i++) {
        int64_t least = 0, most = 0, few = DISCLOSING_COUNT * group->parts;
        if (!numerators_of(group->printed[i], base, group->parts, &least, &most))
            continue;
        int64_t rest = base * group->parts - most;
        if ((least > 0 && least <= few) || (rest > 0 && rest <= few))
            return true;
    }
    return false;
}

/* "62", "62 or 124", "62, 124 or 186". */
static const char *bases_in_words(const struct check *check, const struct group *group)
{
    struct text text = text_new(check->arena, TEXT_MOST);
    for (size_t i = 0; i < group->base_count; i++) {
        const char *join = i == 0 ? "" : i + 1 == group->base_count ? " or " : ", ";
        text_add_format(&text, "%s%lld", join, (long long)group->bases[i]);
    }
    return text.bytes;
}

static const char *rows_in_words(const struct check *check, const struct group *group)
{
    struct text text = text_new(check->arena, TEXT_MOST);
    for (size_t i = 0; i < group->count; i++)
        text_add_format(&text, "%s%s", i ? ", " : "", group->lines[i]->line->row->reference);
    return text.bytes;
}

bool check_counts_people(const struct check *check, const char *words)
{
    const struct narrative narrative = check_read(check, words);
    for (size_t i = 0; i < narrative.count; i++)
        if (people_words_at(check->known->words, &narrative, i, PEOPLE_WORD_PEOPLE, NULL) ||
            people_words_at(check->known->words, &narrative, i, PEOPLE_WORD_STAFF, NULL))
            return true;
    return false;
}

/* A share of people whose recorded numerator is one or two, on a base that is recorded too. */
static const struct return_measure *counts_few(const struct check *check,
                                               const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const struct value *value = measure->value;
        if (!value || value->numerator == INTEGER_MISSING ||
            value->denominator == INTEGER_MISSING || !rating_is_percentage(measure->measure))
            continue;
        int64_t rest = value->denominator - value->numerator, few = DISCLOSING_COUNT * NUMBER_ONE;
        bool small = (value->numerator > 0 && value->numerator <= few) || (rest > 0 && rest <= few);
        if (small && check_counts_people(check, measure->measure->population))
            return measure;
    }
    return NULL;
}

void check_discloses_person(struct check *check, const struct check_line *line)
{
    struct group group = group_of(check, line);
    const struct return_measure *few = counts_few(check, line);
    if (group.base_count > 0 && gives_away(&group, group.bases[0])) {
        check_add(check, line, NULL,
                  arena_format(check->arena, "rows %s; smallest bases %s",
                               rows_in_words(check, &group), bases_in_words(check, &group)),
                  "The %zu percentages printed for this group (rows %s) together fit a group of %s "
                  "people and none smaller, so one of them very likely counts, or leaves out, only "
                  "one or two people. Print whole per cents or a longer period, or withhold the "
                  "smallest and one more.",
                  group.count, rows_in_words(check, &group), bases_in_words(check, &group));
    } else if (few && !check_text_is_blank(line->line->row->value_text)) {
        check_add(check, line, few, "the recorded numerator and denominator",
                  "The share is printed although it counts, or leaves out, only one or two people. "
                  "Withhold it, or print it for a larger group or a longer period.");
    } else {
        check_count_in_words(check, line);
    }
}

/* "95% interval 0.29% to 8.59%" for a share on a base. */
static const char *interval_words(const struct check *check, struct interval interval)
{
    return arena_format(check->arena, "95%% interval %.1f%% to %.1f%%", interval.low * 100,
                        interval.high * 100);
}

/* Small outright, or within five times of it with the target inside the interval of the share. */
static bool is_small_for(const struct check *check, const struct rated_measure *rated, double base,
                         double percent, struct interval *out_interval)
{
    int64_t least = check->view->authority.small_base;
    double share = percent / 100;
    if (least == INTEGER_MISSING || base <= 0 || share < 0 || share > 1)
        return false;
    *out_interval = interval_wilson(share * base, base, INTERVAL_Z_95);
    if (base < (double)least)
        return true;
    /* all or none of a complete count is no sample that could have gone otherwise */
    if (base >= (double)(UNSURE_TIMES * least) || !rated->computed.has_target || share <= 0 ||
        share >= 1)
        return false;
    double target = ratio_real(rated->computed.target) / 100;
    return out_interval->low <= target && target <= out_interval->high;
}

/* What is known of the base of a share. */
struct known_base {
    bool is_small;
    bool holds_target; /* the interval of the share holds the target */
    const char *words; /* as evidence; NULL when nothing is known */
};

static struct known_base judge_base(const struct check *check, const struct rated_measure *rated,
                                    double base, const char *words)
{
    struct known_base known = { 0 };
    struct interval interval = { 0 };
    known.is_small = is_small_for(check, rated, base, ratio_real(rated->computed.value), &interval);
    double target = rated->computed.has_target ? ratio_real(rated->computed.target) / 100 : -1;
    known.holds_target = interval.low <= target && target <= interval.high;
    known.words = arena_format(check->arena, "%s, %s", words, interval_words(check, interval));
    return known;
}

/* A base that is recorded, or printed as "N of M", or that the percentages of the group give away.
 */
static struct known_base find_base(const struct check *check, const struct check_line *line,
                                   size_t which)
{
    const struct rated_measure *rated = &line->rated[which];
    int64_t base = rated->value ? rated->value->denominator : INTEGER_MISSING, number = 0;
    const char *from = "as recorded";
    for (size_t i = 0; base == INTEGER_MISSING && i < line->progress.share_count; i++) {
        const struct narrative_share *share = &line->progress.shares[i];
        if (share->claim == NARRATIVE_NONE || !check_row_number(line, &number) ||
            line->progress.tokens[share->claim].number != number)
            continue;
        base = line->progress.tokens[share->whole].number;
        from = "as printed";
    }
    if (base != INTEGER_MISSING)
        return judge_base(
            check, rated, (double)base / (double)NUMBER_ONE,
            arena_format(check->arena, "base %s %s", number_print_short(check->arena, base), from));
    struct group group = group_of(check, line);
    if (group.base_count == 0)
        return (struct known_base){ 0 };
    return judge_base(check, rated, (double)group.bases[0],
                      arena_format(check->arena,
                                   "base not printed; the percentages of the group fit %s people; "
                                   "on %lld",
                                   bases_in_words(check, &group), (long long)group.bases[0]));
}

static void add_small_base(struct check *check, const struct check_line *line, size_t which,
                           const struct known_base *known, const char *told)
{
    const struct return_measure *measure = &line->line->measures[which];
    const char *evidence = known->is_small ? known->words : told;
    if (known->is_small && told)
        evidence = arena_format(check->arena, "%s; %s", known->words, told);
    const char *what = "The share rests on few people, so it moves with each of them.";
    if (!known->is_small)
        what = "The text says that the numbers are small, and no base is printed.";
    else if (known->holds_target)
        what = "The share may rest on so few people that it cannot be told apart from its target "
               "with confidence.";
    check_add(check, line, measure, evidence,
              "%s Print the base beside it, and judge it over a longer time.", what);
}

void check_small_base(struct check *check, const struct check_line *line)
{
    size_t token = 0;
    bool told = narrative_has(&line->progress, PHRASE_SMALL, &token, NULL);
    const char *words = told ? check_quote(check, narrative_sentence(&line->progress, token))
                             : NULL;
    for (size_t i = 0; line->declared && i < line->line->measure_count; i++) {
        if (!rating_is_percentage(line->line->measures[i].measure) ||
            !line->rated[i].computed.has_value)
            continue;
        struct known_base known = find_base(check, line, i);
        if (!known.is_small && (!told || known.words))
            continue;
        add_small_base(check, line, i, &known, words);
        return;
    }
}
