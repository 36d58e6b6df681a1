/* A group, committee, board, network or partner that governs, advises or is consulted. */
#ifndef MODEL_BODY_H
#define MODEL_BODY_H

#include "entity/entity.h"

struct body {
    int64_t id;
    const char *code;
    const char *name;
    const char *kind;
    const char *cycle;
    const char *cycle_text;
    const char *duty;
    int64_t unit;
    int64_t parent;
    const char *valid_from;
    const char *valid_to;
    const char *note;
    int64_t event;
};

extern const struct entity body_entity;

#endif
