/* A role that an account has for a unit and everything below it, from a day to a day. */
#ifndef MODEL_ROLE_GRANT_H
#define MODEL_ROLE_GRANT_H

#include "entity/entity.h"

struct role_grant {
    int64_t id;
    int64_t account;
    const char *role;
    int64_t unit;
    const char *valid_from;
    const char *valid_to;
    int64_t event;
};

extern const struct entity role_grant_entity;

#endif
