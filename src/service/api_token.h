/* Tokens with which programs use the API: each for one account, with its rights and no others. */
#ifndef SERVICE_API_TOKEN_H
#define SERVICE_API_TOKEN_H

#include "base/list.h"
#include "model/api_token.h"
#include "service/permission.h"

enum { API_TOKEN_DAYS_MOST = 366 };

struct api_token_details {
    const char *account, *name, *scope; /* `scope` NULL: read */
    int64_t days;                       /* 1 to API_TOKEN_DAYS_MOST */
};

/* Makes a token and gives it, once, in the work's arena; only its hash is kept. Needs
 * RIGHT_ACCOUNTS_MANAGE. */
MUST_CHECK enum status api_token_add(struct work *work, const struct api_token_details *details,
                                     const char **out_token);
/* All tokens, as struct api_token *. Needs RIGHT_ACCOUNTS_MANAGE. */
MUST_CHECK enum status api_token_list(struct work *work, struct list *out_tokens);
/* From now on the token of that number opens nothing. */
MUST_CHECK enum status api_token_revoke(struct work *work, int64_t number);
/* The actor of a token that somebody brought, and whether it may write. STATUS_NOT_FOUND, without
 * saying why, for one that is unknown, revoked, past its day, or of a closed account. */
MUST_CHECK enum status api_token_find(struct work *work, const char *token, struct actor *out_actor,
                                      bool *out_writes);

#endif
