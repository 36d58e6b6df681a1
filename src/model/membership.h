/* Who sits on a body, and for whom they speak. */
#ifndef MODEL_MEMBERSHIP_H
#define MODEL_MEMBERSHIP_H

#include "entity/entity.h"

struct membership {
    int64_t id;
    int64_t body;
    const char *member;
    const char *role;
    int64_t post;
    int64_t member_body;
    const char *represents;
    const char *valid_from;
    const char *valid_to;
    int64_t event;
};

extern const struct entity membership_entity;

#endif
