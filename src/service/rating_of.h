/* From what is stored of a measure to its computed rating: the one place that joins store and
 * stats for it, so that check, report and `explain rating` cannot differ. */
#ifndef SERVICE_RATING_OF_H
#define SERVICE_RATING_OF_H

#include "stats/rating.h"
#include "store/return_store.h"

/* A measure rated for a period. */
struct rated_measure {
    struct rating_input input;
    struct computed_rating computed; /* computed.level is NULL when it cannot be rated */
    const struct target *target;     /* the one it was rated against: profile, else annual */
    const struct value *value;       /* the one that was rated; NULL when there is none */
    bool is_complement;              /* the value is 100 minus that of the complement measure */
    bool is_last;                    /* the value is of an earlier period */
};

enum {
    RATING_OF_LAST = 1,       /* where the period has no number, rate the newest before it */
    RATING_OF_WHOLE_YEAR = 2, /* compare a cumulative count with the whole annual target */
};

/* The rating scale of that code, from the workspace's own rules/ where it has them, for as long as
 * the work's store is open, or in the work's arena. STATUS_INPUT when the rules do not hold it, or
 * hold it wrongly; the sentence names the file. */
MUST_CHECK enum status rating_scale_load(struct work *work, const char *code,
                                         const struct scale **out_scale);
/* Rates one measure of a view. Never fails: what cannot be rated has a refusal and a reasoning. */
struct rated_measure rating_of_measure(struct arena *arena, const struct return_view *view,
                                       const struct scale *scale,
                                       const struct return_measure *measure, unsigned flags);
/* The level that was declared, by code, letters, name or word in any case; NULL for none of them,
 * as with "?". */
const struct scale_level *rating_declared(const struct scale *scale, const char *declared);
/* "40.23%", "101", "1.5 percentage points": a number as the measure prints it. */
const char *rating_number(struct arena *arena, const struct measure *measure, int64_t millionths);
/* True when the measure is a percentage. */
bool rating_is_percentage(const struct measure *measure);

#endif
