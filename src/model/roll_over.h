/* A scheme taken into a new year: prepared, submitted, approved. Until it is approved the plan
 * stays as it is. */
#ifndef MODEL_ROLL_OVER_H
#define MODEL_ROLL_OVER_H

#include "entity/entity.h"

#define ROLL_OVER_DRAFT "draft"
#define ROLL_OVER_SUBMITTED "submitted"
#define ROLL_OVER_APPROVED "approved"

struct roll_over {
    int64_t id;
    int64_t scheme;
    const char *year;
    const char *state;
    const char *submitted_at;
    const char *submitted_by;
    const char *sent_back;
    const char *approved_at;
    const char *approved_by;
    int64_t event;
};

extern const struct entity roll_over_entity;

#endif
