/* A person who holds a post. */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "entity/entity.h"

struct person {
    int64_t id;
    const char *code;
    const char *name;
    const char *email;
    int64_t event;
};

extern const struct entity person_entity;

#endif
