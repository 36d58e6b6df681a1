/* The sentence that says how a rating came about; used by rating.c alone. */
#ifndef STATS_RATING_REASON_H
#define STATS_RATING_REASON_H

#include "stats/rating.h"

/* One sentence in `arena`, from what was given and what came of it. */
const char *rating_reason(struct arena *arena, const struct scale *scale,
                          const struct rating_input *input, const struct computed_rating *rating);
/* The same for a roll-up. */
const char *rating_roll_reason(struct arena *arena, enum rating_roll_up roll_up,
                               const struct rating_rolled *rolled);

#endif
