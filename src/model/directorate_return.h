/* The return of one unit for one period. */
#ifndef MODEL_DIRECTORATE_RETURN_H
#define MODEL_DIRECTORATE_RETURN_H

#include "entity/entity.h"

struct directorate_return {
    int64_t id;
    const char *code;
    const char *period;
    int64_t unit;
    const char *state;
    const char *due_on;
    const char *submitted_on;
    const char *note;
    int64_t event;
};

extern const struct entity directorate_return_entity;

#endif
