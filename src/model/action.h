/* Something to be done, by somebody, by some date. */
#ifndef MODEL_ACTION_H
#define MODEL_ACTION_H

#include "entity/entity.h"

struct action {
    int64_t id;
    const char *code;
    int64_t objective;
    int64_t priority;
    int64_t number;
    const char *wording;
    const char *lead_text;
    const char *target_date;
    const char *due;
    const char *recurrence;
    const char *condition;
    const char *success_measure;
    const char *status;
    const char *note;
    int64_t event;
};

extern const struct entity action_entity;

#endif
