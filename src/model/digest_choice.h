/* How often an account is told by e-mail what needs it. Without a row: once a week. */
#ifndef MODEL_DIGEST_CHOICE_H
#define MODEL_DIGEST_CHOICE_H

#include "entity/entity.h"

#define DIGEST_DAILY "daily"
#define DIGEST_WEEKLY "weekly"
#define DIGEST_NEVER "never"

struct digest_choice {
    int64_t id;
    int64_t account;
    const char *frequency;
    const char *last_made_on;
    int64_t event;
};

extern const struct entity digest_choice_entity;

#endif
