/* Sums that are a network: every cell stands in two relations at most, once on either side. Then
 * what can move over real numbers can move by whole ones (Heller and Tompkins 1956). Tables of two
 * variables are such. */
#ifndef DISCLOSURE_NETWORK_H
#define DISCLOSURE_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

struct arena;

/* Relations tied to each other so far, and on which side each stands of the one that leads them. */
struct network {
    int32_t *leads;
    bool *is_across; /* from the one in `leads` */
};

/* Nothing is tied yet. In the arena. */
struct network network_new(struct arena *arena, const struct relations *relations);
/* Ties the relations of a cell; false when the cell keeps them from being a network. */
MUST_CHECK bool network_tie(struct network *network, const struct relations *relations,
                            int32_t cell);
/* Whether the relation stands across, from the one that leads those it is tied to. */
bool network_is_across(const struct network *network, int32_t relation);

#endif
