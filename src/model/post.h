/* A role that somebody holds; leads and suppliers are posts, not people. */
#ifndef MODEL_POST_H
#define MODEL_POST_H

#include "entity/entity.h"

struct post {
    int64_t id;
    const char *code;
    const char *title;
    int64_t unit;
    const char *valid_from;
    const char *valid_to;
    const char *note;
    int64_t event;
};

extern const struct entity post_entity;

#endif
