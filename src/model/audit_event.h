/* One operation: who, when, what, and keyed commitments to the old and new values. */
#ifndef MODEL_AUDIT_EVENT_H
#define MODEL_AUDIT_EVENT_H

#include "entity/entity.h"

struct audit_event {
    int64_t id;
    const char *at;
    const char *who;
    const char *operation;
    const char *subject;
    const char *fields;
    int64_t row_count;
    const char *commitment_old;
    const char *commitment_new;
    const char *previous_hash;
    const char *hash;
};

extern const struct entity audit_event_entity;

#endif
