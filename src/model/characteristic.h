/* A protected characteristic of the Equality Act 2010 s.4, or one that the authority added. */
#ifndef MODEL_CHARACTERISTIC_H
#define MODEL_CHARACTERISTIC_H

#include "entity/entity.h"

struct characteristic {
    int64_t id;
    const char *code;
    const char *title;
    int64_t statutory;
    int64_t aim_eliminate;
    int64_t aim_advance;
    int64_t aim_foster;
    const char *note;
    int64_t event;
};

extern const struct entity characteristic_entity;

#endif
