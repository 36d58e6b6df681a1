/* The target that is proposed for the new year, or that there is to be none. */
#ifndef MODEL_ROLL_OVER_TARGET_H
#define MODEL_ROLL_OVER_TARGET_H

#include "entity/entity.h"

struct roll_over_target {
    int64_t id;
    int64_t roll_over;
    int64_t measure;
    int64_t unit;
    int64_t value;
    int64_t decimals;
    const char *reason;
    const char *chosen_by;
    int64_t event;
};

extern const struct entity roll_over_target_entity;

#endif
