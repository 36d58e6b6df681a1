/* A phase in which a scheme is carried out. */
#ifndef MODEL_PHASE_H
#define MODEL_PHASE_H

#include "entity/entity.h"

struct phase {
    int64_t id;
    int64_t scheme;
    int64_t number;
    const char *title;
    const char *wording;
    const char *starts;
    const char *ends;
    int64_t event;
};

extern const struct entity phase_entity;

#endif
