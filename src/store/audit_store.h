/* Reading the audit: its events, narrowed, the newest first. */
#ifndef STORE_AUDIT_STORE_H
#define STORE_AUDIT_STORE_H

#include "base/list.h"
#include "model/audit_event.h"
#include "store/store.h"

/* What is asked for; NULL and INTEGER_MISSING: all. */
struct audit_filter {
    const char *who, *operation;
    const char *from, *to; /* days, both included */
    int64_t before;        /* events with a lower number */
};

/* At most `most` events (struct audit_event *) in the work's arena. */
MUST_CHECK enum status audit_store_events(struct work *work, const struct audit_filter *filter,
                                          int64_t most, struct list *out_events);
/* By what the audit is narrowed with one choice of some. */
enum audit_facet { AUDIT_FACET_OPERATION, AUDIT_FACET_WHO };
enum { AUDIT_COUNTS_MOST = 100 };
struct audit_count {
    const char *value;
    int64_t events;
};
/* How many events each operation, in the order of the alphabet, or each of whom, the busiest first,
 * has of those that fit the filter but for that facet; `before` does not count. */
MUST_CHECK enum status audit_store_counts(struct work *work, const struct audit_filter *filter,
                                          enum audit_facet facet, struct list *out_counts);
/* What changed with an event (struct row_change *). */
MUST_CHECK enum status audit_store_changes(struct work *work, int64_t event,
                                           struct list *out_changes);

/* Ended by NULL, for the test that prepares each on both engines. */
extern const char *const audit_store_statements[];

#endif
