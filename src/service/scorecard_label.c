#include "service/scorecard_label.h"

#include <ctype.h>

#include "base/arena.h"
#include "entity/heading.h"
#include "base/banned.h"

enum { TOKENS_MOST = 64, CENTURY = 2000, YEAR_DIGITS = 4 };

struct tokens {
    struct slice items[TOKENS_MOST];
    size_t count;
};

/* A hyphen or stroke between digits belongs to a year; elsewhere it parts words. */
static bool is_part(struct slice text, size_t i)
{
    unsigned char byte = (unsigned char)text.start[i];
    if (isalnum(byte) || byte >= 0x80)
        return true;
    return (byte == '-' || byte == '/') && i > 0 && i + 1 < text.length &&
           isdigit((unsigned char)text.start[i - 1]) && isdigit((unsigned char)text.start[i + 1]);
}

static struct tokens split(struct slice text)
{
    struct tokens tokens = { .count = 0 };
    for (size_t i = 0; i < text.length && tokens.count < TOKENS_MOST;) {
        size_t start = i;
        while (i < text.length && is_part(text, i))
            i++;
        if (i > start)
            tokens.items[tokens.count++] = (struct slice){ text.start + start, i - start };
        else
            i++;
    }
    return tokens;
}

static struct slice token_at(const struct tokens *tokens, size_t i)
{
    return i < tokens->count ? tokens->items[i] : (struct slice){ NULL, 0 };
}

/* So many digits and nothing else. */
static bool digits(struct slice word, size_t count, int *out_number)
{
    int64_t number = 0;
    if (word.length != count || !isdigit((unsigned char)word.start[0]) ||
        !slice_integer(word, &number))
        return false;
    *out_number = (int)number;
    return true;
}

/* 2012/13, 2012-2013; with `may_be_short` also 12/13: the second follows the first. */
static bool reporting_year(struct slice word, bool may_be_short, int *out_year)
{
    int first = 0, second = 0;
    size_t length = 0;
    while (length < word.length && isdigit((unsigned char)word.start[length]))
        length++;
    struct slice rest = slice_from(word, length + 1);
    if (!digits(slice_first(word, length), length == 2 && may_be_short ? 2 : YEAR_DIGITS, &first))
        return false;
    first += length == 2 ? CENTURY : 0;
    bool follows = (digits(rest, 2, &second) && second == (first + 1) % 100) ||
                   (length == YEAR_DIGITS && digits(rest, YEAR_DIGITS, &second) &&
                    second == first + 1);
    if (follows)
        *out_year = first;
    return follows;
}

/* The number after "quarter", "qtr", "q", "half" or "h": in the same word or the next. Gives how
 * many tokens it took; 0: none. */
static size_t read_number(const struct tokens *tokens, size_t i, const char *word, int most,
                          int *out_number)
{
    struct slice token = token_at(tokens, i);
    struct slice rest = slice_from(token, slice_of(word).length);
    int64_t number = 0;
    if (!slice_starts_folded(token, word))
        return 0;
    size_t taken = rest.length > 0 ? 1 : 2;
    rest = rest.length > 0 ? rest : token_at(tokens, i + 1);
    if (rest.length != 1 || !slice_integer(rest, &number) || number < 1 || number > most)
        return 0;
    *out_number = (int)number;
    return taken;
}

static size_t read_part(const struct tokens *tokens, size_t i, struct scorecard_label *label)
{
    static const struct {
        const char *word;
        enum period_kind kind;
        int most;
    } words[] = { { "quarter", PERIOD_QUARTER, 4 },
                  { "qtr", PERIOD_QUARTER, 4 },
                  { "q", PERIOD_QUARTER, 4 },
                  { "half", PERIOD_HALF, 2 },
                  { "h", PERIOD_HALF, 2 } };
    int month = date_month_named(token_at(tokens, i));
    if (month > 0) {
        label->kind = PERIOD_MONTH;
        label->number = month;
        return 1;
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t taken = read_number(tokens, i, words[k].word, words[k].most, &label->number);
        label->kind = words[k].kind;
        if (taken > 0)
            return taken;
    }
    return 0;
}

/* The year after a part: of a month 2012 or 12, of the others 2012/13, 12/13 or 2012. */
static size_t read_year_after(const struct tokens *tokens, size_t i, struct scorecard_label *label)
{
    int year = 0;
    bool is_filler = slice_equal_folded(token_at(tokens, i), SLICE("of")) ||
                     slice_equal_folded(token_at(tokens, i), SLICE("fy"));
    struct slice word = token_at(tokens, i + is_filler);
    bool is_year = digits(word, YEAR_DIGITS, &year) ||
                   (label->kind != PERIOD_MONTH && reporting_year(word, true, &year));
    if (!is_year && label->kind == PERIOD_MONTH && digits(word, 2, &year)) {
        year += CENTURY;
        is_year = true;
    }
    if (!is_year)
        return 0;
    label->year = year;
    return 1 + (size_t)is_filler;
}

/* A period at that token; gives how many tokens it takes, 0 for none. */
static size_t read_period(const struct tokens *tokens, size_t i, struct scorecard_label *label)
{
    int year = 0;
    bool has_year = reporting_year(token_at(tokens, i), false, &year);
    size_t taken = read_part(tokens, i + has_year, label);
    if (taken > 0 && has_year) {
        label->year = label->kind == PERIOD_MONTH ? 0 : year;
        return taken + 1;
    }
    if (taken > 0)
        return taken + read_year_after(tokens, i + taken, label);
    return 0;
}

/* Cut between two characters. */
static const char *shortened(struct arena *arena, const char *words)
{
    return slice_copy(arena,
                      slice_trim(slice_first_whole(slice_of(words), SCORECARD_LONGEST_WORDS)));
}

const char *scorecard_words(struct arena *arena, struct slice text)
{
    return shortened(arena, heading_compared(arena, text));
}

static void cut_out(struct arena *arena, struct slice text, struct slice period,
                    struct scorecard_label *label)
{
    size_t before = (size_t)(period.start - text.start);
    const char *left = heading_compared(arena, slice_first(text, before));
    const char *right = heading_compared(arena, slice_from(text, before + period.length));
    label->words = shortened(
        arena, arena_format(arena, "%s%s*%s%s", left, *left ? " " : "", *right ? " " : "", right));
}

struct scorecard_label scorecard_label_read(struct arena *arena, struct slice text, bool only_whole)
{
    struct scorecard_label label = { .time = SCORECARD_NO_TIME };
    struct tokens tokens = split(text);
    size_t at = 0, taken = 0;
    for (; at < tokens.count && taken == 0; at += taken == 0)
        taken = read_period(&tokens, at, &label);
    label.time = taken > 0 ? SCORECARD_PERIOD : SCORECARD_NO_TIME;
    for (size_t i = 0; taken == 0 && i < tokens.count; i++)
        if (reporting_year(tokens.items[i], tokens.count == 1, &label.year)) {
            at = i;
            taken = 1;
            label.time = SCORECARD_YEAR;
        }
    if (taken == 0 || (only_whole && taken < tokens.count)) {
        label = (struct scorecard_label){ .words = scorecard_words(arena, text) };
        return label;
    }
    struct slice first = tokens.items[at], last = tokens.items[at + taken - 1];
    cut_out(arena, text,
            (struct slice){ first.start, (size_t)(last.start - first.start) + last.length },
            &label);
    return label;
}

bool scorecard_label_is(const struct scorecard_label *label, struct period period, int year,
                        int start_month)
{
    struct period own = { .kind = label->kind, .number = label->number, .year = label->year };
    if (label->time != SCORECARD_PERIOD || own.kind != period.kind || own.number != period.number)
        return false;
    if (own.year != 0)
        return own.year == period.year;
    return year == 0 || period_year_of(period, start_month).year == year;
}
