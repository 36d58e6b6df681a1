/* An e-mail on its way: queued, sent, or given up. */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include "entity/entity.h"

#define MESSAGE_QUEUED "queued"
#define MESSAGE_SENDING "sending"
#define MESSAGE_SENT "sent"
#define MESSAGE_FAILED "failed"

struct message {
    int64_t id;
    int64_t account;
    const char *recipient;
    const char *subject;
    const char *plain;
    const char *html;
    const char *state;
    int64_t attempts;
    const char *next_attempt_at;
    const char *last_error;
    const char *created_at;
    const char *sent_at;
    int64_t event;
};

extern const struct entity message_entity;

#endif
