/* A period's returns with all that stands behind their rows: what the check and the report read.
 *
 * The view is plain data in the work's arena. Nothing in it is judged; a pointer is NULL where
 * there is no such record. */
#ifndef STORE_RETURN_STORE_H
#define STORE_RETURN_STORE_H

#include "base/list.h"
#include "base/period.h"
#include "model/authority.h"
#include "model/directorate_return.h"
#include "model/forecast.h"
#include "model/measure.h"
#include "model/measure_objective.h"
#include "model/objective.h"
#include "model/rating.h"
#include "model/return_row.h"
#include "model/target.h"
#include "model/value.h"
#include "store/store.h"

/* A return and its unit. */
struct return_head {
    struct directorate_return row;
    const char *unit_code, *unit_name, *unit_kind;
};

/* A measure that stands at a row, with what is recorded of it for the return's unit. Targets,
 * values, forecasts and ratings are their latest revisions. */
struct return_measure {
    const char *reference; /* where it stands in the scheme: 2.3a */
    const struct measure *measure;
    const struct target
        *annual; /* of the reporting year; where it has none, of the next that has */
    const struct target *profile; /* of the period itself */
    const struct target *minimum, *stretch;
    const struct value *value;            /* of the period, for everybody */
    const struct value *previous;         /* of the period before */
    const struct value *year_before;      /* of the same period a year before */
    const struct value *last;             /* where the period has no number: the newest before it */
    const struct measure *complement;     /* the measure of which this is 100 minus */
    const struct value *complement_value; /* its value in the period */
    const struct forecast *const *forecasts; /* made in the period, in the order of their periods */
    size_t forecast_count;
    const struct rating *declared;
};

/* A row of a return. */
struct return_line {
    const struct return_row *row;
    const struct return_head *head;
    const struct objective *objective;
    const char *scheme_code;
    /* Those at its reference: the same, or with a letter (2.3a) that no other row has; and the
     * row's own measure. */
    const struct return_measure *measures;
    size_t measure_count;
};

struct return_view {
    struct period period;
    const char *period_code, *year_code; /* 2012-13-Q1, 2012-13 */
    int start_month;                     /* first month of the reporting year */
    struct authority authority;
    struct return_head *heads;
    size_t head_count;
    struct return_line *lines; /* by scheme, objective number, order in it, unit */
    size_t line_count;
};

/* What is loaded of a period. All zero: the rows of the units that have given their return. */
struct return_scope {
    const char *draft_of; /* code of the unit whose rows are read while it still writes them too */
    const struct directorate_return
        *alone;         /* the only return to be read, given or not; NULL: all */
    bool is_for_rating; /* what only the check looks at stays NULL: `previous`, `year_before`,
                           `last`, `forecasts`, `declared` */
};

/* Loads the returns of a period. With `alone` the number of rows read does not grow with what other
 * units returned. A period in which nothing is returned gives an empty view. Fails with
 * STATUS_NOT_FOUND when the workspace has no authority. */
MUST_CHECK enum status return_store_load(struct work *work, struct period period,
                                         const struct return_scope *scope,
                                         struct return_view **out_view);

/* One of those who supply measures to a unit. */
struct return_supplier {
    int64_t measure;
    const char *words; /* the title of the post, or the name of the partner; NULL: neither */
    bool is_vacant;    /* nobody holds the post on the work's day */
};
/* All of a unit: of struct return_supplier *, by measure. */
MUST_CHECK enum status return_store_suppliers(struct work *work, int64_t unit,
                                              struct list *out_suppliers);
enum { RETURN_PERIODS_MOST = 4 };
/* A unit's values for everybody in up to RETURN_PERIODS_MOST periods, by code (NULL: none): of
 * struct value *, by measure. */
MUST_CHECK enum status return_store_values(struct work *work, int64_t unit,
                                           const char *const periods[RETURN_PERIODS_MOST],
                                           struct list *out_values);
/* The progress of the rows of all other returns of the period that are given: of const char *. */
MUST_CHECK enum status return_store_other_progress(struct work *work,
                                                   const struct directorate_return *head,
                                                   struct list *out_texts);

/* The statements, for the test that prepares each on both engines. */
extern const char *const return_store_statements[];
extern const size_t return_store_statement_count;

#endif
