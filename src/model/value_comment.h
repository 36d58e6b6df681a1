/* What somebody wrote about a figure, and whether it is to be followed up. */
#ifndef MODEL_VALUE_COMMENT_H
#define MODEL_VALUE_COMMENT_H

#include "entity/entity.h"

#define FOLLOW_UP_NONE "none"
#define FOLLOW_UP_OPEN "open"
#define FOLLOW_UP_SETTLED "settled"

struct value_comment {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *period;
    int64_t number;
    const char *words;
    const char *follow_up;
    const char *written_at;
    const char *written_by;
    const char *outcome;
    const char *settled_at;
    const char *settled_by;
    int64_t event;
};

extern const struct entity value_comment_entity;

#endif
