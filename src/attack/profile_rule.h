/* What a disclosure profile says of how its figures are to be read, and how far apart least and
 * most of a hidden count have to stay: rules/disclosure/profiles.csv, as the attacker reads it. */
#ifndef ATTACK_PROFILE_RULE_H
#define ATTACK_PROFILE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/work.h"

struct profile_rule {
    bool shows_zeros;
    int64_t threshold, rounding, band, width;
};

/* The rule of the profile of that name. Fails with STATUS_USAGE when there is none, or when no sum
 * holds between its figures, so that there is nothing to attack. */
MUST_CHECK enum status profile_rule_read(struct work *work, const char *name,
                                         struct profile_rule *out_rule);

#endif
