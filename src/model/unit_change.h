/* What became of a unit: renamed, merged, split, or its work passed on. */
#ifndef MODEL_UNIT_CHANGE_H
#define MODEL_UNIT_CHANGE_H

#include "entity/entity.h"

struct unit_change {
    int64_t id;
    int64_t predecessor;
    int64_t successor;
    const char *changed_on;
    const char *kind;
    const char *note;
    int64_t event;
};

extern const struct entity unit_change_entity;

#endif
