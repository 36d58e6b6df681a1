/* What tells populations and periods of published tables apart: said by the attacker, for a reader
 * would know it too. */
#ifndef ATTACK_DIFFERENCES_H
#define ATTACK_DIFFERENCES_H

#include "attack/published.h"

/* As the words of the command line have them. */
struct differences {
    const char **sums;    /* "council = council without schools + schools" */
    const char **changes; /* "2012-Q1 = 2012-Q2": from the one to the other few people moved */
    size_t sum_count, change_count;
};

/* The links between the tables in `published`. Of a change: in each population whose total is shown
 * exactly in both periods, nobody left where it has grown and nobody joined where it has shrunk.
 * Fails with STATUS_USAGE where a name is not in the tables. */
MUST_CHECK enum status differences_as_links(struct work *work, struct published *published,
                                            const struct differences *differences,
                                            struct published_links *out_links);

#endif
