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
    const char *opened_on;
    const char *lock_on;
    const char *first_complete_on;
    const char *open_until;
    const char *open_reason;
    int64_t event;
};

/* The states of a return; `model/states/return_states.h` says what leads from one to another. */
#define RETURN_DUE "due"
#define RETURN_SUBMITTED "submitted"
#define RETURN_SENT_BACK "sent-back"
#define RETURN_APPROVED "approved"
#define RETURN_FROZEN "frozen"
#define RETURN_REVISED "revised"

extern const struct entity directorate_return_entity;

#endif
