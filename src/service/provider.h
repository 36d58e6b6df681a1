/* An identity provider (OpenID Connect Discovery 1.0): where it is asked, and its keys. Asked once
 * in a while and shared by threads. */
#ifndef SERVICE_PROVIDER_H
#define SERVICE_PROVIDER_H

#include <jansson.h>

#include "base/work.h"

enum { PROVIDER_KEPT_SECONDS = 600, PROVIDER_ASKED_AGAIN_SECONDS = 30 };

/* As the settings say. */
struct provider_options {
    const char *issuer; /* exactly as the provider writes it; "" for no single sign-on */
    const char *client, *secret;
    const char *hosts;  /* beside the issuer's, at which its addresses may be; parted by blanks */
    const char *groups; /* "Group: role@unit; Other group: role" */
};

/* What is known of it: its own, to be released. */
struct provider_facts {
    const char *authorization, *token; /* addresses, in the work's arena */
    json_t *keys;
};

struct provider;

/* The options must live as long as the provider. */
struct provider *provider_new(const struct provider_options *options);
/* NULL is allowed. */
void provider_free(struct provider *provider);
const struct provider_options *provider_options(const struct provider *provider);
/* What is known, asked for when it is not or, with `anew`, when it is older than half a minute: a
 * provider changes its keys now and then. */
MUST_CHECK enum status provider_facts(struct work *work, struct provider *provider, bool anew,
                                      struct provider_facts *out_facts);

#endif
