/* Codes from a telephone as a second proof (TOTP, RFC 6238: 30 seconds, six digits), and recovery
 * codes for those who have lost it. Each code is good once. */
#ifndef SERVICE_SECOND_FACTOR_H
#define SERVICE_SECOND_FACTOR_H

#include "base/problem.h"
#include "model/account.h"
#include "model/session.h"
#include "service/sign_in.h"

enum {
    RECOVERY_CODES = 10,
    RECOVERY_CODE_LENGTH = 17, /* three groups of five letters and digits */
    SECRET_LENGTH = 32         /* of base 32: 160 bits */
};

/* Who must have a second proof, by the settings. */
struct second_factor_policy {
    bool is_for_all;
    bool roles[ROLE_COUNT];
};

/* Reads "optional", "all", or codes of roles parted by blanks; STATUS_INPUT for anything else. */
MUST_CHECK enum status second_factor_policy_read(struct work *work, const char *words,
                                                 struct second_factor_policy *out_policy);
/* Whether somebody who signed in with a password alone must turn codes on first. */
bool second_factor_is_missing(const struct second_factor_policy *policy, const struct actor *actor);
/* A new secret, as it is typed into a telephone; in the work's arena. */
MUST_CHECK enum status second_factor_secret(struct work *work, const char **out_secret);
/* The secret as the address that telephones read (otpauth://…). */
const char *second_factor_address(struct work *work, const char *authority, const char *secret);
/* Turns codes on for the work's actor, when `code` is one of the secret's: gives the recovery codes
 * and ends all other sessions. A wrong code is a problem under "code". */
MUST_CHECK enum status second_factor_turn_on(struct work *work, const char *secret,
                                             const char *code,
                                             const char *out_codes[RECOVERY_CODES],
                                             struct problems *problems);
/* Turns them off, when `code` is right. */
MUST_CHECK enum status second_factor_turn_off(struct work *work, const char *code,
                                              struct problems *problems);
/* Whether the code is one of the account's; then it is used up in `account`, which is for the
 * caller to write. */
bool second_factor_use(struct work *work, struct account *account, const char *typed);
/* Completes a sign-in whose code was due: the session goes on under a new token. Refused as an
 * outcome when the code is wrong; after ATTEMPTS_FREE wrong ones in a row the session has ended. */
MUST_CHECK enum status second_factor_sign_in(struct work *work, const struct session *session,
                                             const char *code, struct sign_in *out_sign_in);

#endif
