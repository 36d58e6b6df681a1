/* Moments that are named after the time of the year; used by target_moment.c. */
#ifndef MODEL_TARGET_SEASON_H
#define MODEL_TARGET_SEASON_H

#include "model/target_moment.h"

/* "summer term 2012", "autumn term 2012/13": the year, or the school year, which begins in autumn.
 */
bool target_read_term(struct target_reader *reader, struct target_moment *out_moment);
/* "Autumn 2023": seasons end with May, August, November and February. A winter is named by the year
 * in which it begins. */
bool target_read_season(struct target_reader *reader, struct target_moment *out_moment);
/* Easter Sunday and Christmas Day. */
bool target_read_feast(struct target_reader *reader, struct target_moment *out_moment);
/* "academic year 2012/13", "2012/13 school year": September to August. */
bool target_read_school_year(struct target_reader *reader, struct target_moment *out_moment);

#endif
