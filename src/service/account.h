/* Accounts and what they may do. Everything here that changes something needs
 * RIGHT_ACCOUNTS_MANAGE, writes one event, and says in `problems` what a person typed wrong; when
 * there are problems nothing is written. */
#ifndef SERVICE_ACCOUNT_H
#define SERVICE_ACCOUNT_H

#include "base/list.h"
#include "base/problem.h"
#include "model/account.h"
#include "model/invitation.h"
#include "service/permission.h"
#include "store/audit.h"

enum {
    INVITATION_DAYS = 7,
    DEMONSTRATION_MINUTES = 60,
};

struct account_details {
    const char *code, *name, *email; /* as they were typed */
};

/* Makes an account, open and without a password: an invitation lets its owner choose one. */
MUST_CHECK enum status account_add(struct work *work, const struct account_details *details,
                                   struct problems *problems);
/* What a grant says: a role, the code of a unit (NULL or "": the whole authority), the days from
 * and to which it holds (NULL or "": from today; until it is ended). */
struct account_grant {
    const char *role, *unit, *valid_from, *valid_to;
};

/* Grants a role, or, where another must agree, asks for it (approval.h). Nobody but the owner of
 * the workspace grants to themself. */
MUST_CHECK enum status account_grant(struct work *work, const char *code,
                                     const struct account_grant *grant, struct problems *problems);
/* Writes a grant within an event, unless the account has it already, which is a problem. */
MUST_CHECK enum status account_put_grant(struct work *work, struct audit *audit,
                                         struct role_grant *grant, struct problems *problems);
/* Ends a grant with yesterday, so that it holds no more. STATUS_NOT_FOUND when the account has no
 * grant of that number. */
MUST_CHECK enum status account_revoke(struct work *work, const char *code, int64_t grant);
/* Ends a grant that holds with yesterday, within an event. */
MUST_CHECK enum status account_end_grant(struct work *work, struct audit *audit,
                                         struct role_grant *grant);
/* Opens or closes an account; closing ends its sessions. */
MUST_CHECK enum status account_set_open(struct work *work, const char *code, bool is_open);
/* A link, good once, with which the account's owner chooses a password (`kind` "password") or, on
 * the demonstration, signs in ("demonstration"); the token is in the work's arena. Earlier links of
 * the account are used up. */
MUST_CHECK enum status account_invite(struct work *work, const char *code, const char *kind,
                                      const char **out_token);

/* The account of that code, with a sentence when there is none. */
MUST_CHECK enum status account_find(struct work *work, const char *code,
                                    struct account *out_account);
/* All accounts (struct account *) by name. Needs RIGHT_ACCOUNTS_MANAGE. */
MUST_CHECK enum status account_list(struct work *work, struct list *out_accounts);
/* An e-mail address as accounts have it: in small letters, without blanks around it. */
const char *account_email(struct arena *arena, const char *typed);

/* The invitation of a token that still is good, and its account; STATUS_NOT_FOUND with a sentence
 * when there is none, whatever the reason. */
MUST_CHECK enum status account_invitation(struct work *work, const char *token, const char *kind,
                                          struct invitation *out_invitation,
                                          struct account *out_account);
/* Uses up an invitation, within an event. */
MUST_CHECK enum status account_use_invitation(struct work *work, struct audit *audit,
                                              struct invitation *invitation);
/* The work's actor, who has a password, chooses another: all their other sessions end. */
MUST_CHECK enum status account_choose_password(struct work *work, struct slice password,
                                               struct problems *problems);
/* The invited person chooses a password: the invitation is used up, all sessions end. */
MUST_CHECK enum status account_accept(struct work *work, const char *token, struct slice password,
                                      struct problems *problems);

#endif
