/* What two people must want: granting a role that reaches personal data or the accounts
 * (`needs_two` in permission.c), and giving out one person's record. One asks; another who has the
 * same right decides; nobody decides for what they asked for, or get. The owner of the workspace,
 * who holds its files, needs nobody. */
#ifndef SERVICE_APPROVAL_H
#define SERVICE_APPROVAL_H

#include "base/list.h"
#include "base/problem.h"
#include "model/approval.h"
#include "model/role_grant.h"
#include "service/permission.h"
#include "store/audit.h"

enum {
    APPROVAL_DAYS = 14,        /* that somebody may take to decide */
    APPROVAL_RECORD_HOURS = 24 /* for which an approved record can be taken, once */
};

/* Whether the work's actor needs another to grant that role. */
bool approval_is_wanted(const struct work *work, enum role role);
/* Asks for a grant, within an event. */
MUST_CHECK enum status approval_ask_role(struct work *work, struct audit *audit,
                                         const struct role_grant *grant);
/* Asks for the record of the subject with that number in a snapshot, for the work's actor. What
 * was typed wrong is in `problems`. Needs RIGHT_PEOPLE_KEEP. */
MUST_CHECK enum status approval_ask_record(struct work *work, const char *snapshot,
                                           struct slice number, const char *reason,
                                           struct problems *problems);
/* Those that wait (struct approval *) and the work's actor may decide, in `out_theirs`; and the
 * actor's own that wait or can be used, in `out_own`. Each NULL: not wanted. */
MUST_CHECK enum status approval_list(struct work *work, struct list *out_theirs,
                                     struct list *out_own);
/* Decides one that waits; a role is granted with it. Refusing one's own takes it back. */
MUST_CHECK enum status approval_decide(struct work *work, int64_t number, bool is_approved);
/* Uses up the approval of that record within an event; STATUS_REFUSED with a sentence when the
 * work's actor has none. */
MUST_CHECK enum status approval_use_record(struct work *work, struct audit *audit,
                                           const char *snapshot, struct slice number);

#endif
