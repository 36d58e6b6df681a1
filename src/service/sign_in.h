/* Signing in and out: passwords, links, sessions. A session is known by a token that only the
 * browser has. */
#ifndef SERVICE_SIGN_IN_H
#define SERVICE_SIGN_IN_H

#include "base/list.h"
#include "model/account.h"
#include "model/session.h"
#include "service/permission.h"
#include "store/audit.h"

enum {
    ATTEMPTS_FREE = 5,        /* wrong passwords in a row before one has to wait */
    ATTEMPT_WAIT_MOST = 900,  /* seconds; each further attempt doubles the wait, from one second */
    SESSION_NOTED_EVERY = 60, /* seconds: how exactly it is known when a session was last used */
};

enum sign_in_outcome { SIGN_IN_REFUSED, SIGN_IN_CODE_DUE, SIGN_IN_DONE };

struct sign_in {
    enum sign_in_outcome outcome;
    const char *token; /* of the new session, in the work's arena; NULL when refused */
};

struct sign_in_attempt {
    const char *email;
    struct slice password;
    const char *agent; /* the browser, as it names itself */
};

/* Tries a password. That it is refused is an outcome, not a failure, and never says whether there
 * is such an account, or whether it has to wait. */
MUST_CHECK enum status sign_in_password(struct work *work, const struct sign_in_attempt *attempt,
                                        struct sign_in *out_sign_in);
/* Signs in by a link of the demonstration, which is used up. */
MUST_CHECK enum status sign_in_link(struct work *work, const char *token, const char *agent,
                                    struct sign_in *out_sign_in);

/* How a session began. */
struct session_origin {
    const char *agent; /* the browser, as it names itself */
    bool is_proven;    /* an identity provider asked for what it wants: no code is due */
};

/* Begins a session of an account, within an event. */
MUST_CHECK enum status session_begin(struct work *work, struct audit *audit,
                                     const struct account *account,
                                     const struct session_origin *origin,
                                     struct sign_in *out_sign_in);

/* How long a session lasts. */
struct session_limits {
    int64_t idle_seconds, absolute_seconds;
};

/* The session of a token, and who it is; STATUS_NOT_FOUND without a sentence when there is none
 * that still holds. `out_actor`'s grants are loaded unless a code is due. */
MUST_CHECK enum status session_find(struct work *work, const char *token,
                                    const struct session_limits *limits,
                                    struct session *out_session, struct actor *out_actor);
/* Whether it is time to note that the session is in use, and noting it. */
bool session_wants_noting(const struct work *work, const struct session *session);
MUST_CHECK enum status session_note(struct work *work, const struct session *session);
/* The sessions of the work's actor that hold (struct session *), newest first. */
MUST_CHECK enum status session_list(struct work *work, const struct session_limits *limits,
                                    struct list *out_sessions);
/* Ends a session of the work's actor; INTEGER_MISSING: all but the one in use. */
MUST_CHECK enum status session_end(struct work *work, int64_t session);
/* Whether, after failed attempts, the account must wait before the next. */
bool sign_in_must_wait(const struct work *work, const struct account *account);
/* Notes one more failed attempt in the account: when the next one may be made. */
void sign_in_count_failure(struct work *work, struct account *account);
/* Ends all sessions of the work's actor but the one in use, within an event. */
MUST_CHECK enum status sign_in_end_others(struct work *work, struct audit *audit);
/* Ends all sessions of an account, within an event. */
MUST_CHECK enum status sign_in_end_sessions(struct work *work, struct audit *audit,
                                            int64_t account);

#endif
