/* Units through restructures: what a unit was (as-was) and what has become of it (as-is). */
#ifndef SERVICE_UNIT_HISTORY_H
#define SERVICE_UNIT_HISTORY_H

#include "base/date.h"
#include "store/unit_store.h"

struct unit_history {
    struct list units;   /* of struct unit * */
    struct list changes; /* of struct unit_change *, by date */
};

MUST_CHECK enum status unit_history_load(struct work *work, struct unit_history *out_history);
/* The unit with that code or id, or NULL. */
const struct unit *unit_history_find(const struct unit_history *history, const char *code);
const struct unit *unit_history_get(const struct unit_history *history, int64_t id);

/* The units that carry on the unit's work on a day (as-is): itself while it lives, else those that
 * it was renamed, merged or split into, and so on. A transfer passes on some work and does not end
 * a unit. In the order of the changes, each once. */
struct list unit_history_as_is(struct arena *arena, const struct unit_history *history,
                               const struct unit *unit, struct date on);
/* The units whose work the unit carried on, on an earlier day (as-was). */
struct list unit_history_as_was(struct arena *arena, const struct unit_history *history,
                                const struct unit *unit, struct date on);
/* True when the unit existed on that day. */
bool unit_existed(const struct unit *unit, struct date on);

#endif
