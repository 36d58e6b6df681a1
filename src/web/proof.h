/* Before a step that is delicate the password, a code or single sign-on is asked for again, where
 * the last time was too long ago. The form that asks leads where the one that was sent would have
 * gone, and carries all of it: nothing that somebody typed is lost, and one click does both. */
#ifndef WEB_PROOF_H
#define WEB_PROOF_H

#include "web/routes.h"

/* Whether the step may be taken: its route is not delicate, the proof is fresh, or the form brought
 * one that is right. Else the call's must_prove and proof_problem are set, and what cannot be
 * looked up is STATUS_STORAGE. The proof is taken out of the call's form. */
MUST_CHECK enum status proof_pass(struct work *work, struct call *call);
/* The page that asks. */
MUST_CHECK enum status proof_ask(struct work *work, const struct call *call, struct page *out_page);
/* The same for programs: application/problem+json with the challenge of RFC 9470. */
void proof_problem(struct work *work, const struct call *call, struct response *out_response);

#endif
