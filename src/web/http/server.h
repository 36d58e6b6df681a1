/* The HTTP server: threads, connections, limits. One function answers every request. */
#ifndef WEB_HTTP_SERVER_H
#define WEB_HTTP_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/work.h"
#include "web/http/log.h"
#include "web/http/message.h"
#include "web/http/reaper.h"

enum {
    SERVER_CONNECTIONS_MOST = 3000, /* slow clients hold one each until they are cut off */
    SERVER_FILES_SPARED = 200,      /* descriptors that are for other things than connections */
    SERVER_MEMORY_MOST = 32 * 1024, /* of one connection: its headers must fit */
    SERVER_IDLE_SECONDS = 30,
    SERVER_STOP_SECONDS = 10 /* that requests under way are given when the server stops */
};

struct arena;
struct server;

struct server_options {
    const char *address; /* 127.0.0.1, ::1 or unix:PATH */
    int64_t port;        /* 0: any */
    bool may_move;       /* to the next port when it is busy */
    unsigned threads;
    bool trusts_forwarded;          /* the last X-Forwarded-For is the proxy's word of who asks */
    const atomic_bool *is_draining; /* connections end with their answer; NULL: never */
    bool is_logging;                /* a JSON line for each request on standard error */
    struct reaper_limits limits;    /* all zero: the usual ones */
    /* Answers a request; called from several threads at once. `refusal` is 0, or the HTTP status
     * with which the request must be refused; then it holds nothing. The body is copied before the
     * call of `finished`, which is made with the same context when the answer is no longer needed.
     */
    void (*answer)(void *context, int refusal, const struct request *request, void **out_held,
                   struct response *out_response);
    void (*finished)(void *context, void *held);
    /* How many bytes of a body are taken, once the head is there; NULL: REQUEST_BODY_MOST. */
    size_t (*body_most)(void *context, const struct request *request);
    void (*note)(void *context, const struct log_line *line); /* of each request; NULL: none */
    void *context;
};

/* What there is to tell of the present. */
struct server_facts {
    unsigned connections, requests;
    uint64_t cut_off; /* connections that took too long, so far */
};

/* Starts the server; `*out_words` is the address for people, in the work's arena. */
MUST_CHECK enum status server_start(struct work *work, const struct server_options *options,
                                    struct server **out_server, const char **out_words);
void server_tell(struct server *server, struct server_facts *out_facts);
/* Takes no more connections, lets requests under way end (SERVER_STOP_SECONDS at most), stops. */
void server_stop(struct server *server);

#endif
