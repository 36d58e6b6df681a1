/* A link that is good once: to choose a password, or to sign in to the demonstration. */
#ifndef MODEL_INVITATION_H
#define MODEL_INVITATION_H

#include "entity/entity.h"

struct invitation {
    int64_t id;
    int64_t account;
    const char *token;
    const char *kind;
    const char *made_at;
    const char *expires_at;
    const char *used_at;
    int64_t event;
};

extern const struct entity invitation_entity;

#endif
