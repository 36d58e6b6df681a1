/* Finds figures and what is said of them: expected or reached, a share, a change, a bound, a
 * target. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

enum { FUTURE_REACH = 6 }; /* words after a figure in which "expected" still speaks of it */

static bool is_figure(const struct narrative *narrative, size_t token)
{
    return token_is_plain(narrative, token);
}

size_t figure_of_token(const struct narrative *narrative, size_t token)
{
    for (size_t i = 0; i < narrative->figure_count; i++)
        if (narrative->figures[i].token == token)
            return i;
    return NARRATIVE_NONE;
}

/* A phrase governs the figures after it in its sentence; when none stands there, the one close
 * before it ("with 10% expected by September"). */
static void govern(struct narrative *narrative, size_t phrase, bool by_date)
{
    struct narrative_figure *before = NULL;
    bool after = false;
    for (size_t i = 0; i < narrative->figure_count; i++) {
        struct narrative_figure *figure = &narrative->figures[i];
        if (!token_same_sentence(narrative, figure->token, phrase))
            continue;
        if (figure->token < phrase) {
            before = figure;
            continue;
        }
        after = true;
        figure->expected = figure->expected || !by_date;
        figure->by_a_date = figure->by_a_date || by_date;
    }
    if (before && (!after || by_date) && phrase - before->token <= FUTURE_REACH) {
        before->expected = before->expected || !by_date;
        before->by_a_date = before->by_a_date || by_date;
    }
}

/* Lets the first phrase of the list in each sentence govern its figures. */
static void find_governed(struct narrative *narrative, enum phrase_list list)
{
    size_t done = NARRATIVE_NONE;
    for (size_t i = 0; i < narrative->count && narrative->figure_count > 0; i++) {
        if (narrative->tokens[i].sentence == done || narrative_phrase_at(narrative, list, i) == 0)
            continue;
        done = narrative->tokens[i].sentence;
        govern(narrative, i, list == PHRASE_BY_DATE);
    }
}

void narrative_find_figures(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++)
        if (is_figure(narrative, i)) {
            const struct token *token = &narrative->tokens[i];
            narrative->figures = narrative_room(narrative->arena, narrative->figures,
                                                narrative->figure_count,
                                                sizeof *narrative->figures);
            narrative->figures[narrative->figure_count++] = (struct narrative_figure){
                .token = i,
                .number = token->number,
                .decimals = token->decimals,
                .percent = token->percent,
                .points = token->points,
                .worded = token->worded,
                .sentence = token->sentence,
            };
        }
    find_governed(narrative, PHRASE_FUTURE);
    find_governed(narrative, PHRASE_BY_DATE);
}

/* The percentage that stands next to a share: after it with no number between, or straight before
 * it in front of a bracket. */
static size_t claim_of_share(const struct narrative *narrative, size_t part, size_t whole)
{
    for (size_t i = whole + 1; token_same_sentence(narrative, i, whole); i++) {
        if (token_is_among(narrative, i, "target against compared national england"))
            break;
        if (!token_is_number(narrative, i))
            continue;
        const struct token *number = &narrative->tokens[i];
        if (number->use != USE_PLAIN && number->use != USE_MONEY)
            continue;
        return number->percent && !number->points ? i : NARRATIVE_NONE;
    }
    if (part >= 2 && token_is_among(narrative, part - 1, "( - , or") &&
        token_is_plain(narrative, part - 2) && narrative->tokens[part - 2].percent)
        return part - 2;
    return NARRATIVE_NONE;
}

static bool is_count(const struct narrative *narrative, size_t token)
{
    return token_is_plain(narrative, token) && !narrative->tokens[token].percent &&
           !narrative->tokens[token].points;
}

/* The token of the whole of a share whose part is at `token`, or NARRATIVE_NONE. */
static size_t whole_of(const struct narrative *narrative, size_t token)
{
    static const char *const joins[] = {
        "out of the", "out of all",    "out of",        "of the", "of all",
        "of our",     "of a possible", "of a total of", "of",     "/"
    };
    if (!is_count(narrative, token))
        return NARRATIVE_NONE;
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        size_t length = token_phrase(narrative, token + 1, joins[i]);
        size_t whole = token + 1 + length;
        if (length > 0 && is_count(narrative, whole) &&
            token_same_sentence(narrative, token, whole) &&
            narrative->tokens[whole].number >= narrative->tokens[token].number)
            return whole;
    }
    return NARRATIVE_NONE;
}

void narrative_find_shares(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++) {
        size_t whole = whole_of(narrative, i);
        if (whole == NARRATIVE_NONE)
            continue;
        narrative->shares = narrative_room(narrative->arena, narrative->shares,
                                           narrative->share_count, sizeof *narrative->shares);
        narrative->shares[narrative->share_count++] = (struct narrative_share){
            i, whole, claim_of_share(narrative, i, whole)
        };
        i = whole;
    }
}

static const char rise_words[] =
    "increase increased increases increasing rise rises rose risen grew "
    "growth grown up more higher growing rising improvement";
static const char fall_words[] = "decrease decreased decreases fall falls fell fallen drop dropped "
                                 "reduction reduced decline declined down fewer lower less falling";

/* The percentage said of a change in its sentence: one with a word of change within three words. */
static size_t claim_of_change(const struct narrative *narrative,
                              const struct narrative_change *change, int *out_direction)
{
    for (size_t i = 0; i < narrative->figure_count; i++) {
        const struct narrative_figure *figure = &narrative->figures[i];
        if (!figure->percent || figure->points || figure->is_target || figure->expected ||
            figure->token == change->before || figure->token == change->after ||
            !token_same_sentence(narrative, figure->token, change->after))
            continue;
        size_t first = figure->token > 3 ? figure->token - 3 : 0;
        for (size_t j = first; j <= figure->token + 3; j++) {
            int direction = token_is_among(narrative, j, rise_words)   ? 1
                            : token_is_among(narrative, j, fall_words) ? -1
                                                                       : 0;
            if (direction == 0)
                continue;
            *out_direction = direction;
            return figure->token;
        }
    }
    return NARRATIVE_NONE;
}

static void add_change(struct narrative *narrative, size_t before, size_t after)
{
    struct narrative_change change = { before, after, NARRATIVE_NONE, 0 };
    change.claim = claim_of_change(narrative, &change, &change.direction);
    narrative->changes = narrative_room(narrative->arena, narrative->changes,
                                        narrative->change_count, sizeof *narrative->changes);
    narrative->changes[narrative->change_count++] = change;
}

/* The next figure after `token` in its sentence, or NARRATIVE_NONE. */
static size_t next_figure(const struct narrative *narrative, size_t token)
{
    for (size_t i = token; token_same_sentence(narrative, i, token); i++)
        if (is_figure(narrative, i))
            return i;
    return NARRATIVE_NONE;
}

/* "from X … to Y", with labels and brackets between but no other figure. */
static bool from_to(struct narrative *narrative, size_t token)
{
    if (!token_is(narrative, token, "from"))
        return false;
    size_t before = next_figure(narrative, token);
    if (before == NARRATIVE_NONE || before > token + 4)
        return false;
    for (size_t i = before + 1; token_same_sentence(narrative, i, before); i++) {
        if (is_figure(narrative, i))
            return false;
        if (!token_is(narrative, i, "to"))
            continue;
        size_t after = next_figure(narrative, i);
        bool alike = after != NARRATIVE_NONE && after <= i + 4 &&
                     narrative->tokens[after].percent == narrative->tokens[before].percent;
        if (alike)
            add_change(narrative, before, after);
        return alike;
    }
    return false;
}

/* "Y, up from X", "Y compared with X". */
static bool up_from(struct narrative *narrative, size_t token)
{
    static const char *const phrases[] = { "up from",     "down from", "compared with",
                                           "compared to", "rise from", "fall from" };
    size_t length = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases && length == 0; i++)
        length = token_phrase(narrative, token, phrases[i]);
    size_t before = length ? next_figure(narrative, token + length) : NARRATIVE_NONE;
    if (before == NARRATIVE_NONE || before > token + length + 2)
        return false;
    for (size_t i = token; i-- > 0 && token_same_sentence(narrative, i, token);)
        if (is_figure(narrative, i)) {
            bool alike = narrative->tokens[i].percent == narrative->tokens[before].percent;
            if (alike)
                add_change(narrative, before, i);
            return alike;
        }
    return false;
}

/* The period label that stands by a figure: within two words after it, or straight before it. */
static const struct narrative_period *label_of(const struct narrative *narrative, size_t token)
{
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *period = &narrative->periods[i];
        bool after = period->first > token && period->first <= token + 3 &&
                     token_same_sentence(narrative, token, period->first);
        if (after && token_is_among(narrative, token + 1, ", ;"))
            after = false;
        if (after)
            return period;
    }
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *period = &narrative->periods[i];
        if (period->end <= token && token - period->end <= 1 &&
            token_same_sentence(narrative, token, period->first))
            return period;
    }
    return NULL;
}

static int64_t months_of(const struct narrative_period *label)
{
    static const int lengths[] = { [PERIOD_YEAR] = 12,
                                   [PERIOD_HALF] = 6,
                                   [PERIOD_QUARTER] = 3,
                                   [PERIOD_MONTH] = 1,
                                   [PERIOD_WEEK] = 0 };
    return (int64_t)label->period.year * 12 + label->period.number * lengths[label->period.kind];
}

static bool is_baseline(const struct narrative *narrative, size_t token)
{
    for (size_t i = token + 1; i <= token + 3; i++)
        if (token_same_sentence(narrative, i, token) && token_is(narrative, i, "baseline"))
            return true;
    return false;
}

/* "86 in Q4 2011-12, 101 in Q1 2012-13", "80 at the baseline, 92 in Q1". */
static bool labelled_pair(struct narrative *narrative, size_t figure)
{
    if (figure + 1 >= narrative->figure_count)
        return false;
    size_t first = narrative->figures[figure].token, second = narrative->figures[figure + 1].token;
    if (!token_same_sentence(narrative, first, second) ||
        narrative->tokens[first].percent != narrative->tokens[second].percent)
        return false;
    const struct narrative_period *a = label_of(narrative, first), *b = label_of(narrative, second);
    if (is_baseline(narrative, first) && b) {
        add_change(narrative, first, second);
        return true;
    }
    if (!a || !b || a == b || !a->has_year || !b->has_year || a->period.kind != b->period.kind ||
        months_of(a) == months_of(b))
        return false;
    bool forward = months_of(a) < months_of(b);
    add_change(narrative, forward ? first : second, forward ? second : first);
    return true;
}

void narrative_find_changes(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++)
        if (!from_to(narrative, i))
            (void)up_from(narrative, i);
    if (narrative->change_count > 0)
        return;
    for (size_t i = 0; i < narrative->figure_count; i++)
        if (labelled_pair(narrative, i))
            i++;
}
