/* Who asks: the session that the browser's cookie names, and the token that proves that a form is
 * one of ours. */
#ifndef WEB_VISITOR_H
#define WEB_VISITOR_H

#include "web/routes.h"

enum { VISITOR_TOKEN_LENGTH = 64, VISITOR_COOKIE_MOST = 64 };

/* Finds who asks, sets the work's user and actor, and the call's cookie and session. Without a
 * session that holds, the actor is nobody. */
MUST_CHECK enum status visitor_find(struct work *work, struct call *call);
/* Whether a form comes from one of our own pages: 0, or the HTTP status of the refusal. The body
 * has been read into the call's form. */
int visitor_check_form(const struct work *work, const struct call *call);
/* The token for the forms of a page. A browser that has no cookie yet is given one with the
 * response. */
const char *visitor_form_token(struct work *work, const struct call *call,
                               struct response *response);
/* Gives the browser a new secret, in place of any that it had. */
const char *visitor_new_cookie(struct work *work, const struct call *call,
                               struct response *response);
/* What only a browser with that cookie leads to, for a purpose; VISITOR_TOKEN_LENGTH hexadecimal
 * digits in the work's arena. */
const char *visitor_secret(struct work *work, const char *cookie, const char *purpose);
/* Gives the browser the cookie of its session; NULL takes it away, with all that it kept of us. */
void visitor_set_session(struct work *work, const struct call *call, const char *token,
                         struct response *response);
/* The same for a page with forms: their token is that of the new session. */
void visitor_begin_forms(struct work *work, const struct call *call, const char *token,
                         struct page *page);
/* The limits of sessions, by the settings. */
struct session_limits visitor_limits(const struct site *site);

#endif
