/* Runs: building them, their plain words, and reading a printed figure back as a number. */
#include "document/runs.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/period.h"
#include "document/words.h"

#include "base/banned.h"

enum { RUN_LENGTH_MOST = 1024 * 1024, FORMAT_SHORT = 256 };

static const struct {
    const char *code, *words;
} severities[DOCUMENT_SEVERITY_COUNT] = {
    [DOCUMENT_ERROR] = { "error", "Error" },
    [DOCUMENT_WARNING] = { "warning", "Warning" },
    [DOCUMENT_NOTE] = { "note", "Note" },
};

static bool is_blank(const char *words)
{
    return !words || !*words;
}

static struct document_run *run_add(struct document_runs *runs, enum document_run_kind kind,
                                    const char *words)
{
    struct document_run *run = arena_new_of(runs->arena, struct document_run);
    run->kind = kind;
    run->text = words_copy(runs->arena, words);
    if (runs->last)
        runs->last->next = run;
    else
        runs->first = run;
    runs->last = run;
    return run;
}

struct document_runs *runs_add_text(struct document_runs *runs, const char *words)
{
    struct slice rest = slice_of(words), line;
    for (bool is_first = true; slice_split(&rest, '\n', &line); is_first = false) {
        if (!is_first)
            runs_add_break(runs);
        if (line.length > 0)
            run_add(runs, DOCUMENT_RUN_TEXT,
                    line.start[line.length] == '\0' ? line.start : slice_copy(runs->arena, line));
    }
    return runs;
}

struct document_runs *runs_add_format(struct document_runs *runs, const char *format, ...)
{
    char most_are_short[FORMAT_SHORT];
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(most_are_short, sizeof most_are_short, format, list);
    va_end(list);
    assert(length >= 0 && length <= RUN_LENGTH_MOST);
    char *words = most_are_short;
    if (length >= FORMAT_SHORT) {
        words = arena_take(runs->arena, (size_t)length + 1);
        vsnprintf(words, (size_t)length + 1, format, again);
    }
    va_end(again);
    return runs_add_text(runs, words);
}

struct document_runs *runs_add_strong(struct document_runs *runs, const char *words)
{
    if (!is_blank(words))
        run_add(runs, DOCUMENT_RUN_STRONG, words);
    return runs;
}

struct document_runs *runs_add_code(struct document_runs *runs, const char *words)
{
    if (!is_blank(words))
        run_add(runs, DOCUMENT_RUN_CODE, words);
    return runs;
}

/* An address that a reader may follow: never javascript:, data: or another machine's //host. */
static bool address_is_safe(const char *address)
{
    struct slice slice = slice_of(address);
    for (size_t i = 0; i < slice.length; i++)
        if ((unsigned char)slice.start[i] <= ' ' || slice.start[i] == '\\')
            return false;
    if (slice_starts(slice, "//"))
        return false;
    return slice_starts(slice, "/") || slice_starts(slice, "#") ||
           slice_starts(slice, "https://") || slice_starts(slice, "http://") ||
           slice_starts(slice, "mailto:");
}

struct document_runs *runs_add_link(struct document_runs *runs, const char *words,
                                    const char *address)
{
    if (is_blank(words))
        return runs;
    if (!address || !address_is_safe(address))
        return runs_add_text(runs, words);
    run_add(runs, DOCUMENT_RUN_LINK, words)->address = arena_copy_text(runs->arena, address);
    return runs;
}

struct document_runs *runs_add_figure(struct document_runs *runs, const char *text,
                                      const struct document_citation *citation)
{
    if (is_blank(text))
        return runs;
    struct arena *arena = runs->arena;
    struct document_figure *figure = arena_new_of(arena, struct document_figure);
    figure->text = words_copy(arena, text);
    figure->citation = (struct document_citation){
        .subject = words_copy(arena, citation->subject),
        .measure = words_copy(arena, citation->measure),
        .measure_title = words_copy(arena, citation->measure_title),
        .unit = words_copy(arena, citation->unit),
        .period = words_copy(arena, citation->period),
        .breakdown = words_copy(arena, citation->breakdown),
        .detail = words_copy(arena, citation->detail),
        .revision = citation->revision,
        .is_revised_since = citation->is_revised_since,
        .newer = words_copy(arena, citation->newer),
    };
    struct document_run *run = run_add(runs, DOCUMENT_RUN_FIGURE, NULL);
    run->text = figure->text;
    run->figure = figure;
    return runs;
}

struct document_runs *runs_add_derived(struct document_runs *runs, const char *words)
{
    if (!is_blank(words))
        run_add(runs, DOCUMENT_RUN_DERIVED, words);
    return runs;
}

struct document_runs *runs_add_rating(struct document_runs *runs,
                                      const struct document_rating *rating)
{
    if (!rating || (is_blank(rating->letters) && is_blank(rating->words)))
        return runs;
    struct arena *arena = runs->arena;
    run_add(runs, DOCUMENT_RUN_RATING, rating->words)->rating = (struct document_rating){
        .letters = words_copy(arena, rating->letters),
        .words = words_copy(arena, rating->words),
        .colour = words_copy(arena, rating->colour),
    };
    return runs;
}

struct document_runs *runs_add_missing(struct document_runs *runs, const char *code,
                                       const char *words)
{
    if (!is_blank(words))
        run_add(runs, DOCUMENT_RUN_MISSING, words)->code = words_copy(runs->arena, code);
    return runs;
}

struct document_runs *runs_add_finding(struct document_runs *runs, enum document_severity severity,
                                       const char *kind, const char *words)
{
    assert(severity < DOCUMENT_SEVERITY_COUNT);
    if (is_blank(words))
        return runs;
    struct document_run *run = run_add(runs, DOCUMENT_RUN_FINDING, words);
    run->severity = severity;
    run->code = words_copy(runs->arena, kind);
    return runs;
}

struct document_runs *runs_add_break(struct document_runs *runs)
{
    run_add(runs, DOCUMENT_RUN_BREAK, NULL);
    return runs;
}

const char *document_severity_words(enum document_severity severity)
{
    assert(severity < DOCUMENT_SEVERITY_COUNT);
    return severities[severity].words;
}

const char *document_severity_code(enum document_severity severity)
{
    assert(severity < DOCUMENT_SEVERITY_COUNT);
    return severities[severity].code;
}

static void rating_print(const struct document_rating *rating, struct text *out_words)
{
    if (is_blank(rating->letters))
        text_add(out_words, rating->words);
    else if (is_blank(rating->words))
        text_add(out_words, rating->letters);
    else
        text_add_format(out_words, "%s (%s)", rating->letters, rating->words);
}

static void run_print(struct arena *arena, const struct document_run *run, struct text *out_words)
{
    switch (run->kind) {
    case DOCUMENT_RUN_RATING:
        rating_print(&run->rating, out_words);
        return;
    case DOCUMENT_RUN_FINDING:
        text_add_format(out_words, "%s: %s", document_severity_words(run->severity), run->text);
        return;
    case DOCUMENT_RUN_BREAK:
        text_add_character(out_words, '\n');
        return;
    case DOCUMENT_RUN_FIGURE:
        text_add(out_words, run->text);
        if (run->figure->citation.is_revised_since)
            text_add_format(out_words, " (%s)",
                            citation_print_revision(arena, &run->figure->citation));
        return;
    case DOCUMENT_RUN_TEXT:
    case DOCUMENT_RUN_STRONG:
    case DOCUMENT_RUN_CODE:
    case DOCUMENT_RUN_LINK:
    case DOCUMENT_RUN_DERIVED:
    case DOCUMENT_RUN_MISSING:
        text_add(out_words, run->text);
        return;
    case DOCUMENT_RUN_KIND_COUNT:
        break;
    }
    assert(run->kind < DOCUMENT_RUN_KIND_COUNT);
}

void runs_print(const struct document_runs *runs, struct text *out_words)
{
    for (const struct document_run *run = runs->first; run; run = run->next)
        run_print(runs->arena, run, out_words);
}

const struct document_figure *runs_only_figure(const struct document_runs *runs)
{
    const struct document_run *run = runs->first;
    return run && run == runs->last && run->kind == DOCUMENT_RUN_FIGURE ? run->figure : NULL;
}

const char *runs_only_derived(const struct document_runs *runs)
{
    const struct document_run *run = runs->first;
    return run && run == runs->last && run->kind == DOCUMENT_RUN_DERIVED ? run->text : NULL;
}

static const char *period_words(struct arena *arena, const char *notation)
{
    struct period period;
    return notation && period_read(slice_of(notation), &period) ? period_print_long(arena, period)
                                                                : notation;
}

bool citation_is_value(const struct document_citation *citation)
{
    return is_blank(citation->subject) || strcmp(citation->subject, "value") == 0;
}

const char *citation_subject_words(struct arena *arena, const struct document_citation *citation)
{
    if (citation_is_value(citation))
        return NULL;
    if (is_blank(citation->detail))
        return citation->subject;
    if (strcmp(citation->subject, "target") == 0)
        return arena_format(arena, "%s target", citation->detail);
    if (strcmp(citation->subject, "forecast") == 0)
        return arena_format(arena, "forecast made in %s", period_words(arena, citation->detail));
    return arena_format(arena, "%s %s", citation->subject, citation->detail);
}

static void add_part(struct text *words, const char *part)
{
    if (is_blank(part))
        return;
    text_add(words, ", ");
    text_add(words, part);
}

char *citation_print(struct arena *arena, const struct document_citation *citation)
{
    struct text words = text_new(arena, RUN_LENGTH_MOST);
    const char *subject = citation_subject_words(arena, citation);
    const char *when = period_words(arena, citation->period);
    const char *const parts[] = { subject ? subject : "", subject ? " of measure " : "Measure ",
                                  citation->measure ? citation->measure : "not named" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_add(&words, parts[i]);
    if (words.bytes[0] >= 'a' && words.bytes[0] <= 'z')
        words.bytes[0] = (char)(words.bytes[0] - 'a' + 'A');
    if (!is_blank(citation->unit) || citation_is_value(citation))
        add_part(&words, is_blank(citation->unit) ? "whole authority" : citation->unit);
    add_part(&words, when);
    add_part(&words, citation->breakdown);
    if (citation->revision > 0)
        text_add_format(&words, ", revision %lld", (long long)citation->revision);
    return words.bytes;
}

char *citation_print_revision(struct arena *arena, const struct document_citation *citation)
{
    if (!citation->is_revised_since)
        return arena_copy_text(arena, "");
    if (is_blank(citation->newer))
        return arena_copy_text(arena, "revised since");
    return arena_format(arena, "revised since: %s", citation->newer);
}

bool figure_read(struct slice printed, int64_t *out_millionths, int *out_decimals,
                 bool *out_is_percent)
{
    struct slice rest = slice_trim(printed);
    bool is_percent = slice_ends(rest, "%");
    if (is_percent)
        rest = slice_trim(slice_first(rest, rest.length - 1));
    bool is_negative = slice_starts(rest, "-") || slice_starts(rest, "\xe2\x88\x92");
    if (is_negative)
        rest = slice_from(rest, slice_starts(rest, "-") ? 1 : 3);
    else if (slice_starts(rest, "+"))
        rest = slice_from(rest, 1);
    if (slice_starts(rest, "\xc2\xa3"))
        rest = slice_from(rest, 2);
    bool begins_well = rest.length > 0 &&
                       ((rest.start[0] >= '0' && rest.start[0] <= '9') || rest.start[0] == '.');
    int64_t millionths = 0;
    int decimals = 0;
    if (!begins_well || !number_read(rest, &millionths, &decimals))
        return false;
    *out_millionths = is_negative ? -millionths : millionths;
    *out_decimals = decimals;
    *out_is_percent = is_percent;
    return true;
}
