/* Somebody signed in with one browser, until it ends or is left alone for too long. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "entity/entity.h"

struct session {
    int64_t id;
    int64_t account;
    const char *token;
    const char *level;
    const char *started_at;
    const char *seen_at;
    const char *ended_at;
    const char *agent;
    int64_t event;
    const char *proven_at; /* when it was last proved who it is; NULL: before that was noted */
};

extern const struct entity session_entity;

#endif
