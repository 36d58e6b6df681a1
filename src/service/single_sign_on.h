/* Signing in by an identity provider: OpenID Connect, authorisation code with PKCE. Groups of the
 * provider become roles, by the setting sso-groups; a role that it maps is granted while somebody
 * is in its group, and ended when they sign in and are not. */
#ifndef SERVICE_SINGLE_SIGN_ON_H
#define SERVICE_SINGLE_SIGN_ON_H

#include "service/provider.h"
#include "service/sign_in.h"

/* An attempt: what it begins with, which the browser's session alone leads to, and with what it
 * comes back. */
struct sso_question {
    const char *redirect; /* our address, to which the provider sends the browser back */
    const char *state, *nonce, *verifier;
    const char *code, *agent; /* of the way back: the provider's code, the browser */
    bool is_proof;            /* of a session that goes on: the provider asks anew who it is */
};

/* What came of it: a session, or a sentence that says why not. */
struct sso_outcome {
    struct sign_in sign_in;
    const char *why; /* NULL: signed in */
};

/* Checks the settings, for the start of the server: issuer, roles, units. */
MUST_CHECK enum status single_sign_on_check(struct work *work,
                                            const struct provider_options *options);
/* Where the browser goes to sign in. */
MUST_CHECK enum status single_sign_on_address(struct work *work, struct provider *provider,
                                              const struct sso_question *question,
                                              const char **out_address);
/* Takes the code with which the browser came back. That it is refused is an outcome. */
MUST_CHECK enum status single_sign_on_finish(struct work *work, struct provider *provider,
                                             const struct sso_question *question,
                                             struct sso_outcome *out_outcome);
/* The same for a question that is a proof: notes that the session, which must be of the same
 * person, is proved. `*out_why` is the sentence that says why not; NULL: it is. */
MUST_CHECK enum status single_sign_on_prove(struct work *work, struct provider *provider,
                                            const struct sso_question *question,
                                            const struct session *session, const char **out_why);

#endif
