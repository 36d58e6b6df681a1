/* A finished, checked request, and the answer to it: all that passes between the network side and
 * the rest, so that the network side can move into a process of its own. */
#ifndef WEB_HTTP_MESSAGE_H
#define WEB_HTTP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum {
    REQUEST_TARGET_MOST = 4096, /* bytes of path and query */
    REQUEST_SEGMENTS_MOST = 16, /* parts of the path */
    REQUEST_QUERY_MOST = 64,    /* names in the query */
    REQUEST_HEADER_MOST = 2048, /* bytes of one header that we read */
    REQUEST_BODY_MOST = 8 * 1024 * 1024,
    RESPONSE_HEADERS_MOST = 8
};

enum request_method { REQUEST_GET, REQUEST_HEAD, REQUEST_POST, REQUEST_PUT };

struct request_value {
    const char *name, *value;
};

/* What a browser asked for: everything decoded, UTF-8, without NUL. Lives as long as its exchange.
 */
struct request {
    enum request_method method;
    const char *segments[REQUEST_SEGMENTS_MOST]; /* "/measures/eet" has two; "/" has none */
    size_t segment_count;
    bool ends_in_slash; /* "/measures/" */
    struct request_value query[REQUEST_QUERY_MOST];
    size_t query_count;
    /* Headers; "" when there is none. */
    const char *accept, *if_none_match, *if_match, *cookie, *authorization, *content_type, *host,
        *origin, *fetch_site, *agent;
    const char *client; /* where it came from, as the proxy tells; NULL: nobody told */
    bool accepts_gzip, accepts_brotli;
    struct slice body;
};

/* The value of a name in the query, or NULL. */
const char *request_query(const struct request *request, const char *name);
/* The value of a cookie, in `arena`, or NULL. A name that is there twice is none. */
struct arena;
const char *request_cookie(struct arena *arena, const struct request *request, const char *name);

struct response_header {
    const char *name, *value;
};

/* The answer. Text and headers need to live only until the handler's caller has copied them, but
 * for a body that is_static, which must live as long as the server. */
struct response {
    int status;
    const char *media_type;
    struct slice body;
    bool is_static;
    const char *encoding;    /* "gzip" or "br"; NULL: as it is */
    bool is_behind_tls;      /* people reach us over TLS alone: browsers are told so */
    bool is_unlisted;        /* search engines are told to leave it out */
    bool is_cached_for_ever; /* its name changes when it does */
    const char *etag;        /* with its quotes; NULL for none */
    const char *route;       /* the pattern, for the log; NULL: no such page */
    struct response_header headers[RESPONSE_HEADERS_MOST];
    size_t header_count;
};

/* Adds a header; values of ours only, never of a request. */
void response_add_header(struct response *response, const char *name, const char *value);
/* The body is a file of that name, to be kept instead of shown. */
void response_is_file(struct arena *arena, struct response *response, const char *name);

#endif
