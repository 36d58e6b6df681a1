/* Proving again who one is, before a step that must not be taken by whoever finds a browser open.
 * A proof is good for some minutes of its session. */
#ifndef SERVICE_PROOF_H
#define SERVICE_PROOF_H

#include "model/session.h"
#include "service/permission.h"
#include "store/audit.h"

/* What an account can be asked for. */
enum proof_kind {
    PROOF_PASSWORD,
    PROOF_CODE,     /* of its telephone, or a recovery code: its codes are on */
    PROOF_PROVIDER, /* the session began by single sign-on: it is asked again */
    PROOF_CONSENT,  /* a person of the demonstration, who has nothing else: that they mean it */
};

/* Whether the session was proved so few seconds ago; NULL is no session. */
bool proof_is_fresh(const struct work *work, const struct session *session, int64_t seconds);
/* What the session can be asked for. */
MUST_CHECK enum status proof_kind_of(struct work *work, const struct session *session,
                                     enum proof_kind *out_kind);
/* Tries what was typed. What is wrong counts as a wrong password does at sign-in: after some in a
 * row one has to wait, and then nothing is right. */
MUST_CHECK enum status proof_try(struct work *work, const struct session *session,
                                 enum proof_kind kind, struct slice typed, bool *out_is_right);
/* Notes within an event that the session is proved. */
MUST_CHECK enum status proof_note(struct work *work, struct audit *audit, int64_t session);

#endif
