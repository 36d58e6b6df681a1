/* What the server did, for those who watch it: counts in the text format of Prometheus. Labels are
 * the patterns of our own tables, never what somebody sent, so there are as many of them as rows
 * and no person stands in any. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include <stdbool.h>

#include "base/text.h"
#include "web/http/log.h"
#include "web/http/server.h"

struct metrics;

enum metrics_count {
    METRICS_LIMITED_ADDRESS, /* requests refused because their address sent too many */
    METRICS_LIMITED_ACCOUNT,
    METRICS_LIMITED_SECRETS, /* because too many wrong secrets came from their address */
    METRICS_KEPT,            /* answers that were kept and given again */
    METRICS_MADE,            /* answers of the same routes that had to be made */
    METRICS_RELOADS,
    METRICS_RELOADS_FAILED,
    METRICS_COUNTS
};

struct metrics *metrics_new(void);
/* NULL is allowed. */
void metrics_free(struct metrics *metrics);
/* One more. NULL: there is nothing to count in. */
void metrics_add(struct metrics *metrics, enum metrics_count count);
/* A request has been answered. */
void metrics_note(struct metrics *metrics, const struct log_line *line);
/* Writes all of it, and what the server and the system tell of the present. */
void metrics_write(const struct metrics *metrics, const struct server_facts *facts,
                   bool is_draining, struct text *out_text);

#endif
