#include "web/localise.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "base/period.h"
#include "web/site.h"

#include "base/banned.h"

enum {
    LONGEST = 600 /* bytes of a sentence */,
    FORM_LONGEST = 120 /* of a fixed form */,
    TIME_LENGTH = 7 /* ", 14:05" */
};

/* The forms of a target, each with its places. */
static const struct {
    const char *before, *between, *words;
} targets[] = {
    { "at least ", NULL, WORDS("at least {value}") },
    { "above ", NULL, WORDS("above {value}") },
    { "at most ", NULL, WORDS("at most {value}") },
    { "below ", NULL, WORDS("below {value}") },
    { "exactly ", NULL, WORDS("exactly {value}") },
    { "between ", " and ", WORDS("between {value} and {upper}") },
};

static const char *fill_number(struct work *work, const char *words, const char *name, int number)
{
    return language_fill(work->arena, words, name, arena_format(work->arena, "%d", number));
}

static const char *month_words(const struct call *call, int month)
{
    static const char *const names[] = { WORDS("January"), WORDS("February"), WORDS("March"),
                                         WORDS("April"),   WORDS("May"),      WORDS("June"),
                                         WORDS("July"),    WORDS("August"),   WORDS("September"),
                                         WORDS("October"), WORDS("November"), WORDS("December") };
    return call_words(call, names[month - 1]);
}

/* "Week 14 of 2012", which nobody types. */
static bool read_week(const char *text, struct period *out_period)
{
    struct slice rest = slice_of(text), word = { NULL, 0 }, number = { NULL, 0 };
    int64_t week = 0, year = 0;
    bool is_week = slice_word(&rest, &word) && slice_is(word, "Week") &&
                   slice_word(&rest, &number) && slice_integer(number, &week) && week >= 1 &&
                   week <= 53 && slice_word(&rest, &word) && slice_is(word, "of") &&
                   slice_integer(slice_trim(rest), &year) && year > 0 && year < 10000;
    if (is_week)
        *out_period = (struct period){ PERIOD_WEEK, (int)year, (int)week };
    return is_week;
}

static const char *period_in(struct work *work, const struct call *call, const char *text)
{
    static const char *const forms[] = { [PERIOD_YEAR] = "{year}",
                                         [PERIOD_HALF] = WORDS("Half {number} {year}"),
                                         [PERIOD_QUARTER] = WORDS("Quarter {number} {year}"),
                                         [PERIOD_MONTH] = WORDS("{month} {year}"),
                                         [PERIOD_WEEK] = WORDS("Week {number} of {year}") };
    struct period period;
    bool was_read = period_read_worded(slice_of(text), &period) || read_week(text, &period);
    if (!was_read || strcmp(period_print_long(work->arena, period), text) != 0)
        return NULL;
    struct period year = { PERIOD_YEAR, period.year, 0 };
    bool is_reporting = period.kind != PERIOD_MONTH && period.kind != PERIOD_WEEK;
    const char *words = call_words(call, forms[period.kind]);
    words = fill_number(work, words, "number", period.number);
    if (period.kind == PERIOD_MONTH)
        words = language_fill(work->arena, words, "month", month_words(call, period.number));
    return is_reporting
               ? language_fill(work->arena, words, "year", period_print_long(work->arena, year))
               : fill_number(work, words, "year", period.year);
}

static const char *date_in(struct work *work, const struct call *call, const char *text)
{
    struct slice day = slice_of(text);
    struct date date;
    const char *time = "";
    if (day.length > TIME_LENGTH && day.start[day.length - TIME_LENGTH] == ',') {
        time = text + day.length - TIME_LENGTH;
        day.length -= TIME_LENGTH;
    }
    if (!date_read_british(day, &date) || !slice_is(day, date_print_long(work->arena, date)))
        return NULL;
    const char *words = call_words(call, WORDS("{day} {month} {year}"));
    words = fill_number(work, words, "day", date.day);
    words = language_fill(work->arena, words, "month", month_words(call, date.month));
    words = fill_number(work, words, "year", date.year);
    return arena_format(work->arena, "%s%s", words, time);
}

static bool begins_as_number(struct slice text)
{
    return text.length && strchr("-0123456789", text.start[0]);
}

static const char *target_in(struct work *work, const struct call *call, const char *text)
{
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct slice rest = slice_of(text);
        if (!slice_starts(rest, targets[i].before))
            continue;
        rest = slice_from(rest, strlen(targets[i].before));
        ptrdiff_t at = targets[i].between ? slice_find(rest, targets[i].between) : -1;
        if (!begins_as_number(rest) || (targets[i].between && at < 0))
            return NULL;
        struct slice value = at < 0 ? rest : slice_first(rest, (size_t)at);
        const char *words = language_fill(work->arena, call_words(call, targets[i].words), "value",
                                          slice_copy(work->arena, value));
        return at < 0 ? words
                      : language_fill(work->arena, words, "upper",
                                      text + strlen(targets[i].before) + (size_t)at +
                                          strlen(targets[i].between));
    }
    return NULL;
}

/* A period, a date or a target. */
static const char *form_in(struct work *work, const struct call *call, const char *text)
{
    const char *words = strlen(text) <= FORM_LONGEST ? period_in(work, call, text) : NULL;
    if (!words)
        words = date_in(work, call, text);
    if (!words)
        words = target_in(work, call, text);
    return words;
}

/* What forms, links and states say: words of ours, under these names. */
static const char *label_in(const struct call *call, const char *key, const char *text)
{
    static const char *const labels[] = { "text",       "titleText", "legend", "locked",
                                          "stateWords", "lateWords", "label",  "done",
                                          "words",      "message" };
    for (size_t i = 0; key && i < sizeof labels / sizeof *labels; i++)
        if (strcmp(key, labels[i]) == 0)
            return catalogue_find(&call->site->catalogues[call->language], text);
    return NULL;
}

/* A sentence that a service made of pieces; each of them may be ours or in a fixed form too. */
static const char *sentence_in(struct work *work, const struct call *call, const char *text)
{
    const struct list *patterns = &call->site->patterns[call->language];
    const char *pieces[LANGUAGE_PIECES_MOST] = { NULL };
    struct slice whole = slice_of(text);
    for (size_t i = 0; i < patterns->count; i++) {
        const struct language_pattern *pattern = patterns->items[i];
        if (!language_may_match(pattern, whole) ||
            !language_match(work->arena, pattern->words, text, pieces))
            continue;
        const char *words = call_words(call, pattern->words);
        for (size_t p = 0; p < LANGUAGE_PIECES_MOST && pieces[p]; p++) {
            const char *piece = catalogue_find(&call->site->catalogues[call->language], pieces[p]);
            if (!piece)
                piece = form_in(work, call, pieces[p]);
            words = language_fill(work->arena, words, arena_format(work->arena, "%zu", p + 1),
                                  piece ? piece : pieces[p]);
        }
        return words;
    }
    return NULL;
}

static json_t *text_in(struct work *work, const struct call *call, const char *key,
                       const json_t *value)
{
    const char *text = json_string_value(value);
    if (json_string_length(value) > LONGEST)
        return NULL;
    const char *words = label_in(call, key, text);
    if (!words)
        words = form_in(work, call, text);
    if (!words)
        words = sentence_in(work, call, text);
    return words ? json_string(words) : NULL;
}

const char *localise_period(struct work *work, const struct call *call, const char *text)
{
    const char *words = NULL;
    if (call->language != LANGUAGE_ENGLISH && strlen(text) <= LONGEST)
        words = period_in(work, call, text);
    return words ? words : text;
}

void localise(struct work *work, const struct call *call, json_t *model)
{
    json_t *value = NULL, *other = NULL;
    const char *key = NULL;
    void *next = NULL;
    size_t index = 0;
    json_object_foreach_safe(model, next, key, value)
    {
        if (!json_is_string(value))
            localise(work, call, value);
        else if (strcmp(key, "targetDate") != 0 && (other = text_in(work, call, key, value)))
            json_object_set_new(model, key, other);
    }
    json_array_foreach(model, index, value)
    {
        if (!json_is_string(value))
            localise(work, call, value);
        else if ((other = text_in(work, call, NULL, value)))
            json_array_set_new(model, index, other);
    }
}

static bool is_count(const char *key)
{
    static const char *const counts[] = { "people", "count", "total", "answered", "base", "cases" };
    for (size_t i = 0; key && i < sizeof counts / sizeof *counts; i++)
        if (strcmp(counts[i], key) == 0)
            return true;
    return false;
}

/* What is written instead of the value; NULL where it stays. */
static json_t *figure_in(struct arena *arena, const char *key, const json_t *value)
{
    static const char minus[] = "\xE2\x88\x92";
    if (json_is_integer(value) && is_count(key))
        return json_string(number_print_count(arena, json_integer_value(value)));
    const char *words = json_string_value(value);
    if (!words || words[0] != '-' || words[1] < '0' || words[1] > '9' ||
        words[strspn(words + 1, "0123456789.,%") + 1])
        return NULL;
    return json_string(arena_format(arena, "%s%s", minus, words + 1));
}

void localise_figures(struct arena *arena, json_t *model)
{
    json_t *value = NULL, *other = NULL;
    const char *key = NULL;
    void *next = NULL;
    size_t index = 0;
    json_object_foreach_safe(model, next, key, value)
    {
        localise_figures(arena, value);
        if ((other = figure_in(arena, key, value)))
            json_object_set_new(model, key, other);
    }
    json_array_foreach(model, index, value)
    {
        localise_figures(arena, value);
        if ((other = figure_in(arena, NULL, value)))
            json_array_set_new(model, index, other);
    }
}
