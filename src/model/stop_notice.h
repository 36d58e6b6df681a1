/* A notice to stop processing a person's monitoring data (Data Protection Act 2018, Schedule 1,
 * paragraph 8(5)). The person is a keyed hash, so that the notice does not say who it is about. */
#ifndef MODEL_STOP_NOTICE_H
#define MODEL_STOP_NOTICE_H

#include "entity/entity.h"

struct stop_notice {
    int64_t id;
    const char *code;
    const char *subject;
    const char *received_on;
    const char *effective_on;
    const char *ended_on;
    int64_t event;
};

extern const struct entity stop_notice_entity;

#endif
