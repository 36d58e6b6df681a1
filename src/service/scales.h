/* The rating scales of the workspace, from rules/. */
#ifndef SERVICE_SCALES_H
#define SERVICE_SCALES_H

#include "base/work.h"
#include "stats/scale.h"

/* Reads rules/scales.csv, rating_scales.csv and milestone_levels.csv (the workspace's own where it
 * has them). What is wrong with them is STATUS_INPUT, naming file and line. Lives in the work's
 * arena. */
MUST_CHECK enum status scales_load(struct work *work, const struct scales **out_scales);
/* The scale of that code; STATUS_INPUT naming the scales there are. */
MUST_CHECK enum status scales_load_one(struct work *work, const char *code,
                                       const struct scale **out_scale);

#endif
