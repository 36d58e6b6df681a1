/* A link with which somebody without an account reads a document, up to a day. */
#ifndef MODEL_SHARED_LINK_H
#define MODEL_SHARED_LINK_H

#include "entity/entity.h"

struct shared_link {
    int64_t id;
    int64_t document;
    const char *reader;
    const char *token;
    const char *valid_to;
    const char *withdrawn_at;
    int64_t event;
};

extern const struct entity shared_link_entity;

#endif
