/* Reads the token with which an identity provider says who somebody is (OpenID Connect
 * Core 1.0, 3.1.3.7): signed with one of the provider's keys, for us, of now, and in answer to our
 * question. */
#ifndef CODEC_ID_TOKEN_H
#define CODEC_ID_TOKEN_H

#include <jansson.h>

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"

enum {
    ID_TOKEN_MOST = 16 * 1024, /* bytes */
    ID_TOKEN_SUBJECT_MOST = 255,
    ID_TOKEN_GROUPS_MOST = 500,
    ID_TOKEN_CLOCKS_APART = 60, /* seconds by which two clocks may differ */
    ID_TOKEN_OLDEST = 600,      /* seconds ago that one may have been issued */
    ID_TOKEN_RSA_LEAST = 2048   /* bits of a key */
};

struct id_token_question {
    const char *issuer, *client, *nonce;
    int64_t now;              /* seconds since 1970 */
    const char *access_token; /* that came with it; NULL: none */
    const char *groups;       /* the claim that lists groups */
    int64_t asked_since;      /* the provider must have asked who it is after that; 0: whenever */
};

/* Who it is. What a provider does not say is NULL. */
struct id_token {
    const char *subject, *email, *name;
    bool email_is_verified;
    struct list groups; /* of const char * */
};

/* Why a token was refused; a sentence for the log, which names no person. */
enum id_token_fault {
    ID_TOKEN_GOOD,
    ID_TOKEN_NOT_ONE, /* it is not three parts of base 64, or too long */
    ID_TOKEN_HEADER,  /* its header is not what we take */
    ID_TOKEN_KEY,     /* none of the provider's keys, or more than one, can be meant */
    ID_TOKEN_SIGNATURE,
    ID_TOKEN_CLAIMS, /* they are no JSON object, or one is of the wrong kind */
    ID_TOKEN_ISSUER,
    ID_TOKEN_AUDIENCE,
    ID_TOKEN_TIME,
    ID_TOKEN_NONCE,
    ID_TOKEN_ACCESS_TOKEN, /* it belongs to another one */
    ID_TOKEN_NOT_ASKED,    /* the provider did not ask anew who it is */
    ID_TOKEN_FAULT_COUNT
};

extern const char *const id_token_faults[ID_TOKEN_FAULT_COUNT];

/* Reads a token by the provider's keys ({"keys": […]}). `out_token` is in the work's arena, and
 * untouched unless the answer is ID_TOKEN_GOOD. */
enum id_token_fault id_token_read(struct work *work, struct slice token, const json_t *keys,
                                  const struct id_token_question *question,
                                  struct id_token *out_token);

#endif
