/* A step that two people must want: one asks, another decides. */
#ifndef MODEL_APPROVAL_H
#define MODEL_APPROVAL_H

#include "entity/entity.h"

#define APPROVAL_ROLE "role"
#define APPROVAL_RECORD "record"

#define APPROVAL_OPEN "open"
#define APPROVAL_APPROVED "approved"
#define APPROVAL_REFUSED "refused"
#define APPROVAL_USED "used"

struct approval {
    int64_t id;
    const char *kind;
    int64_t account; /* who gets the role, or the record */
    const char *role;
    int64_t unit;
    const char *valid_from;
    const char *valid_to;
    const char *snapshot; /* its code */
    const char *subject;  /* whose record: a commitment to the employee's number */
    const char *reason;
    const char *state;
    const char *asked_by;
    const char *asked_at;
    const char *decided_by;
    const char *decided_at;
    int64_t event;
};

extern const struct entity approval_entity;

#endif
