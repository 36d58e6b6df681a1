/* Values of measures from a snapshot, by the recipes of the workspace (measure_recipe). A value
 * keeps where it comes from: the snapshot, its version, who was counted among whom. Running a
 * recipe again on the same snapshot changes nothing. */
#ifndef SERVICE_RECIPE_H
#define SERVICE_RECIPE_H

#include "base/list.h"
#include "base/period.h"
#include "service/import_put.h"

struct recipe_value {
    const char *measure, *unit, *breakdown; /* codes */
    int64_t numerator;                      /* people */
    int64_t denominator; /* people in millionths, for a mean is a fraction; missing of a count */
    enum put_outcome outcome;
    const char *words; /* of a refusal: why; else NULL */
    bool is_withheld;  /* so small that the value says no number */
};

/* Runs every recipe of the snapshot's population (or those of one measure) on its latest version,
 * for a period; without a snapshot, the recipes of every population on the latest snapshot of each
 * that was taken within the period. A recipe whose denominator is another population's has the mean
 * over that one's snapshots from the day before the period to its last day. Gives struct
 * recipe_value *, in the work's arena. A recipe that cannot be run is refused with its reason; the
 * others go on. What is so small that it would tell of people is put on record as withheld
 * (recipe_protect.h); whoever runs recipes may count people, and gets the counts. */
MUST_CHECK enum status recipe_run(struct work *work, const char *snapshot, const char *period,
                                  const char *measure, struct list *out_values);

#endif
