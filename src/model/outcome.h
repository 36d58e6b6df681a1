/* What will be different when a priority is met. */
#ifndef MODEL_OUTCOME_H
#define MODEL_OUTCOME_H

#include "entity/entity.h"

struct outcome {
    int64_t id;
    const char *code;
    int64_t priority;
    int64_t number;
    const char *wording;
    int64_t event;
};

extern const struct entity outcome_entity;

#endif
