#include "service/guesses.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/banned.h"

enum {
    HASH = 16, /* bytes made of a word; five are kept */
    KEPT = 5,
    ROW = 6,
    WORD_LEAST = 3,
    WORD_MOST = 28, /* letters of the longest that is common */
    PARTS_MOST = 12,
    SEQUENCE_LEAST = 3
};

#define CASE_COST 0.3     /* capitals are tried in few places */
#define LETTER_COST 0.6   /* digits for letters likewise */
#define UNKNOWN_COST 1.0  /* of a character that nothing explains: ten guesses */
#define OWN_COST 0.3      /* of a word of the person's own */
#define YEAR_COST 2.1     /* 120 years */
#define DATE_COST 4.6     /* every day of a century */
#define SEQUENCE_COST 1.4 /* where one begins, and which way it goes */

static int by_hash(const void *a, const void *b)
{
    return memcmp(a, b, KEPT);
}

bool guesses_common(struct slice word, double *out_log10)
{
    unsigned char hash[HASH];
    struct slice table = { NULL, 0 };
    if (word.length < WORD_LEAST || word.length > WORD_MOST ||
        !embedded_find("rules/common_words.bin", &table))
        return false;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)word.start, word.length, NULL, 0);
    const unsigned char *row = bsearch(hash, table.start, table.length / ROW, ROW, by_hash);
    if (row)
        *out_log10 = row[KEPT] / 10.0;
    return row != NULL;
}

/* A password in the forms in which it is looked at. */
struct looked_at {
    const char *typed, *small, *plain; /* as typed; in small letters; digits and signs as letters */
    size_t length;
    const struct list *own;
    /* The fewest guesses for what is before a place, by the number of parts it is made of. */
    double (*best)[PARTS_MOST + 1];
};

static char plain_of(char c)
{
    static const char signs[] = "@40831!$579", letters[] = "aaobeiissTg";
    const char *at = c ? strchr(signs, c) : NULL;
    char letter = at ? letters[at - signs] : c;
    return letter == 'T' ? 't' : letter;
}

static void reach(const struct looked_at *text, size_t from, size_t to, double cost)
{
    for (size_t parts = 0; parts <= PARTS_MOST; parts++) {
        size_t after = parts < PARTS_MOST ? parts + 1 : PARTS_MOST;
        double sum = text->best[from][parts] + cost;
        if (sum < text->best[to][after])
            text->best[to][after] = sum;
    }
}

static void try_unknown(const struct looked_at *text, size_t from)
{
    bool is_rest = ((unsigned char)text->typed[from] & 0xC0) == 0x80; /* of a character */
    for (size_t parts = 0; parts <= PARTS_MOST; parts++) {
        double sum = text->best[from][parts] + (is_rest ? 0 : UNKNOWN_COST);
        if (sum < text->best[from + 1][parts])
            text->best[from + 1][parts] = sum;
    }
}

static void try_words(const struct looked_at *text, size_t from)
{
    for (size_t length = WORD_LEAST; length <= WORD_MOST && from + length <= text->length;
         length++) {
        double rank = 0;
        bool is_small = memcmp(text->typed + from, text->small + from, length) == 0;
        bool is_plain = memcmp(text->small + from, text->plain + from, length) == 0;
        double cost = is_small ? 0 : CASE_COST;
        if (guesses_common((struct slice){ text->small + from, length }, &rank))
            reach(text, from, from + length, cost + rank);
        if (!is_plain && guesses_common((struct slice){ text->plain + from, length }, &rank))
            reach(text, from, from + length, cost + rank + LETTER_COST);
    }
}

static void try_own(const struct looked_at *text, size_t from)
{
    for (size_t i = 0; i < text->own->count; i++) {
        const char *word = text->own->items[i];
        size_t length = strlen(word);
        if (length < WORD_LEAST || from + length > text->length)
            continue;
        if (memcmp(text->small + from, word, length) == 0 ||
            memcmp(text->plain + from, word, length) == 0)
            reach(text, from, from + length, OWN_COST);
    }
}

/* abc, 321, and rows of the keyboard, forwards and backwards. */
static bool follows(char a, char b, int step)
{
    static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890",
                                        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p" };
    if (b - a == step)
        return true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = strchr(rows[i], step > 0 ? a : b);
        if (a && b && at && at[1] == (step > 0 ? b : a))
            return true;
    }
    return false;
}

static void try_sequences(const struct looked_at *text, size_t from)
{
    for (int step = -1; step <= 1; step += 2) {
        size_t length = 1;
        while (from + length < text->length &&
               follows(text->small[from + length - 1], text->small[from + length], step)) {
            length++;
            if (length >= SEQUENCE_LEAST)
                reach(text, from, from + length, SEQUENCE_COST + log10((double)length));
        }
    }
}

/* The same again as what stands right before, once or more. */
static void try_repetitions(const struct looked_at *text, size_t from)
{
    for (size_t period = 1; period <= from; period++) {
        double times = 1;
        size_t to = from;
        while (to + period <= text->length &&
               memcmp(text->small + to, text->small + from - period, period) == 0) {
            to += period;
            times++;
            reach(text, from, to, log10(times));
        }
    }
}

/* What stood somewhere before. */
static void try_copies(const struct looked_at *text, size_t from)
{
    for (size_t start = 0; start < from; start++)
        for (size_t length = 1; from + length <= text->length && start + length <= from &&
                                text->small[start + length - 1] == text->small[from + length - 1];
             length++)
            if (length >= SEQUENCE_LEAST)
                reach(text, from, from + length, log10((double)from));
}

static int number_at(const char *digits, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = digits[i] >= '0' && digits[i] <= '9' && number >= 0
                     ? number * 10 + (digits[i] - '0')
                     : -1;
    return number;
}

static bool is_year(int number)
{
    return number >= 1900 && number < 2050;
}

static bool is_day_and_month(int first, int second)
{
    return first >= 1 && second >= 1 &&
           ((first <= 31 && second <= 12) || (first <= 12 && second <= 31));
}

static void try_dates(const struct looked_at *text, size_t from)
{
    const char *at = text->typed + from;
    if (from + 4 <= text->length && is_year(number_at(at, 4)))
        reach(text, from, from + 4, YEAR_COST);
    if (from + 8 > text->length)
        return;
    bool ends_in_year = is_year(number_at(at + 4, 4)) &&
                        is_day_and_month(number_at(at, 2), number_at(at + 2, 2));
    bool begins_with_year = is_year(number_at(at, 4)) &&
                            is_day_and_month(number_at(at + 4, 2), number_at(at + 6, 2));
    if (ends_in_year || begins_with_year)
        reach(text, from, from + 8, DATE_COST);
}

/* In small letters; `is_plain`: with letters for the digits and signs that stand for them too. */
static const char *form_of(struct arena *arena, struct slice text, bool is_plain)
{
    char *copy = slice_copy(arena, text);
    for (char *c = copy; *c; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        *c = is_plain ? plain_of(*c) : *c;
    }
    return copy;
}

static void begin(struct arena *arena, struct looked_at *text)
{
    text->best = arena_take_raw(arena, (text->length + 1) * sizeof *text->best);
    for (size_t i = 0; i <= text->length; i++)
        for (size_t parts = 0; parts <= PARTS_MOST; parts++)
            text->best[i][parts] = HUGE_VAL;
    text->best[0][0] = 0;
}

double guesses_log10(struct arena *arena, struct slice password, const struct list *own)
{
    password = slice_first(password, GUESSES_TEXT_MOST);
    struct looked_at text = { .typed = slice_copy(arena, password),
                              .small = form_of(arena, password, false),
                              .plain = form_of(arena, password, true),
                              .length = password.length,
                              .own = own };
    begin(arena, &text);
    for (size_t from = 0; from < text.length; from++) {
        try_unknown(&text, from);
        try_words(&text, from);
        try_own(&text, from);
        try_sequences(&text, from);
        try_repetitions(&text, from);
        try_copies(&text, from);
        try_dates(&text, from);
    }
    double least = HUGE_VAL, orders = 0; /* in which the parts can stand: the logarithm of parts! */
    for (size_t parts = 0; parts <= PARTS_MOST; parts++) {
        orders += parts > 1 ? log10((double)parts) : 0;
        double sum = text.best[text.length][parts] + orders;
        least = sum < least ? sum : least;
    }
    return least;
}
