/* Somebody who can sign in. Imported and exported nowhere: it holds what proves who a person is. */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "entity/entity.h"

struct account {
    int64_t id;
    const char *code;
    const char *name;
    const char *email;
    int64_t person;
    const char *status;
    const char *password;
    const char *totp_secret;
    int64_t totp_step;
    const char *recovery_codes;
    const char *issuer;
    const char *subject;
    int64_t failures;
    const char *locked_until;
    const char *created_at;
    int64_t event;
};

extern const struct entity account_entity;

#endif
