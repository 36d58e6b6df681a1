/* A statement that a reason rests on, linked to a value where one is held. */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include "entity/entity.h"

struct evidence {
    int64_t id;
    int64_t priority;
    int64_t number;
    const char *statement;
    int64_t figure;
    const char *figure_unit;
    int64_t measure;
    const char *period;
    const char *source;
    int64_t event;
};

extern const struct entity evidence_entity;

#endif
