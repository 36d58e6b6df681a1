/* A wording of the vision that was considered. */
#ifndef MODEL_VISION_OPTION_H
#define MODEL_VISION_OPTION_H

#include "entity/entity.h"

struct vision_option {
    int64_t id;
    int64_t scheme;
    int64_t number;
    const char *wording;
    const char *outcome;
    const char *note;
    int64_t event;
};

extern const struct entity vision_option_entity;

#endif
