/* What the files of the check share among themselves. */
#ifndef SERVICE_CHECK_PARTS_H
#define SERVICE_CHECK_PARTS_H

#include "service/check.h"
#include "service/known_count.h"
#include "service/narrative.h"
#include "service/rating_of.h"

/* A line with its texts read and its measures rated. */
struct check_line {
    const struct return_line *line;
    size_t order; /* its place in the view */
    struct narrative criterion, target, progress, value, forecast;
    const struct scale_level *declared; /* NULL for "?", blank and what is no level */
    const struct rated_measure *rated;  /* of each measure of the line */
    size_t worst;                       /* the measure rated worst, or NARRATIVE_NONE */
    bool is_checked;    /* else it is compared with; of its texts, `value` alone is read then */
    bool is_read;       /* so are `criterion` and `progress`: check_line_read */
    bool is_parent;     /* other rows of the return are its parts */
    uint64_t signature; /* a bit for each word of its progress, by hash; 0: check_line_signature */
    uint64_t figures;   /* a hash of the figures of its progress, in their order, when it is read */
    struct check_line *const *peers; /* all lines of its return, itself too */
    size_t peer_count;
    struct check_line *const *alike; /* the lines that may have those figures, itself too */
    size_t alike_count;
};

struct check {
    struct arena *arena;
    const struct return_view *view;
    const struct scale *scale;
    const struct known_counts *known;
    struct narrative_shelf *shelf;
    struct check_line *lines;
    size_t count;
    const struct check_kind *kind; /* the one that is running */
    struct findings *findings;
};

/* Adds a finding of the running kind. `measure` may be NULL: then the line's first, if any. */
void check_add(struct check *check, const struct check_line *line,
               const struct return_measure *measure, const char *evidence, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* One function for each row of check_kinds. */
void check_rating_contradicts_value(struct check *check, const struct check_line *line);
void check_forecast_as_position(struct check *check, const struct check_line *line);
void check_boundary_misread(struct check *check, const struct check_line *line);
void check_cumulative_misjudged(struct check *check, const struct check_line *line);
void check_target_differs(struct check *check, const struct check_line *line);
void check_narrative_duplicated(struct check *check, const struct check_line *line);
void check_percentage_contradicted(struct check *check, const struct check_line *line);
void check_period_stale(struct check *check, const struct check_line *line);
void check_restatement_unrecorded(struct check *check, const struct check_line *line);
void check_measure_duplicated(struct check *check, const struct check_line *line);
void check_inverse_of_target(struct check *check, const struct check_line *line);
void check_several_measures(struct check *check, const struct check_line *line);
void check_population_misnamed(struct check *check, const struct check_line *line);
void check_missing_untyped(struct check *check, const struct check_line *line);
void check_value_without_number(struct check *check, const struct check_line *line);
void check_rated_without_baseline(struct check *check, const struct check_line *line);
void check_small_base(struct check *check, const struct check_line *line);
void check_discloses_person(struct check *check, const struct check_line *line);

/* The part of check_discloses_person that reads words: a finding for the first count of people that
 * tells of so few. */
void check_count_in_words(struct check *check, const struct check_line *line);
/* True when the words (of a population) name people. */
bool check_counts_people(const struct check *check, const char *words);

/* A text in the check's arena, or as it was read before. */
struct narrative check_read(const struct check *check, const char *text);
/* Reads what comparing with a line asks for, when it is not read yet. */
void check_line_read(const struct check *check, struct check_line *line);
/* Its signature; its words are parted for it, and no more. */
uint64_t check_line_signature(struct check_line *line);
/* True when a text is so long that standing twice is no accident. */
bool check_may_be_repeated(const struct narrative *progress);
/* True when the signatures are of texts that may have nearly all words in common. */
bool check_has_most_words(uint64_t a, uint64_t b);
/* True when the words of two texts are nearly the same, in the same order. */
bool check_is_alike(struct arena *arena, const char *a, const char *b);
/* True when a level is at least as good as a target that is met. */
bool check_level_is_met(const struct check *check, const struct scale_level *level);
/* True when the text has a figure of that number. */
bool check_prints(const struct narrative *narrative, int64_t number);
/* The row's reported number: as recorded, else as printed in its value column; false: none. */
bool check_row_number(const struct check_line *line, int64_t *out_number);
/* True when the row or the record gives a number for the measure in the period. */
bool check_has_number(const struct check_line *line);
/* True when the line has a measure whose value is a number, and none that is a milestone. */
bool check_is_countable(const struct check_line *line);
/* True when a target of the line is relative to a baseline that is not recorded, or the text says
 * that the baseline is still to come. */
bool check_baseline_is_missing(const struct check_line *line);
bool check_text_is_blank(const char *text);
/* A slice as C text in the check's arena, cut to a readable length. */
const char *check_quote(const struct check *check, struct slice words);

#endif
