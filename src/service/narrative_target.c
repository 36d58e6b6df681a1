/* Finds bounds ("no more than 20%") and targets that a text names ("against a target of 86%"). */
#include <string.h>

#include "base/arena.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

/* Exact meanings. The longer phrase wins, so that "no more than" is not read as "more than". */
static const struct {
    const char *words;
    enum bound_kind kind;
} bounds_before[] = {
    { "below", BOUND_BELOW },
    { "under", BOUND_BELOW },
    { "less than", BOUND_BELOW },
    { "fewer than", BOUND_BELOW },
    { "lower than", BOUND_BELOW },
    { "smaller than", BOUND_BELOW },
    { "at most", BOUND_AT_MOST },
    { "no more than", BOUND_AT_MOST },
    { "not more than", BOUND_AT_MOST },
    { "no higher than", BOUND_AT_MOST },
    { "up to", BOUND_AT_MOST },
    { "maximum of", BOUND_AT_MOST },
    { "a maximum of", BOUND_AT_MOST },
    { "not exceed", BOUND_AT_MOST },
    { "not exceeding", BOUND_AT_MOST },
    { "at or below", BOUND_AT_MOST },
    { "above", BOUND_ABOVE },
    { "over", BOUND_ABOVE },
    { "more than", BOUND_ABOVE },
    { "greater than", BOUND_ABOVE },
    { "higher than", BOUND_ABOVE },
    { "exceed", BOUND_ABOVE },
    { "exceeds", BOUND_ABOVE },
    { "exceeding", BOUND_ABOVE },
    { "in excess of", BOUND_ABOVE },
    { "at least", BOUND_AT_LEAST },
    { "minimum of", BOUND_AT_LEAST },
    { "a minimum of", BOUND_AT_LEAST },
    { "no less than", BOUND_AT_LEAST },
    { "not less than", BOUND_AT_LEAST },
    { "no fewer than", BOUND_AT_LEAST },
    { "not fewer than", BOUND_AT_LEAST },
    { "at or above", BOUND_AT_LEAST },
    { "no lower than", BOUND_AT_LEAST },
    { "minimum", BOUND_AT_LEAST },
    { "maximum", BOUND_AT_MOST },
};

static const struct {
    const char *words;
    enum bound_kind kind;
} bounds_after[] = {
    { "or more", BOUND_AT_LEAST }, { "or above", BOUND_AT_LEAST },  { "or higher", BOUND_AT_LEAST },
    { "or over", BOUND_AT_LEAST }, { "and above", BOUND_AT_LEAST }, { "or less", BOUND_AT_MOST },
    { "or fewer", BOUND_AT_MOST }, { "or below", BOUND_AT_MOST },   { "or lower", BOUND_AT_MOST },
    { "or under", BOUND_AT_MOST },
};

static bool between_at(const struct narrative *narrative, size_t token,
                       struct narrative_bound *out_bound)
{
    if (!token_is(narrative, token, "between") || !token_is_plain(narrative, token + 1) ||
        !token_is_among(narrative, token + 2, "and -") || !token_is_plain(narrative, token + 3) ||
        !token_same_sentence(narrative, token, token + 3))
        return false;
    *out_bound = (struct narrative_bound){ BOUND_BETWEEN, token + 1, token + 3, token };
    return true;
}

/* A bound whose words begin at `token`. */
static bool before_at(const struct narrative *narrative, size_t token,
                      struct narrative_bound *out_bound)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof bounds_before / sizeof *bounds_before; i++) {
        size_t length = token_phrase(narrative, token, bounds_before[i].words);
        if (length <= longest || !token_is_plain(narrative, token + length) ||
            !token_same_sentence(narrative, token, token + length))
            continue;
        longest = length;
        *out_bound = (struct narrative_bound){ bounds_before[i].kind, token + length,
                                               NARRATIVE_NONE, token };
    }
    return longest > 0;
}

static bool after_at(const struct narrative *narrative, size_t token,
                     struct narrative_bound *out_bound)
{
    if (!token_is_plain(narrative, token))
        return false;
    for (size_t i = 0; i < sizeof bounds_after / sizeof *bounds_after; i++)
        if (token_phrase(narrative, token + 1, bounds_after[i].words) > 0 &&
            token_same_sentence(narrative, token, token + 1)) {
            *out_bound = (struct narrative_bound){ bounds_after[i].kind, token, NARRATIVE_NONE,
                                                   token };
            return true;
        }
    return false;
}

void narrative_find_bounds(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++) {
        struct narrative_bound bound;
        if (!between_at(narrative, i, &bound) && !before_at(narrative, i, &bound) &&
            !after_at(narrative, i, &bound))
            continue;
        narrative->bounds = narrative_room(narrative->arena, narrative->bounds,
                                           narrative->bound_count, sizeof *narrative->bounds);
        narrative->bounds[narrative->bound_count++] = bound;
        i = bound.kind == BOUND_BETWEEN ? bound.upper : bound.token;
    }
}

/* Words that may stand between "target" and its figure. */
static const char between_words[] =
    "of is was for the a an at to set be been being remains stays currently now our this that year "
    "year's annual quarter quarterly quarter's period profile profiled interim minimum least "
    "maximum most which : ( - = yearly end in at-least above below over under more than no";

static bool names_the_period(const struct narrative *narrative, size_t first, size_t end)
{
    for (size_t i = first; i < end && i < narrative->count; i++)
        if (token_is_among(narrative, i,
                           "quarter quarterly quarter's profile profiled interim "
                           "quarters q1 q2 q3 q4 month monthly milestone"))
            return true;
    return false;
}

/* A year said between the word and its figure, when it is one. */
static void note_year(const struct narrative *narrative, size_t first, size_t end,
                      struct narrative_target *target)
{
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *period = &narrative->periods[i];
        if (period->first < first || period->end > end || !period->has_year)
            continue;
        target->of_past_year = period->period.kind == PERIOD_YEAR && !period->calendar_year;
        target->year = period->period;
    }
}

static void add_target(struct narrative *narrative, size_t figure, size_t word, size_t first,
                       size_t end)
{
    struct narrative_target target = { .figure = figure };
    /* words before "target" count only where they qualify it: "the Q1 target", "quarterly target"
     */
    bool qualified = word > 0 && names_the_period(narrative, word - 1, word) &&
                     token_same_sentence(narrative, word - 1, word);
    size_t after = word + 1;
    while (token_is_among(narrative, after, "for the of this in") &&
           token_same_sentence(narrative, after, word))
        after++;
    qualified = qualified || (token_same_sentence(narrative, after, word) && after > word + 1 &&
                              names_the_period(narrative, after, after + 1));
    target.of_period = qualified || names_the_period(narrative, first, end);
    note_year(narrative, first, end, &target);
    narrative->figures[figure].is_target = true;
    narrative->targets = narrative_room(narrative->arena, narrative->targets,
                                        narrative->target_count, sizeof *narrative->targets);
    narrative->targets[narrative->target_count++] = target;
}

/* "Above target: 179", "target exceeded, 388": what follows is the result. */
static bool tells_result(const struct narrative *narrative, size_t word)
{
    return word > 0 && token_same_sentence(narrative, word - 1, word) &&
           token_is_among(narrative, word - 1,
                          "above below over under on off met meets exceeded exceeding exceeds past "
                          "passed beat beats missed behind achieved reached hit") &&
           token_is_among(narrative, word + 1, ": , - (");
}

static size_t figure_after(const struct narrative *narrative, size_t word)
{
    if (tells_result(narrative, word))
        return NARRATIVE_NONE;
    for (size_t i = word + 1; token_same_sentence(narrative, i, word); i++) {
        size_t figure = figure_of_token(narrative, i);
        if (figure != NARRATIVE_NONE)
            return figure;
        bool period = narrative->tokens[i].use == USE_PERIOD;
        if (!period && !token_is_among(narrative, i, between_words))
            break;
    }
    return NARRATIVE_NONE;
}

/* A dash before a capital letter parts two sentences: "The figure is 40% - The target …". */
static bool begins_anew(const struct narrative *narrative, size_t token)
{
    if (!token_is(narrative, token, "-") || token + 1 >= narrative->count)
        return false;
    char next = narrative->tokens[token + 1].text.start[0];
    return next >= 'A' && next <= 'Z';
}

/* "2%, the target for the quarter", "2% which is the target", "an 86% target". */
static size_t figure_before(const struct narrative *narrative, size_t word)
{
    for (size_t i = word; i-- > 0 && token_same_sentence(narrative, i, word);) {
        size_t figure = figure_of_token(narrative, i);
        if (figure != NARRATIVE_NONE)
            return figure;
        if (begins_anew(narrative, i) ||
            !token_is_among(narrative, i,
                            ", which is was the our a an quarterly ( - equals annual "
                            "quarter's same as year's"))
            break;
    }
    return NARRATIVE_NONE;
}

void narrative_find_targets(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++) {
        if (!token_is_among(narrative, i, "target targets goal"))
            continue;
        size_t figure = figure_after(narrative, i);
        if (figure != NARRATIVE_NONE) {
            add_target(narrative, figure, i, i + 1, narrative->figures[figure].token);
            continue;
        }
        figure = figure_before(narrative, i);
        if (figure != NARRATIVE_NONE)
            add_target(narrative, figure, i, narrative->figures[figure].token + 1, i);
    }
}
