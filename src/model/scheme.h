/* A set of equality objectives with its vision and life. */
#ifndef MODEL_SCHEME_H
#define MODEL_SCHEME_H

#include "entity/entity.h"

struct scheme {
    int64_t id;
    const char *code;
    const char *title;
    const char *starts;
    const char *ends;
    const char *period_note;
    const char *vision;
    const char *summary;
    const char *status;
    int64_t adopted_by;
    const char *adopted_on;
    const char *published_on;
    const char *next_due;
    int64_t event;
};

extern const struct entity scheme_entity;

#endif
