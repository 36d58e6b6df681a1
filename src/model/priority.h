/* A need that an objective sets out to meet, with its reason. */
#ifndef MODEL_PRIORITY_H
#define MODEL_PRIORITY_H

#include "entity/entity.h"

struct priority {
    int64_t id;
    const char *code;
    int64_t objective;
    int64_t number;
    const char *need;
    const char *reason;
    const char *how_measured;
    int64_t event;
};

extern const struct entity priority_entity;

#endif
