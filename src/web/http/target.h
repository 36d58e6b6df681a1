/* The target of a request: the path and the query after it. */
#ifndef WEB_HTTP_TARGET_H
#define WEB_HTTP_TARGET_H

#include "base/slice.h"
#include "web/http/message.h"

struct arena;

/* Reads "/a/b?c=d" into segments and query. Gives 0, or the HTTP status of the refusal: 414 for one
 * that is too long, 400 for everything that a browser does not send: an address of another host,
 * control characters, broken or double-edged %XX (a NUL, a slash, a backslash), text that is not
 * UTF-8, "." and ".." and empty segments, a name that is in the query twice. */
int target_read(struct arena *arena, struct slice target, struct request *out_request);

#endif
