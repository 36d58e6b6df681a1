/* What others achieved: a dated value with its source. */
#ifndef MODEL_COMPARATOR_H
#define MODEL_COMPARATOR_H

#include "entity/entity.h"

struct comparator {
    int64_t id;
    int64_t measure;
    const char *name;
    const char *period;
    int64_t value;
    int64_t decimals;
    const char *source;
    int64_t event;
};

extern const struct entity comparator_entity;

#endif
