/* What libmicrohttpd 0.9.75 lets through and we do not: requests that two servers in a row could
 * read differently. */
#ifndef WEB_HTTP_GUARD_H
#define WEB_HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard {
    size_t headers, hosts, lengths, encodings;
    int64_t length; /* of the body, when it is given */
    bool is_bad;    /* a header's name or value holds what it may not */
};

/* Notes one header. */
void guard_header(struct guard *guard, const char *name, const char *value);
/* 0, or the HTTP status of the refusal. `version` is such as "HTTP/1.1". */
int guard_check(const struct guard *guard, const char *method, const char *version);

#endif
