/* The computed rating: how far a value is from its target, and the level of the scale in which that
 * falls. Exact throughout; nothing here is a matter of opinion. What a directorate declares is kept
 * apart (model/rating.h). */
#ifndef STATS_RATING_H
#define STATS_RATING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/interval.h"
#include "stats/ratio.h"
#include "stats/scale.h"

struct arena;

enum rating_polarity { RATING_HIGHER, RATING_LOWER, RATING_BAND, RATING_MILESTONE };

enum rating_comparator {
    RATING_AT_LEAST,
    RATING_ABOVE,
    RATING_AT_MOST,
    RATING_BELOW,
    RATING_BETWEEN,
    RATING_EQUAL,
};

enum rating_distance { RATING_RELATIVE, RATING_POINTS };

/* What the target given is for. A stretch or minimum target is rated as it stands, like a profile.
 */
enum rating_target_kind { RATING_ANNUAL, RATING_PROFILE };

/* Why there is no value. */
enum rating_missing {
    RATING_NOT_MISSING,
    RATING_NOT_DUE,
    RATING_AWAITED,
    RATING_NOT_COLLECTED,
    RATING_BASELINE_NOT_SET,
    RATING_NOT_APPLICABLE,
    RATING_WITHHELD,
};

/* Why there is no rating. */
enum rating_refusal {
    RATING_GIVEN,
    RATING_REFUSED_MISSING,       /* the value is missing, for the reason in `missing` */
    RATING_REFUSED_UNTYPED,       /* the value is missing and nobody says why */
    RATING_REFUSED_NO_TARGET,     /* neither target nor change on a baseline, or half a band */
    RATING_REFUSED_NO_BASELINE,   /* the target is a change on a baseline that is not set */
    RATING_REFUSED_NO_BASE,       /* the denominator is 0 */
    RATING_REFUSED_ZERO_TARGET,   /* a relative distance from 0 does not exist */
    RATING_REFUSED_CONTRADICTION, /* the measure's better direction and the target's words differ */
    RATING_REFUSED_SMALL_BASE,    /* the scale does not rate small bases */
    RATING_REFUSED_MILESTONE,     /* the scale gives this state of a milestone no level */
    RATING_REFUSED_TOO_LARGE,     /* the numbers are too large to be compared exactly */
    RATING_REFUSED_PARTS,         /* a roll-up without a rated part, or not made from levels */
};

/* All numbers are in millionths and INTEGER_MISSING when there is none. */
struct rating_input {
    enum rating_polarity polarity;
    enum rating_missing missing;
    const char *milestone; /* state of a milestone, or NULL */
    /* With numerator and denominator the value is their exact quotient (times 100 for a
     * percentage), and `value` is not looked at; a denominator beside a value is its base. */
    int64_t value, numerator, denominator;
    bool is_percentage;
    int decimals; /* with which the value is printed, 0 to 6 */
    enum rating_comparator comparator;
    enum rating_target_kind target_kind;
    int64_t target, upper; /* `upper` for RATING_BETWEEN alone */
    bool is_baseline_relative;
    int64_t baseline, change_percent; /* target = baseline * (1 + change_percent / 100) */
    enum rating_distance distance;
    /* A count that grows through the year, and the months gone when the period ends, 1 to 12. */
    bool is_cumulative;
    int months_gone;
    int64_t small_base; /* a smaller denominator is a small base; missing: as the scale says */
};

struct computed_rating {
    enum rating_refusal refusal;
    enum rating_missing missing;
    const struct scale_level *level;   /* NULL when there is no rating; lives in the scale */
    bool has_value, has_target;        /* which of the following are set */
    struct ratio value, target, upper; /* the effective target; upper edge of a band */
    struct ratio variance;             /* better is positive; per cent of the target, or points */
    enum rating_distance distance;
    int64_t effective_target, variance_rounded; /* in millionths; INTEGER_MISSING when not set */
    bool is_shared_out;   /* the annual target's share for the months gone was used */
    bool is_strict_bound; /* exactly at the bound of a strict target, which is not met */
    bool is_small_base;
    bool has_interval;        /* a percentage with a base has Wilson's 95% interval */
    struct interval interval; /* in the value's unit: per cent */
    bool is_not_significant;  /* the interval holds the target */
    const char *reasoning;    /* one plain sentence, in the caller's arena */
};

/* Rates a value (domain formulas of performance reporting):
 *
 *     variance = s (value - target) / |target| * 100     relative; s is -1 where lower is better
 *     variance = s (value - target)                      in points; required when the target is 0
 *     between: 0 inside, else minus the distance to the nearest edge; equal: minus the distance
 *
 * The better direction is the comparator's. A percentage, ratio or other non-additive value is
 * compared with the target as it is; a cumulative count that has only an annual target is compared
 * with target * months_gone / 12, and the reasoning says so. A strict target ("below", "above")
 * that is not met is rated at best as the level after "just met". A small base or an interval that
 * holds the target is flagged and told in the reasoning; only a scale that says so refuses to rate
 * it. `scale` must have passed scales_check and must outlive the result. */
void rating_compute(struct arena *arena, const struct scale *scale,
                    const struct rating_input *input, struct computed_rating *out_rating);

/* How the ratings of parts make one of the whole. A sum is made from values (stats/aggregate.h) and
 * then computed; "manual" and "none" give no computed rating. */
enum rating_roll_up {
    RATING_ROLL_NONE,
    RATING_ROLL_SUM,
    RATING_ROLL_MEAN, /* the mean place on the scale, rounded towards the worse level */
    RATING_ROLL_WORST,
    RATING_ROLL_MANUAL,
};

struct rating_rolled {
    enum rating_refusal refusal;
    const struct scale_level *level;
    size_t rated, unrated; /* parts */
    const char *reasoning; /* one plain sentence */
};

/* `levels` are levels of `scale`, NULL for a part without rating; such parts are counted and told,
 * not judged. */
void rating_roll(struct arena *arena, const struct scale *scale, enum rating_roll_up roll_up,
                 const struct scale_level *const *levels, size_t count,
                 struct rating_rolled *out_rolled);

/* The codes under which these are stored: "at-least", "baseline-not-set" and so on. False when the
 * code is none of them. NULL or "" as a reason for missing is RATING_NOT_MISSING. */
bool rating_polarity_read(const char *code, enum rating_polarity *out_polarity);
bool rating_comparator_read(const char *code, enum rating_comparator *out_comparator);
bool rating_distance_read(const char *code, enum rating_distance *out_distance);
bool rating_missing_read(const char *code, enum rating_missing *out_missing);
bool rating_roll_up_read(const char *code, enum rating_roll_up *out_roll_up);
/* A stable code of a refusal for JSON: "no-target", "missing" and so on; NULL for RATING_GIVEN. */
const char *rating_refusal_code(enum rating_refusal refusal);

#endif
