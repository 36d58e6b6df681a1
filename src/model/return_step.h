/* A step in the life of a return: who took it, when, and why. Steps are only ever added. */
#ifndef MODEL_RETURN_STEP_H
#define MODEL_RETURN_STEP_H

#include "entity/entity.h"

struct return_step {
    int64_t id;
    int64_t directorate_return;
    int64_t number;
    const char *action;
    const char *state_before;
    const char *state_after;
    const char *taken_at;
    const char *taken_by;
    const char *reason;
    int64_t event;
};

extern const struct entity return_step_entity;

#endif
