/* How many files, and how much, one person may send on one day. */
#ifndef WEB_QUOTA_H
#define WEB_QUOTA_H

#include "web/routes.h"

/* Counts the files that the call brings against the quota of who sends them. `*out_is_within` is
 * false when they are more than that: then call->retry_after is set. */
MUST_CHECK enum status quota_pass(struct work *work, struct call *call, bool *out_is_within);
/* What whoever is told 429 can do, where it was the quota. */
const char *quota_words(const struct call *call);

#endif
