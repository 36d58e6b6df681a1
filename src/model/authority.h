/* The public authority whose workspace this is: one row. */
#ifndef MODEL_AUTHORITY_H
#define MODEL_AUTHORITY_H

#include "entity/entity.h"

struct authority {
    int64_t id;
    const char *code;
    const char *name;
    const char *nation;
    const char *kind;
    int64_t headcount;
    int64_t year_start_month;
    const char *rating_scale;
    int64_t small_base;
    const char *note;
    int64_t event;
};

extern const struct entity authority_entity;

#endif
