/* The listener for those who watch the server: /metrics on a port of its own on loopback, so that
 * the proxy in front has nothing to hide. */
#ifndef WEB_WATCH_H
#define WEB_WATCH_H

#include <stdatomic.h>

#include "base/work.h"
#include "web/http/server.h"
#include "web/metrics.h"

enum { METRICS_MOST = 1024 * 1024 /* bytes of one answer */ };

struct watch;

/* What is watched; all of it must live until watch_stop. */
struct watched {
    const struct metrics *metrics;
    struct server *server;
    const atomic_bool *is_draining;
};

/* `*out_words` is the address, in the work's arena. */
MUST_CHECK enum status watch_start(struct work *work, int64_t port, const struct watched *watched,
                                   struct watch **out_watch, const char **out_words);
/* NULL is allowed. */
void watch_stop(struct watch *watch);

#endif
