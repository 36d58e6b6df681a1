/* Which earlier objective lives on in which later one. */
#ifndef MODEL_OBJECTIVE_MAPPING_H
#define MODEL_OBJECTIVE_MAPPING_H

#include "entity/entity.h"

struct objective_mapping {
    int64_t id;
    int64_t objective;
    int64_t mapped_from;
    const char *note;
    int64_t event;
};

extern const struct entity objective_mapping_entity;

#endif
