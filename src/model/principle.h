/* A principle or value on which a scheme rests. */
#ifndef MODEL_PRINCIPLE_H
#define MODEL_PRINCIPLE_H

#include "entity/entity.h"

struct principle {
    int64_t id;
    int64_t scheme;
    int64_t number;
    const char *wording;
    int64_t event;
};

extern const struct entity principle_entity;

#endif
