/* Accounts by what people sign in with, and what is noted of sessions without an event. */
#ifndef STORE_ACCOUNT_STORE_H
#define STORE_ACCOUNT_STORE_H

#include "base/list.h"
#include "model/account.h"
#include "store/store.h"

/* The account of an e-mail address, in lower case. STATUS_NOT_FOUND without a sentence. */
MUST_CHECK enum status account_store_by_email(struct work *work, const char *email,
                                              struct account *out_account);
/* The account that an identity provider knows by that subject. STATUS_NOT_FOUND without a sentence.
 */
MUST_CHECK enum status account_store_by_subject(struct work *work, const char *issuer,
                                                const char *subject, struct account *out_account);
/* Notes that a session was used; in no transaction of an event, for it changes nothing that people
 * know. */
MUST_CHECK enum status account_store_touch(struct work *work, int64_t session, const char *at);

/* Ended by NULL, for the test that prepares each on both engines. */
extern const char *const account_statements[];

#endif
