/* A part of the authority under the name it had between two dates. */
#ifndef MODEL_UNIT_H
#define MODEL_UNIT_H

#include "entity/entity.h"

struct unit {
    int64_t id;
    const char *code;
    const char *name;
    const char *kind;
    int64_t parent;
    const char *valid_from;
    const char *valid_to;
    const char *note;
    int64_t event;
};

extern const struct entity unit_entity;

#endif
