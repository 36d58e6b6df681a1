/* The limits on how much may be asked for: by one address, by one account, and how often one
 * address may be wrong about a secret. Behind a proxy that does not tell addresses there are none
 * of the first and third kind, since all would share one. */
#ifndef WEB_LIMITS_H
#define WEB_LIMITS_H

#include "service/permission.h"
#include "web/routes.h"

enum { LIMITS_SECONDS = 60, LIMITS_WRONG_SECONDS = 600 };

struct limits;

/* 0: without that limit. */
struct limits_options {
    int64_t address, account; /* requests in LIMITS_SECONDS */
    int64_t wrong;            /* passwords, codes, links and tokens in LIMITS_WRONG_SECONDS */
};

struct limits *limits_new(const struct limits_options *options);
/* NULL is allowed, here and below: nothing is limited. */
void limits_free(struct limits *limits);
/* Counts a request, before anything is looked up for it; false when it came too soon, with
 * call->retry_after set. */
bool limits_pass(const struct site *site, struct call *call);
/* The same for the account that asks, if one does. */
bool limits_pass_account(const struct site *site, struct call *call, const struct actor *actor);
/* Counts a wrong secret against the address that it came from. */
void limits_note_wrong(struct limits *limits, const struct call *call);

#endif
