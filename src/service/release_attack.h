/* The attacker goes over tables that are about to leave: he is handed what a reader gets, nothing
 * else, and shares no code with what protected them. */
#ifndef SERVICE_RELEASE_ATTACK_H
#define SERVICE_RELEASE_ATTACK_H

#include "disclosure/release.h"

struct figure_rule; /* of the attacker, attack/published.h */

struct release_attack {
    const char *words;       /* a sentence on what he tried and what came of it */
    int64_t exposed;         /* protected counts that he finds exactly */
    bool is_undecided;       /* not every count could be decided */
    const char *certificate; /* of one that he finds: which, and how in steps; or NULL */
};

/* What the figures of a release say of the counts behind them. */
void release_attack_rule(const struct profile *profile, const struct release *release,
                         struct figure_rule *out_rule);
/* Levels 0 to 2, and 4 where 2 cannot decide. STATUS_REFUSED, with a sentence that names a cell,
 * when a protected count comes out; `out_attack` is set then too. Of figures that were moved he
 * knows by how much at most. */
MUST_CHECK enum status release_attack(struct work *work, const struct release *release,
                                      const struct profile *profile,
                                      struct release_attack *out_attack);

#endif
