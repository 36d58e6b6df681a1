/* Disclosure profiles as data: rules/disclosure/profiles.csv and sensitive.csv. */
#ifndef DISCLOSURE_PROFILE_H
#define DISCLOSURE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/work.h"

enum profile_method {
    PROFILE_SUPPRESS,
    PROFILE_ROUND,
    PROFILE_NEAREST,
    PROFILE_CELL_KEY,
    PROFILE_ADDITIVE,
    PROFILE_CONTROLLED,
    PROFILE_NONE
};

struct profile {
    const char *name, *title, *summary;
    enum profile_method method;
    int64_t threshold; /* the least count shown; 0: none is hidden */
    bool shows_zeros;
    int64_t base;                     /* rounded to; 0: not at all */
    int64_t percent_base;             /* millionths; percentages on less are hidden */
    int64_t mean_base;                /* people; means and medians of fewer are hidden */
    int64_t largest_share, p_percent; /* millionths of per cent, or INTEGER_MISSING */
    bool is_restricted;
};

enum sensitive_rule { SENSITIVE_THRESHOLD, SENSITIVE_WHOLE_ORGANISATION };

struct sensitive {
    const char *role;
    const char *label; /* contained in the labels it holds for, without regard to case; "": all */
    enum sensitive_rule rule;
    int64_t threshold;
};

#define PROFILE_STANDARD "public" /* of tables that anybody may read */
enum { PROFILE_MOST = 64, SENSITIVE_MOST = 256 };

struct profiles {
    struct profile items[PROFILE_MOST];
    size_t count;
    struct sensitive sensitive[SENSITIVE_MOST];
    size_t sensitive_count;
};

/* Reads both lists that are built in, into the work's arena. */
MUST_CHECK enum status profiles_load(struct work *work, const struct profiles **out_profiles);
/* The profile of a name; fails with STATUS_USAGE and the names there are. */
MUST_CHECK enum status profile_find(struct work *work, const struct profiles *profiles,
                                    const char *name, struct profile *out_profile);
/* Raises the threshold. Fails with STATUS_REFUSED when it would be lower than the profile's, or
 * when the profile hides nothing that a threshold could raise. */
MUST_CHECK enum status profile_raise(struct work *work, struct profile *profile, int64_t threshold);
/* Whether a column of that role is counted for the whole organisation only. */
bool profiles_whole_only(const struct profiles *profiles, const char *role);
/* Rounds a count half up to the nearest multiple of the base: 2 to 0, 3 to 5, 12 to 10, 13 to 15;
 * as it is when the base is 0. */
int64_t profile_round(int64_t base, int64_t count);
/* Whether what is shown differs from the counts otherwise than by rounding each: means of the
 * people counted would then tell the counts. */
bool profile_moves_counts(const struct profile *profile);

#endif
