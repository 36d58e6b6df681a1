/* Level 3 thinks of whole people. Somebody who is counted in a total is counted in one part of
 * every sum that makes it up; so each person stands for a combination of cells. One that lies in a
 * shown zero does not exist, in none of the tables, although each table by itself would allow it.
 */
#ifndef ATTACK_COMBINATIONS_H
#define ATTACK_COMBINATIONS_H

#include "attack/bounds.h"

enum { COMBINATIONS_MOST = 200000, COMBINATIONS_MOST_DEPTH = 256 };

enum combinations_outcome {
    COMBINATIONS_LISTED,
    COMBINATIONS_ARE_CELLS, /* each is a single cell: they say nothing new */
    COMBINATIONS_TOO_MANY,
};

struct combinations {
    int32_t count;
    size_t *start; /* combination i holds cell[k] for k from start[i] to start[i + 1] */
    int32_t *cell; /* of the puzzle */
    bool *is_leaf; /* of a cell: no sum splits it further */
};

/* Lists all combinations that the puzzle's sums and zeros (cells whose most is 0) allow, in
 * `arena`. Sums that do not have one total are left out, which leaves more possible and never less.
 */
enum combinations_outcome combinations_list(struct arena *arena, const struct puzzle *puzzle,
                                            const struct bounds *bounds,
                                            struct combinations *out_combinations);
/* The puzzle with a further cell for each combination, behind the others, and a further equation
 * for each leaf: it is the sum of its combinations. What the bounds have proved is its start.
 * Fails with STATUS_LIMIT when it would be too large. */
MUST_CHECK enum status combinations_puzzle(struct work *work, const struct puzzle *puzzle,
                                           const struct bounds *bounds,
                                           const struct combinations *combinations,
                                           struct puzzle *out_wide);

#endif
