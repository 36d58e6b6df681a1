/* What the progress report of one scheme and period needs: a handful of statements, each a whole
 * set, none asked once per row. Lists hold pointers to the structs named, in the work's arena. */
#ifndef STORE_PROGRESS_STORE_H
#define STORE_PROGRESS_STORE_H

#include "base/list.h"
#include "model/authority.h"
#include "model/comparator.h"
#include "model/directorate_return.h"
#include "model/forecast.h"
#include "model/measure.h"
#include "model/measure_objective.h"
#include "model/objective.h"
#include "model/rating.h"
#include "model/return_row.h"
#include "model/scheme.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/value.h"
#include "store/store.h"

/* One supplier of a measure. */
struct progress_supplier {
    int64_t measure, unit;
    const char *roll_up;
    const char *post;    /* title, or NULL */
    const char *partner; /* name, or NULL */
};

/* The periods whose values are read. */
struct progress_periods {
    const char *now;         /* 2012-13-Q1 */
    const char *before;      /* the one before, of the same length */
    const char *year_before; /* the same one a year before */
    const char *year;        /* the reporting year in which `now` ends */
    const char *first_day, *last_day;
};

/* Everything read of one scheme and period. */
struct progress_data {
    struct authority *authority; /* NULL when there is none */
    struct scheme *scheme;
    struct list objectives; /* of struct objective, by number */
    struct list places;     /* of struct measure_objective, by objective and order */
    struct list measures;  /* of struct measure: those of the places, their parts and complements */
    struct list units;     /* of struct unit: all */
    struct list suppliers; /* of struct progress_supplier, by measure and unit */
    struct list targets;   /* of struct target: of the period and its year, and later years' */
    struct list values;    /* of struct value: of the three periods, for everybody */
    struct list earlier;   /* of struct value: of measures whose value of the period is missing */
    struct list forecasts; /* of struct forecast: made in the period */
    struct list ratings;   /* of struct rating: declared for the period */
    struct list returns;   /* of struct directorate_return of the period */
    struct list rows;      /* of struct return_row of those returns, by return and order */
    struct list comparators; /* of struct comparator of the measures, by measure, name and period */
};

/* The authority, without which no period has days; NULL when the workspace names none. */
MUST_CHECK enum status progress_store_authority(struct work *work,
                                                struct authority **out_authority);
/* The scheme of that code; with NULL, the newest one in force between the two days under which
 * measures stand. STATUS_NOT_FOUND with the remedy when there is none. */
MUST_CHECK enum status progress_store_scheme(struct work *work, const char *code,
                                             const struct progress_periods *periods,
                                             struct scheme **out_scheme);
/* Reads all the lists; authority and scheme are set already. */
MUST_CHECK enum status progress_store_load(struct work *work,
                                           const struct progress_periods *periods,
                                           struct progress_data *data);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines and
 * for the benchmark that runs them bare. */
extern const char *const progress_statements[];

#endif
