/* Passwords: hashed with Argon2id (64 MiB, three passes), long rather than odd. */
#ifndef SERVICE_PASSWORD_H
#define SERVICE_PASSWORD_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/slice.h"
#include "base/work.h"

enum {
    PASSWORD_LEAST = 15,   /* characters */
    PASSWORD_MOST = 128,   /* characters; more is refused, never cut */
    PASSWORDS_AT_ONCE = 4, /* hashes that may be made at the same time, of 64 MiB each */
};

/* What a password must not be made of. */
struct password_owner {
    const char *code, *name, *email, *authority;
};

/* Adds what is wrong with a new password: too short, too long, or easy to guess for somebody who
 * knows common passwords and words, those of breaches, and the owner's own (guesses.h):
 * to `problems`, under the column "password". */
void password_check(struct problems *problems, struct slice password,
                    const struct password_owner *owner);
/* The hash to store, in the work's arena; STATUS_LIMIT when there is no memory for it. */
MUST_CHECK enum status password_hash(struct work *work, struct slice password,
                                     const char **out_hash);
/* Whether the password is the one of that hash. With NULL the answer is no, after as long a time.
 */
bool password_verify(const char *hash, struct slice password);

#endif
