/* Runs that several reports and pages share: a level of a rating scale, a value with its citation.
 */
#ifndef REPORT_REPORT_RUNS_H
#define REPORT_REPORT_RUNS_H

#include "document/document.h"
#include "service/progress.h"

/* The rating's letters, name and colour; the scale's colour tokens become the document's. */
struct document_rating report_rating(const struct scale_level *level);
/* The levels of the scale as a list: name, word, and how far from the target each reaches. */
void report_add_levels(struct document_tree *tree, const struct scale *scale);
/* The document's colour name for a token of rules/rating_scales.csv; "grey" for an unknown one. */
const char *report_rating_colour(const char *token);
/* The figure as a citation of the stored value; a figure without words adds nothing. */
void report_add_figure(struct document_runs *runs, const struct progress_figure *figure);
/* A target in words, its numbers as citations: "at least 39%". */
void report_add_target(struct document_runs *runs, const struct progress_row *row,
                       const struct target *target);
/* A forecast's and a comparator's number, as citations. */
void report_add_forecast(struct document_runs *runs, const struct progress_row *row,
                         const struct forecast *forecast);
void report_add_comparator(struct document_runs *runs, const struct progress_row *row,
                           const struct comparator *comparator);
/* What the row has as its value: the figure, the state of a milestone, or why there is none. */
void report_add_value(struct document_runs *runs, const struct progress_row *row);
/* "better", "worse", "the same", or "not known". */
const char *report_travel_words(enum trend_direction direction);
/* "1 measure", "7 measures". */
const char *report_count(struct arena *arena, int64_t count, const char *one, const char *many);
/* "Quarter 1 2012/13" of the notation. */
const char *report_period(struct arena *arena, const char *notation);

#endif
