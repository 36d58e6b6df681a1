/* Asks another server for a JSON object: over TLS with its certificate checked, or on loopback; no
 * redirection is followed, and what is too long or too slow is refused. */
#ifndef SERVICE_FETCH_H
#define SERVICE_FETCH_H

#include <jansson.h>

#include "base/work.h"

enum { FETCH_MOST = 256 * 1024, FETCH_SECONDS = 8, FETCH_CONNECT_SECONDS = 4 };

struct fetch {
    const char *address;
    const char *form;            /* sent with POST, URL-encoded; NULL: GET */
    const char *user, *password; /* NULL: none */
};

/* The object, to be released by the caller. What goes wrong is STATUS_STORAGE with a sentence that
 * names the address, without what was sent. */
MUST_CHECK enum status fetch_json(struct work *work, const struct fetch *fetch,
                                  json_t **out_object);
/* Whether an address is one that is asked: https://, or http:// on loopback. */
bool fetch_is_allowed(const char *address);

#endif
