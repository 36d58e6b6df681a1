/* The header Accept-Encoding (RFC 9110, 12.5.3). */
#ifndef WEB_HTTP_ACCEPTED_H
#define WEB_HTTP_ACCEPTED_H

#include <stdbool.h>

#include "base/slice.h"

/* Whether the encoding is named, and not with a weight of 0. A star names none. */
bool accepted(struct slice header, const char *encoding);

#endif
