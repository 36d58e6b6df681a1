/* A reminder of a return that was made for an account; each is made once. */
#ifndef MODEL_REMINDER_H
#define MODEL_REMINDER_H

#include "entity/entity.h"

#define REMINDER_BEFORE "before"
#define REMINDER_DUE "due"
#define REMINDER_LATE "late"

struct reminder {
    int64_t id;
    int64_t directorate_return;
    int64_t account;
    const char *kind;
    const char *made_on;
    int64_t event;
};

extern const struct entity reminder_entity;

#endif
