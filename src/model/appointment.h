/* Who holds a post from when to when. */
#ifndef MODEL_APPOINTMENT_H
#define MODEL_APPOINTMENT_H

#include "entity/entity.h"

struct appointment {
    int64_t id;
    int64_t post;
    int64_t person;
    const char *valid_from;
    const char *valid_to;
    int64_t event;
};

extern const struct entity appointment_entity;

#endif
