/* The progress of a scheme in a period: every measure under every objective, for each unit that
 * supplies it, with target, value, both ratings, direction of travel and the words of the return.
 *
 * The model is plain data in the work's arena: the report prints it, the pages show it, JSON gives
 * it out. A pointer is NULL where there is no such record. Nothing here is text with marks: words
 * are plain British English. */
#ifndef SERVICE_PROGRESS_H
#define SERVICE_PROGRESS_H

#include "base/period.h"
#include "stats/rating.h"
#include "stats/trend.h"
#include "store/progress_store.h"

struct finding;
struct progress_row;

enum { PROGRESS_MOST_LEVELS = SCALE_MOST_LEVELS };

/* A value that is printed: what it says and which stored value it cites. */
struct progress_figure {
    const char *words;           /* "40.23%" */
    const struct value *value;   /* the stored value that is cited */
    const struct measure *cited; /* its measure; another one than the row's for a complement */
    const struct unit *unit;
};

/* How declared and computed rating stand to each other. */
enum progress_agreement {
    PROGRESS_NEITHER,  /* no rating at all */
    PROGRESS_DECLARED, /* declared, and none can be computed */
    PROGRESS_COMPUTED, /* computed, and none is declared */
    PROGRESS_AGREES,
    PROGRESS_DIFFERS,
    PROGRESS_AGREEMENT_COUNT
};

/* A row of a return as it was printed, with the return that it stands in. */
struct progress_narrative {
    const struct return_row *row;
    const struct progress_return *back;
    struct list rows;     /* of struct progress_row *: the measures that it tells of */
    struct list findings; /* of const struct finding * */
};

/* A measure under an objective, for one unit. */
struct progress_row {
    const struct progress_objective *objective;
    const char *reference, *criterion;
    const struct measure *measure;
    const struct unit *unit; /* NULL when nobody supplies the measure */
    const char *supplier;    /* the post or partner that supplies it, in words; or NULL */
    bool is_part;            /* a sub-output: its measure is part of one that stands above */
    struct list parts;       /* of struct progress_row *: its own sub-outputs */

    const struct target *target; /* that of the period, else of the year, else of a later year */
    const struct target *annual; /* the year's, where `target` is that of the period */
    bool is_target_later;        /* `target` is of a later year: nothing is rated against it */
    const char *target_words;    /* "at least 39%"; "" when there is none */

    const struct value *value;      /* of the period, also when it says why it is missing */
    struct progress_figure figure;  /* `words` is NULL when there is no number */
    struct progress_figure source;  /* of a complement: the value that it was taken from */
    struct progress_figure earlier; /* where the period has no number: the newest before it */
    const char *missing;            /* code of why there is no value, or NULL */
    const char *missing_words;
    const char *milestone_words; /* "On track", or NULL */
    const char *rolled_words;    /* what stands for a value that its parts make, or NULL */

    const struct scale_level *computed; /* NULL: not rated */
    const char *reasoning;              /* one sentence, always there */
    const char *refusal;                /* code of why not rated, or NULL */
    bool is_small_base, is_not_significant;
    const struct rating *rating;        /* as declared */
    const struct scale_level *declared; /* NULL: none, or a word that the scale does not have */
    const char *declared_words;         /* as printed where it is no level, such as "?"; or NULL */
    const char *declared_reason;        /* where it differs: why, or "no reason given"; else NULL */
    enum progress_agreement agreement;

    struct trend trend;
    struct progress_figure before, year_before; /* with what the trend compares */
    struct list forecasts;                      /* of const struct forecast * */
    struct list comparators; /* of const struct comparator *: the newest of each name */
    struct progress_narrative *narrative;
    bool shows_narrative; /* the first row of its narrative */
    struct list findings; /* of const struct finding *: those of this measure */
};

/* A row that has parts is not counted; its parts are. */
struct progress_counts {
    int64_t declared[PROGRESS_MOST_LEVELS],
        computed[PROGRESS_MOST_LEVELS]; /* by level, best first */
    int64_t not_declared, not_computed;
    int64_t agreement[PROGRESS_AGREEMENT_COUNT];
    int64_t rows, awaited; /* awaited: rows without a value, for whatever reason */
};

struct progress_objective {
    const struct objective *objective;
    struct list rows; /* of struct progress_row *, in the order of the scheme */
    struct progress_counts counts;
};

/* The return of a unit, or that there is none from a unit that supplies measures. */
struct progress_return {
    const struct unit *unit;
    const struct directorate_return *row; /* NULL: no return at all */
    bool has_returned;                    /* submitted, approved, frozen or revised */
    bool is_late;                         /* after the day on which it was due */
    int64_t days_late;             /* INTEGER_MISSING when one of the two days is not known */
    struct progress_counts counts; /* of the rows of the unit */
    struct list narratives;        /* of struct progress_narrative *, in order */
};

/* How many rows have each reason for a missing value. */
struct progress_missing {
    const char *code, *words;
    int64_t count;
};

struct progress {
    struct period period;
    const char *period_code, *period_words; /* 2012-13-Q1, Quarter 1 2012/13 */
    struct progress_data data;
    const struct scale *scale;
    int start_month;
    struct list objectives; /* of struct progress_objective * */
    struct list rows;       /* all rows of all objectives */
    struct list returns;    /* of struct progress_return *, by name of the unit */
    struct progress_counts counts;
    struct list missing;  /* of struct progress_missing *: those that occur */
    struct list findings; /* of const struct finding *: all, those without a measure here too */
    int64_t findings_by_severity[3]; /* error, warning, note */
};

struct progress_options {
    const char *scheme; /* code; NULL: the one in force in the period */
    const char *unit;   /* code: only rows of that unit; NULL: all */
    bool without_check; /* leaves the findings out */
};

/* Loads and joins everything. `options` may be NULL. STATUS_NOT_FOUND when no scheme with measures
 * was in force, or there is no such scheme or unit. */
MUST_CHECK enum status progress_load(struct work *work, struct period period,
                                     const struct progress_options *options,
                                     struct progress **out_progress);

/* A target in words, with its exact comparison: "at least 39%", "below 25%", "between 0.9 and 1.1".
 * Its own wording where it has no number; "" when there is nothing. */
const char *progress_target_words(struct arena *arena, const struct measure *measure,
                                  const struct target *target);
/* Its comparison alone, as it stands before the number: "at least ", "between ". */
const char *progress_comparator_words(const struct target *target);
/* A number as it is printed for the measure: "47.58%", "1.5 points", "388". */
const char *progress_number_words(struct arena *arena, const struct measure *measure,
                                  int64_t number, int64_t decimals);
/* The value as a number: what is stored, or the share of its parts; INTEGER_MISSING for none. */
int64_t progress_value_number(const struct measure *measure, const struct value *value);

#endif
