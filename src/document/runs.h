/* Runs: the inline parts of a paragraph or a table cell, among them the figures, each of which is
 * a citation of the value that it prints. */
#ifndef DOCUMENT_RUNS_H
#define DOCUMENT_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/text.h"

struct arena;

enum document_run_kind {
    DOCUMENT_RUN_TEXT,
    DOCUMENT_RUN_STRONG,
    DOCUMENT_RUN_CODE,
    DOCUMENT_RUN_LINK,
    DOCUMENT_RUN_FIGURE,
    DOCUMENT_RUN_DERIVED,
    DOCUMENT_RUN_RATING,
    DOCUMENT_RUN_MISSING,
    DOCUMENT_RUN_FINDING,
    DOCUMENT_RUN_BREAK, /* a new line within the paragraph or cell */
    DOCUMENT_RUN_KIND_COUNT
};

/* Where a printed figure comes from. NULL where a part does not apply. */
struct document_citation {
    const char *subject;       /* what is cited: "value" (or NULL), "target", "forecast",
                                  "comparator" */
    const char *measure;       /* code */
    const char *measure_title; /* words for the table of sources; NULL: the code alone */
    const char *unit;          /* code; NULL: the whole authority */
    const char *period;        /* notation of base/period.h */
    const char *breakdown;
    const char *detail; /* of a target its kind; of a forecast the period in which it was made; of a
                           comparator its name */
    int64_t revision;   /* the revision that is printed, from 1; 0 where none are kept */
    bool is_revised_since; /* a newer revision exists */
    const char *newer;     /* as it would be printed now; NULL when not known */
};

struct document_source;

struct document_figure {
    const char *text; /* as printed: "47.58%" */
    struct document_citation citation;
    const struct document_source *source; /* set by document_sources, as is what follows */
    struct document_figure *next;         /* the next that prints the same of the same source */
};

/* A rating is never a colour alone: letters and words always stand with it. */
struct document_rating {
    const char *letters; /* "HG" */
    const char *words;   /* "High Green" */
    const char *colour;  /* a name of document/colour.h: "dark-green", "green", "amber", … */
};

/* Severities of findings, the mildest last, as in the check's own list. */
enum document_severity { DOCUMENT_ERROR, DOCUMENT_WARNING, DOCUMENT_NOTE, DOCUMENT_SEVERITY_COUNT };

struct document_run {
    enum document_run_kind kind;
    const char *text;    /* text, strong, code, link, the words of a finding or a missing value */
    const char *address; /* link */
    const char *code;    /* missing: its kind ("awaited"); finding: its kind; or NULL */
    enum document_severity severity; /* finding */
    struct document_rating rating;
    struct document_figure *figure;
    struct document_run *next;
};

/* The runs of one paragraph, item, cell or box, in order. */
struct document_runs {
    struct arena *arena; /* where runs and copies of their words live */
    struct document_run *first, *last;
};

/* Each of these appends one run. Words are copied (document/words.h cleans them), and a line end in
 * text becomes a break; NULL or empty words add nothing. They give back `runs`, so that calls can
 * be chained. */
struct document_runs *runs_add_text(struct document_runs *runs, const char *words);
struct document_runs *runs_add_format(struct document_runs *runs, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct document_runs *runs_add_strong(struct document_runs *runs, const char *words);
struct document_runs *runs_add_code(struct document_runs *runs, const char *words);
/* `address` is https:, http:, mailto:, a path or #id; anything else leaves plain text. */
struct document_runs *runs_add_link(struct document_runs *runs, const char *words,
                                    const char *address);
/* A figure as printed, with the value that it cites; every part of the citation is copied. */
struct document_runs *runs_add_figure(struct document_runs *runs, const char *text,
                                      const struct document_citation *citation);
/* A figure that the document makes of others that it prints, such as a count: it cites nothing. */
struct document_runs *runs_add_derived(struct document_runs *runs, const char *words);
struct document_runs *runs_add_rating(struct document_runs *runs,
                                      const struct document_rating *rating);
/* A missing value: why, as a code ("awaited"), and the words to print ("Awaited"). */
struct document_runs *runs_add_missing(struct document_runs *runs, const char *code,
                                       const char *words);
/* Something that the check found: severity, its kind ("boundary-misread") and a sentence. */
struct document_runs *runs_add_finding(struct document_runs *runs, enum document_severity severity,
                                       const char *kind, const char *words);
struct document_runs *runs_add_break(struct document_runs *runs);

/* "Error", "Warning", "Note". */
const char *document_severity_words(enum document_severity severity);
/* "error", "warning", "note". */
const char *document_severity_code(enum document_severity severity);
/* Adds the runs as plain words: ratings as "HG (High Green)", a revised figure followed by
 * "(revised since: 48.10%)", findings as "Error: …", breaks as '\n'. */
void runs_print(const struct document_runs *runs, struct text *out_words);
/* The figure, when a figure is all that the runs hold; else NULL. */
const struct document_figure *runs_only_figure(const struct document_runs *runs);
/* The words of a derived figure, when that is all that the runs hold; else NULL. */
const char *runs_only_derived(const struct document_runs *runs);
/* Where a figure comes from, in words: "Measure 1.4, HHASC, Quarter 1 2012/13, revision 1",
 * "Annual target of measure 1.4, HHASC, 2012/13, revision 2". */
char *citation_print(struct arena *arena, const struct document_citation *citation);
bool citation_is_value(const struct document_citation *citation);
/* What is cited besides a value: "annual target", "forecast made in Quarter 1 2012/13",
 * "comparator London"; NULL for a value. */
const char *citation_subject_words(struct arena *arena, const struct document_citation *citation);
/* "revised since: 48.10%", or "" for a figure that stands. */
char *citation_print_revision(struct arena *arena, const struct document_citation *citation);
/* Reads a figure as printed into millionths and the decimals shown; a per cent sign sets
 * `*out_is_percent`. False for what is not one plain number ("2 of 9", "below 25"). */
bool figure_read(struct slice printed, int64_t *out_millionths, int *out_decimals,
                 bool *out_is_percent);

#endif
