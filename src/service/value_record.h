/* What a measure was for a unit in a period, written by itself and not with a return: the rows that
 * an import of values writes, one at a time, each change a revision with its reason. */
#ifndef SERVICE_VALUE_RECORD_H
#define SERVICE_VALUE_RECORD_H

#include "model/value.h"
#include "service/plan_record.h"

/* By codes; the breakdown NULL for everybody. */
struct value_place {
    const char *measure, *unit, *period, *breakdown;
};

/* The latest value of the place, NULL when there is none yet. STATUS_NOT_FOUND, in words, when
 * there is no such measure, unit or period. */
MUST_CHECK enum status value_record_find(struct work *work, const struct value_place *place,
                                         const struct value **out_value);
/* Writes the first value of the place, or, with `before`, which was seen there, revises it; as
 * plan_record_save. `inputs` are what is said of it, without its place. */
MUST_CHECK enum status value_record_save(struct work *work, const struct value_place *place,
                                         const struct value *before,
                                         const struct plan_record_change *change,
                                         struct plan_record_saved *out_saved);

#endif
