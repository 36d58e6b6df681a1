/* The joint space: combinations of one label of every variable, as far as the shown zeros allow
 * them. A reader who reasons about whole people, and not about each table by itself, may know more:
 * a combination that lies in any shown zero does not exist.
 *
 * Combinations follow from the relations alone. One is a set of cells that holds the total of all;
 * with each cell the totals it is a part of; and of each relation whose total it holds, one part.
 */
#ifndef DISCLOSURE_JOINT_H
#define DISCLOSURE_JOINT_H

#include "disclosure/relations.h"

struct arena;

enum {
    JOINT_MOST_COMBINATIONS = 60000,
    JOINT_MOST_STEPS = 20000000, /* of the walk that lists them, */
    JOINT_STEPS_EACH = 4000      /* and for each that it finds */
};

/* The relations with a further cell for each combination, behind the others, and a further relation
 * for each cell that has no parts: it is the sum of the combinations it lies in. Left out are
 * combinations that no people need stand for (an even spread that fits all counts gives them almost
 * none): what can move without them can move. Their values are JOINT_VALUE, which says nothing.
 * NULL when there is nothing to add, or it cannot be taken in; `out_extent` says which. */
enum joint_extent {
    JOINT_EXTENDS,
    JOINT_ADDS_NOTHING, /* combinations are single cells */
    JOINT_IS_TOO_WIDE,  /* there are too many of them, or more than one cell is the total of all */
};
struct relations *joint_extend(struct arena *arena, const struct relations *relations,
                               enum joint_extent *out_extent);

enum { JOINT_VALUE = 2 };

#endif
