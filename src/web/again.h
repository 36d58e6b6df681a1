/* A form that came after its session had ended: it is carried through signing in, from page to page
 * in hidden fields, and can be sent again then. Nothing that somebody typed is lost, and nothing of
 * it is kept on the server meanwhile. */
#ifndef WEB_AGAIN_H
#define WEB_AGAIN_H

#include <jansson.h>

#include "web/routes.h"

enum { AGAIN_MOST = 256 * 1024 /* bytes of a form that is carried on */ };

/* The form that was just sent, for the templates: {"path", "fields": [{"name", "value"}]}. NULL
 * when it is too large. */
json_t *again_of_request(struct work *work, const struct call *call);
/* The form that the fields of a sign-in form carry on; NULL when there is none. */
json_t *again_of_form(const struct call *call);
/* The page that offers to send the form again, for the session of that token; `again` is taken
 * over. */
void again_show(struct work *work, const struct call *call, const char *token, json_t *again,
                struct page *out_page);

#endif
