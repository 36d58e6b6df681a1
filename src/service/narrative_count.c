#include "service/narrative_count.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

enum {
    NOUN_REACH = 3, /* words between a number and its people: two disabled front line staff */
    LARGEST_BASE = 100000, /* of a part and whole in words */
};

/* Where the reading of one text stands. */
struct reading {
    const struct narrative *narrative;
    const struct people_words *words;
    struct narrative_count *counts;
    size_t count;
};

/* A word that ends what a number can count: "two of them were late for staff meetings". */
static bool parts_phrases(const struct narrative *narrative, size_t token)
{
    return token >= narrative->count || narrative->tokens[token].kind == TOKEN_MARK ||
           narrative->tokens[token].kind == TOKEN_NUMBER ||
           token_is_among(narrative, token,
                          "and or of to in for with at by on from as is are was were has have had "
                          "been be will not than per weeks days months years hours minutes posts "
                          "week day month year times more less other others");
}

/* A whole number that may be a count, as digits or as a word. */
static bool read_number(const struct narrative *narrative, size_t token, int64_t *out_number)
{
    if (!token_is_plain(narrative, token))
        return false;
    const struct token *number = &narrative->tokens[token];
    if (number->decimals || number->percent || number->points || number->number < 0)
        return false;
    *out_number = number->number / NUMBER_ONE;
    return true;
}

/* A number or a phrase that stands for one, at `token`: its length in tokens, or 0. */
static size_t read_quantity(const struct reading *reading, size_t token, int64_t *out_count)
{
    const struct people_word *word = NULL;
    size_t length = people_words_at(reading->words, reading->narrative, token, PEOPLE_WORD_COUNT,
                                    &word);
    if (length > 0) {
        *out_count = word->count;
        return length;
    }
    return read_number(reading->narrative, token, out_count) ? 1 : 0;
}

/* The end of the people that are named from `token` on: "disabled members of staff"; 0: none are.
 */
static size_t find_people(const struct reading *reading, size_t token,
                          struct narrative_count *count)
{
    const struct narrative *narrative = reading->narrative;
    for (size_t i = token; i <= token + NOUN_REACH && i < narrative->count; i++) {
        if (!token_same_sentence(narrative, i, token))
            return 0;
        size_t staff = people_words_at(reading->words, narrative, i, PEOPLE_WORD_STAFF, NULL);
        size_t length = people_words_at(reading->words, narrative, i, PEOPLE_WORD_PEOPLE, NULL);
        if (staff > length) {
            count->is_staff = true;
            length = staff;
        }
        if (length > 0) {
            count->names_people = true;
            return i + length;
        }
        if (parts_phrases(narrative, i))
            return 0;
    }
    return 0;
}

/* " of the 62 top earners" from `token` on: fills base and people, and gives the end; 0: no. */
static size_t find_base(const struct reading *reading, size_t token, struct narrative_count *count)
{
    const struct narrative *narrative = reading->narrative;
    int64_t base = 0;
    size_t length = people_words_at(reading->words, narrative, token, PEOPLE_WORD_OF, NULL);
    if (length == 0 && !count->is_percent && !count->is_rest) {
        length = people_words_at(reading->words, narrative, token, PEOPLE_WORD_WITHIN, NULL);
        count->is_ratio = length > 0;
    }
    size_t at = token + length;
    if (length == 0)
        return 0;
    if (!token_same_sentence(narrative, token, at) || !read_number(narrative, at, &base) ||
        base < count->count || base < 1 || base > LARGEST_BASE) {
        count->is_ratio = false;
        /* "two of our disabled staff", "both of the women" */
        return find_people(reading, at, count);
    }
    count->base = base;
    size_t people = find_people(reading, at + 1, count);
    return people ? people : at + 1;
}

static void add_count(struct reading *reading, const struct narrative_count *count)
{
    reading->counts = narrative_room(reading->narrative->arena, reading->counts, reading->count,
                                     sizeof *reading->counts);
    reading->counts[reading->count++] = *count;
}

/* A count that begins at `token`; gives the token after it, or 0 where none begins. */
static size_t read_count(struct reading *reading, size_t token)
{
    const struct narrative *narrative = reading->narrative;
    struct narrative_count count = { .first = token };
    size_t but = people_words_at(reading->words, narrative, token, PEOPLE_WORD_ALL_BUT, NULL);
    count.is_rest = but > 0;
    size_t length = read_quantity(reading, token + but, &count.count);
    size_t at = token + but + length;
    if (length == 0 || !token_same_sentence(narrative, token, token + but + length - 1))
        return 0;
    if (!token_same_sentence(narrative, token, at))
        return 0;
    size_t end = find_base(reading, at, &count);
    if (end == 0)
        end = find_people(reading, at, &count);
    if (end == 0)
        return 0;
    count.end = end;
    add_count(reading, &count);
    return end;
}

/* The token after a percentage and its base. */
static size_t read_percentage(struct reading *reading, const struct narrative_figure *figure)
{
    struct narrative_count count = {
        .first = figure->token,
        .end = figure->token + 1,
        .is_percent = true,
        .percent = { figure->number, figure->decimals },
    };
    size_t end = 0;
    if (token_same_sentence(reading->narrative, figure->token, count.end))
        end = find_base(reading, count.end, &count);
    count.end = end ? end : count.end;
    add_count(reading, &count);
    return count.end;
}

size_t narrative_counts(const struct narrative *narrative, const struct people_words *words,
                        struct narrative_count **out_counts)
{
    struct reading reading = { .narrative = narrative, .words = words };
    size_t figure = 0;
    for (size_t i = 0; i < narrative->count;) {
        while (figure < narrative->figure_count && narrative->figures[figure].token < i)
            figure++;
        const struct narrative_figure *at = figure < narrative->figure_count
                                                ? &narrative->figures[figure]
                                                : NULL;
        size_t end = 0;
        if (!at || at->token != i)
            end = read_count(&reading, i);
        else if (!at->expected && !at->is_target)
            end = at->percent ? read_percentage(&reading, at) : read_count(&reading, i);
        i = end ? end : i + 1;
    }
    *out_counts = reading.counts;
    return reading.count;
}
