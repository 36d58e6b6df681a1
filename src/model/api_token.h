/* What a program signs in with: on behalf of an account, for reading or for writing, until a day.
 */
#ifndef MODEL_API_TOKEN_H
#define MODEL_API_TOKEN_H

#include "entity/entity.h"

#define API_TOKEN_READ "read"
#define API_TOKEN_WRITE "write"

struct api_token {
    int64_t id;
    int64_t account;
    const char *name;
    const char *token;
    const char *scope;
    const char *made_at;
    const char *expires_on;
    const char *revoked_at;
    int64_t event;
};

extern const struct entity api_token_entity;

#endif
