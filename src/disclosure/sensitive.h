/* Stricter rules for columns that need them: which of a plan's columns have which, and what follows
 * for each cell. */
#ifndef DISCLOSURE_SENSITIVE_H
#define DISCLOSURE_SENSITIVE_H

#include <stdint.h>

#include "disclosure/release_plan.h"

/* Fills the plan's `is_withheld` for its cells: those that cross a column which is counted for the
 * whole organisation only with anything else. */
MUST_CHECK enum status sensitive_withhold(struct work *work, struct release_plan *plan,
                                          int32_t cell_count);
/* The least count that may be shown, by cell, in the work's arena: the profile's threshold, or a
 * stricter one of the cell's columns and labels. */
MUST_CHECK enum status sensitive_thresholds(struct work *work, const struct release_plan *plan,
                                            int64_t profile_threshold, int64_t **out_thresholds);

#endif
