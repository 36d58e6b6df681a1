/* An equality objective of a scheme. */
#ifndef MODEL_OBJECTIVE_H
#define MODEL_OBJECTIVE_H

#include "entity/entity.h"

struct objective {
    int64_t id;
    const char *code;
    int64_t scheme;
    int64_t number;
    const char *title;
    const char *explanation;
    int64_t sponsor;
    int64_t event;
};

extern const struct entity objective_entity;

#endif
