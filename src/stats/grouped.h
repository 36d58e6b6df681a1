/* Measures of an amount (pay, bonus) by group: number, sum, exact median, quartile bands and the
 * top earners, for everybody and for every unit of a hierarchy at every level. All integers; rows
 * whose amount is missing are not counted. */
#ifndef STATS_GROUPED_H
#define STATS_GROUPED_H

#include "stats/cube.h"

enum { GROUPED_MOST_GROUPS = 16, GROUPED_BANDS = 4 };

struct grouped_request {
    const struct columns *columns;
    size_t amount;             /* a decimal column */
    struct cube_variable unit; /* level_count 0: everybody only */
    const size_t *groups;      /* categories, each by itself: sex, ethnicity … */
    size_t group_count;
    ptrdiff_t weight;  /* a decimal column of full-time equivalents for the top share; -1: none */
    int64_t top_share; /* in millionths: 50000 is 5 %; 0: no top share */
    size_t threads;    /* 0: by the number of rows and the machine */
};

/* One group within one unit. */
struct grouped_cell {
    int64_t count, sum;
    int64_t middle[2]; /* the two middle amounts, the same where the count is odd; the median is
                          their mean; INTEGER_MISSING where nobody is */
    /* People by band of their unit's list: up to the amount at rank n/4 (rounded up), up to that at
     * n/2, up to that at 3n/4, above. Those on one amount stand together in the lower band. These
     * are order statistics, not the statutory quarters, which share ties out. */
    int64_t bands[GROUPED_BANDS];
    /* People, and their weight, among the top earners of the unit: from the top down until their
     * share of all people (or of all weight) is reached, with all on the same amount as the last.
     */
    int64_t top, top_weight;
};

struct grouped_labels {
    const char *name;                 /* of the column */
    const struct cube_axis *axis;     /* node 0 is everybody, whatever the label */
    const struct grouped_cell *cells; /* by unit node, then by label node */
};

struct grouped {
    const struct cube_axis *units; /* one node, everybody, when no unit was wanted */
    const struct grouped_labels *groups;
    size_t group_count;
    int64_t missing, unweighted; /* rows without an amount; of the others those without a weight */
};

/* Measures. What is given lives in the work's arena. Fails with STATUS_LIMIT when there would be
 * too many cells (CUBE_MOST_CELLS), or the amounts are too large to be summed. */
MUST_CHECK enum status grouped_measure(struct work *work, const struct grouped_request *request,
                                       struct grouped *out_grouped);
/* The cell of a group, a unit's node and a label's node. */
const struct grouped_cell *grouped_cell(const struct grouped *grouped, size_t group, size_t unit,
                                        size_t label);

#endif
