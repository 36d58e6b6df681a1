/* A snapshot of the people on a day: what it is called; its versions hold the sealed records. */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include "entity/entity.h"

struct snapshot {
    int64_t id;
    const char *code;
    const char *title;
    const char *taken_on;
    const char *population;
    int64_t latest;
    int64_t event;
};

extern const struct entity snapshot_entity;

#endif
