/* Splits a text into tokens and answers questions about them. What the tokens mean is found in
 * narrative_period.c, narrative_use.c and narrative_figure.c, in that order. */
#include "service/narrative.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

/* Where the splitter stands. */
struct splitter {
    struct narrative *narrative;
    struct slice rest;
    size_t sentence;
    bool after_blank;
    size_t room; /* for tokens */
};

enum { FIRST_ROOM = 4 }; /* a power of two */

static const struct {
    const char *word;
    int64_t number;
} number_words[] = {
    { "nil", 0 },     { "zero", 0 },    { "two", 2 },     { "three", 3 },    { "four", 4 },
    { "five", 5 },    { "six", 6 },     { "seven", 7 },   { "eight", 8 },    { "nine", 9 },
    { "ten", 10 },    { "eleven", 11 }, { "twelve", 12 }, { "fifteen", 15 }, { "twenty", 20 },
    { "thirty", 30 }, { "forty", 40 },  { "fifty", 50 },
};

/* After these a full stop ends no sentence. */
static const char *const abbreviations[] = { "approx", "vs", "v",  "no",   "nos", "e",  "g",  "i",
                                             "eg",     "ie", "cf", "dept", "st",  "mr", "mrs" };

static bool is_letter(struct slice slice, size_t i)
{
    if (i >= slice.length)
        return false;
    unsigned char c = (unsigned char)slice.start[i];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static bool is_digit(struct slice slice, size_t i)
{
    return i < slice.length && slice.start[i] >= '0' && slice.start[i] <= '9';
}

/* Marks of several bytes that stand for a plain one. */
static const struct {
    const char *bytes;
    char mark;
} wide_marks[] = {
    { "\xE2\x80\x98", '\'' }, { "\xE2\x80\x99", '\'' }, { "\xE2\x80\x9C", '"' },
    { "\xE2\x80\x9D", '"' },  { "\xE2\x80\x90", '-' },  { "\xE2\x80\x91", '-' },
    { "\xE2\x80\x92", '-' },  { "\xE2\x80\x93", '-' },  { "\xE2\x80\x94", '-' },
    { "\xE2\x88\x92", '-' },  { "\xC2\xA3", '$' },      { "\xC2\xA0", ' ' },
    { "\xE2\x80\xA2", '*' },  { "\xC2\xB7", '*' },
};

/* The mark at the start of the slice as one character, and its length in bytes. */
static char mark_at(struct slice slice, size_t *length)
{
    *length = 1;
    if ((unsigned char)slice.start[0] < 0x80)
        return slice.start[0];
    for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++)
        if (slice_starts(slice, wide_marks[i].bytes)) {
            *length = strlen(wide_marks[i].bytes);
            return wide_marks[i].mark;
        }
    return slice.start[0];
}

static size_t apostrophe(struct slice slice, size_t at)
{
    size_t length = 0;
    if (at >= slice.length || mark_at(slice_from(slice, at), &length) != '\'')
        return 0;
    return is_letter(slice, at + length) ? length : 0;
}

static size_t word_length(struct slice slice)
{
    size_t at = 0;
    for (;;) {
        size_t wide = 1;
        if (at < slice.length && (unsigned char)slice.start[at] >= 0x80 &&
            mark_at(slice_from(slice, at), &wide) != slice.start[at])
            return apostrophe(slice, at) ? at + wide : at;
        if (is_letter(slice, at) || is_digit(slice, at) ||
            (at < slice.length && (unsigned char)slice.start[at] >= 0x80))
            at++;
        else if (apostrophe(slice, at))
            at += apostrophe(slice, at);
        else
            return at;
    }
}

/* Digits, thousands commas that part three digits, and one decimal point before a digit. */
static size_t number_length(struct slice slice)
{
    size_t at = 0;
    bool point = false;
    for (;; at++) {
        if (is_digit(slice, at))
            continue;
        bool comma = at < slice.length && slice.start[at] == ',' && !point && at > 0 && at <= 12 &&
                     is_digit(slice, at + 1) && is_digit(slice, at + 2) &&
                     is_digit(slice, at + 3) && !is_digit(slice, at + 4);
        bool stop = at < slice.length && slice.start[at] == '.' && !point &&
                    is_digit(slice, at + 1);
        if (!comma && !stop)
            return at;
        point = point || stop;
    }
}

static const char *folded(struct arena *arena, struct slice slice)
{
    char *word = arena_take(arena, slice.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < slice.length;) {
        size_t step = 1;
        char c = mark_at(slice_from(slice, i), &step);
        word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
        i += step;
    }
    return word;
}

void *narrative_room(struct arena *arena, void *items, size_t count, size_t size)
{
    bool is_full = count == 0 || (count >= FIRST_ROOM && (count & (count - 1)) == 0);
    if (!is_full)
        return items;
    void *room = arena_take_array(arena, count ? 2 * count : FIRST_ROOM, size);
    if (count)
        memcpy(room, items, count * size);
    return room;
}

static struct token *add_token(struct splitter *splitter, enum token_kind kind, size_t length)
{
    struct narrative *narrative = splitter->narrative;
    assert(narrative->count < splitter->room);
    struct token *token = &narrative->tokens[narrative->count++];
    token->kind = kind;
    token->text = slice_first(splitter->rest, length);
    token->word = folded(narrative->arena, token->text);
    token->end = token->text.start + length;
    token->after_blank = splitter->after_blank;
    token->sentence = splitter->sentence;
    splitter->rest = slice_from(splitter->rest, length);
    splitter->after_blank = false;
    return token;
}

static void add_word(struct splitter *splitter)
{
    struct token *token = add_token(splitter, TOKEN_WORD, word_length(splitter->rest));
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
        if (strcmp(token->word, number_words[i].word) == 0) {
            token->kind = TOKEN_NUMBER;
            token->number = number_words[i].number * NUMBER_ONE;
            token->worded = true;
        }
}

/* 14th, 1A, 2a: a name with a digit, no number. */
static bool is_label(struct slice slice, size_t length)
{
    size_t letters = 0;
    while (is_letter(slice, length + letters))
        letters++;
    struct slice after = slice_first(slice_from(slice, length), letters);
    return letters > 0 && !slice_equal_folded(after, SLICE("s")) &&
           (letters == 1 || slice_equal_folded(after, SLICE("st")) ||
            slice_equal_folded(after, SLICE("nd")) || slice_equal_folded(after, SLICE("rd")) ||
            slice_equal_folded(after, SLICE("th")));
}

static void add_number(struct splitter *splitter)
{
    size_t length = number_length(splitter->rest);
    int64_t number = 0;
    int decimals = 0;
    if (is_label(splitter->rest, length) ||
        !number_read(slice_first(splitter->rest, length), &number, &decimals)) {
        size_t word = word_length(splitter->rest);
        add_token(splitter, TOKEN_WORD, word > length ? word : length)->use = USE_LABEL;
        return;
    }
    struct token *token = add_token(splitter, TOKEN_NUMBER, length);
    token->number = number;
    token->decimals = decimals;
    if (is_letter(splitter->rest, 0) && slice_starts_folded(splitter->rest, "s") &&
        !is_letter(splitter->rest, 1)) { /* under 25s */
        token->use = USE_AGE;
        splitter->rest = slice_from(splitter->rest, 1);
    }
}

static bool ends_sentence(const struct splitter *splitter, char mark, size_t length)
{
    static const char after[] = " \t\r\n\"')";
    const struct narrative *narrative = splitter->narrative;
    bool at_blank = length >= splitter->rest.length ||
                    memchr(after, splitter->rest.start[length], sizeof after - 1) ||
                    (unsigned char)splitter->rest.start[length] >= 0x80;
    if (mark == ';')
        return true;
    if ((mark != '.' && mark != '!' && mark != '?') || !at_blank)
        return false;
    if (mark != '.' || narrative->count == 0)
        return true;
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strcmp(narrative->tokens[narrative->count - 1].word, abbreviations[i]) == 0)
            return false;
    return true;
}

/* A hyphen between two letters, or between a digit and a letter, joins words: on-track. */
static bool joins(const struct splitter *splitter, char mark, size_t length)
{
    const struct narrative *narrative = splitter->narrative;
    if (mark != '-' || splitter->after_blank || narrative->count == 0 ||
        !is_letter(splitter->rest, length))
        return false;
    return narrative->tokens[narrative->count - 1].kind != TOKEN_MARK;
}

static void add_mark(struct splitter *splitter)
{
    size_t length = 0;
    char mark = mark_at(splitter->rest, &length);
    if (mark == ' ' || mark == '\t' || mark == '\r' || mark == '\n') {
        if (mark == '\n')
            splitter->sentence++;
        splitter->rest = slice_from(splitter->rest, length);
        splitter->after_blank = true;
        return;
    }
    if (joins(splitter, mark, length)) {
        splitter->rest = slice_from(splitter->rest, length);
        return;
    }
    bool ends = ends_sentence(splitter, mark, length);
    add_token(splitter, TOKEN_MARK, length);
    splitter->sentence += ends;
}

/* How many tokens after a number make it a percentage, or percentage points. */
static size_t percent_length(const struct narrative *narrative, size_t token, bool *points)
{
    static const char *const signs[] = { "%", "per cent", "percent", "pct", "percentage" };
    static const char *const units[] = { "points", "point", "pp", "ppts", "ppt", "pts" };
    size_t length = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && length == 0; i++)
        length = token_phrase(narrative, token, signs[i]);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (token_is(narrative, token + length, units[i]) && (length > 0 || i > 1)) {
            *points = true;
            return length + 1;
        }
    return token_is(narrative, token, "percentage") ? 0 : length;
}

/* Takes the signs and words of percentages out of the tokens and notes them at their numbers. */
static void join_percentages(struct narrative *narrative)
{
    size_t kept = 0;
    for (size_t i = 0; i < narrative->count; i++) {
        struct token token = narrative->tokens[i];
        if (token.kind == TOKEN_NUMBER) {
            size_t length = percent_length(narrative, i + 1, &token.points);
            token.percent = length > 0;
            if (length > 0)
                token.end = narrative->tokens[i + length].end;
            i += length;
        }
        narrative->tokens[kept++] = token;
    }
    narrative->count = kept;
}

/* At least as many as there can be tokens: each begins at a mark or where the kind of byte changes.
 */
static size_t most_tokens(struct slice text)
{
    enum kind { NONE, LETTER, DIGIT, OTHER } last = NONE;
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool wide = (unsigned char)text.start[i] == 0xE2; /* may begin a mark of several bytes */
        enum kind kind = OTHER;
        if (is_digit(text, i))
            kind = DIGIT;
        else if (!wide && is_letter(text, i))
            kind = LETTER;
        count += kind == OTHER || kind != last;
        last = kind;
    }
    return count;
}

void narrative_split(struct narrative *narrative)
{
    struct splitter splitter = { .narrative = narrative,
                                 .rest = narrative->text,
                                 .after_blank = true,
                                 .room = most_tokens(narrative->text) };
    narrative->tokens = arena_array_of(narrative->arena, splitter.room + 1, struct token);
    while (splitter.rest.length > 0) {
        if (is_digit(splitter.rest, 0))
            add_number(&splitter);
        else if (word_length(splitter.rest) > 0 && is_letter(splitter.rest, 0))
            add_word(&splitter);
        else
            add_mark(&splitter);
    }
    narrative->sentences = splitter.sentence + 1;
    join_percentages(narrative);
}

struct slice narrative_slice(const char *text)
{
    return slice_first(slice_of(text), NARRATIVE_MOST_BYTES);
}

struct narrative narrative_read(struct arena *arena, const char *text)
{
    struct narrative narrative = { .arena = arena, .text = narrative_slice(text) };
    narrative_split(&narrative);
    narrative_find_periods(&narrative);
    narrative_find_uses(&narrative);
    narrative_find_figures(&narrative);
    narrative_find_shares(&narrative);
    narrative_find_changes(&narrative);
    narrative_find_bounds(&narrative);
    narrative_find_targets(&narrative);
    return narrative;
}

struct slice narrative_words(const struct narrative *narrative, size_t first, size_t end)
{
    if (end > narrative->count)
        end = narrative->count;
    if (first >= end)
        return (struct slice){ NULL, 0 };
    const char *start = narrative->tokens[first].text.start;
    return (struct slice){ start, (size_t)(narrative->tokens[end - 1].end - start) };
}

struct slice narrative_sentence(const struct narrative *narrative, size_t token)
{
    if (token >= narrative->count)
        return (struct slice){ NULL, 0 };
    size_t first = token, end = token + 1;
    while (first > 0 && token_same_sentence(narrative, first - 1, token))
        first--;
    while (token_same_sentence(narrative, end, token))
        end++;
    return narrative_words(narrative, first, end);
}

const char *narrative_figure_text(const struct narrative *narrative, size_t token)
{
    const struct token *figure = &narrative->tokens[token];
    return arena_format(narrative->arena, "%.*s%s", (int)figure->text.length, figure->text.start,
                        figure->points    ? " percentage points"
                        : figure->percent ? "%"
                                          : "");
}

bool token_is(const struct narrative *narrative, size_t token, const char *word)
{
    return token < narrative->count && strcmp(narrative->tokens[token].word, word) == 0;
}

bool token_is_among(const struct narrative *narrative, size_t token, const char *words)
{
    if (token >= narrative->count)
        return false;
    const char *word = narrative->tokens[token].word;
    size_t length = strlen(word);
    for (const char *at = words; *at;) {
        const char *end = strchrnul(at, ' ');
        if ((size_t)(end - at) == length && memcmp(at, word, length) == 0)
            return true;
        at = *end ? end + 1 : end;
    }
    return false;
}

bool token_is_number(const struct narrative *narrative, size_t token)
{
    return token < narrative->count && narrative->tokens[token].kind == TOKEN_NUMBER;
}

bool token_is_plain(const struct narrative *narrative, size_t token)
{
    return token_is_number(narrative, token) && narrative->tokens[token].use == USE_PLAIN;
}

bool token_same_sentence(const struct narrative *narrative, size_t a, size_t b)
{
    return a < narrative->count && b < narrative->count &&
           narrative->tokens[a].sentence == narrative->tokens[b].sentence;
}

int64_t token_whole(const struct narrative *narrative, size_t token)
{
    if (!token_is_number(narrative, token))
        return -1;
    const struct token *number = &narrative->tokens[token];
    if (number->decimals || number->percent || number->worded ||
        memchr(number->text.start, ',', number->text.length))
        return -1;
    return number->number / NUMBER_ONE;
}

size_t token_phrase(const struct narrative *narrative, size_t token, const char *phrase)
{
    size_t at = token;
    /* Nearly all phrases end here, at every token. */
    if (token >= narrative->count || (*phrase != '*' && *phrase != *narrative->tokens[token].word))
        return 0;
    for (const char *word = phrase; *word; at++) {
        const char *end = strchrnul(word, ' ');
        size_t length = (size_t)(end - word);
        if (!token_same_sentence(narrative, at, token))
            return 0;
        const char *here = narrative->tokens[at].word;
        bool prefix = word[length - 1] == '*';
        if (strncmp(here, word, length - prefix) != 0 || (!prefix && here[length] != '\0'))
            return 0;
        word = *end ? end + 1 : end;
    }
    return at - token;
}
