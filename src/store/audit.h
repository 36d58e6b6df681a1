/* Every write is one transaction with one event; the events are chained by hash.
 *
 *     audit_begin(work, "import", "values", &audit)   begins the transaction, allots the event
 *     audit_add(…) for each row that is inserted, changed or removed
 *     audit_commit(work, audit)                        seals the event and commits
 *     audit_abandon(work, audit)                       rolls back; nothing remains
 *
 * A row that is written but not added would be lost when nothing else was added: add every one.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "entity/entity.h"
#include "store/store.h"

struct audit;

MUST_CHECK enum status audit_begin(struct work *work, const char *operation, const char *subject,
                                   struct audit **out_audit);
/* The event's id, for the `event` member of rows written under it. */
int64_t audit_event_id(const struct audit *audit);
/* Commits (keyed) to the values of a row before and after; either may be NULL. For a changed row
 * of an entity that is not ENTITY_REVISED, writes a row_change per field that differs; for a
 * removed one, per field that said something: what it said is on record nowhere else. */
MUST_CHECK enum status audit_add(struct work *work, struct audit *audit,
                                 const struct entity *entity, const void *before,
                                 const void *after);
/* Seals the event, links it to the one before and commits. When no row was added (rows that differ
 * in nothing do not count), it rolls back instead and no event remains. The audit has ended either
 * way, also on failure. */
MUST_CHECK enum status audit_commit(struct work *work, struct audit *audit);
/* Keeps the event even though no row changes: a backup, an export, a refused attempt. */
void audit_keep(struct audit *audit);
/* After audit_commit, or with NULL, nothing happens. */
void audit_abandon(struct work *work, struct audit *audit);
/* Walks the chain: `*out_broken` is the id of the first event whose hash does not follow, or
 * INTEGER_MISSING. */
MUST_CHECK enum status audit_verify(struct work *work, int64_t *out_broken);

/* The id of the newest event, 0 when there is none: what was read stays true until it changes. */
MUST_CHECK enum status audit_latest(struct work *work, int64_t *out_event);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const audit_statements[];

#endif
