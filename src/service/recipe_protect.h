/* What may be written down of the counts that recipes made: a value is read by everybody who reads
 * what is on record, so a small count is withheld there, as it is in the tables that go out. */
#ifndef SERVICE_RECIPE_PROTECT_H
#define SERVICE_RECIPE_PROTECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/work.h"
#include "disclosure/profile.h"

/* Why a value is withheld. */
enum recipe_secret {
    RECIPE_OPEN,
    RECIPE_SMALL, /* the count, or how many it leaves out, is below the threshold, or the base is */
    RECIPE_LEADS  /* another unit's small count could be worked out from it */
};

struct recipe_count {
    int64_t measure, unit, parent; /* ids; a parent may be INTEGER_MISSING */
    const char *breakdown;         /* NULL: none */
    int64_t numerator;             /* people */
    int64_t base;                  /* people in millionths; INTEGER_MISSING of a plain count */
    enum recipe_secret secret;
};

/* The rule of the profile for public tables, with nought in the band of small numbers. A unit's
 * count is the sum of those of the units right below it: where one of such a sum is withheld, a
 * second one is, the smallest there is. */
void recipe_protect(const struct profile *profile, struct recipe_count *counts, size_t count);

#endif
