/* Whether a group stands among people as it does in a benchmark, and how well it is known who they
 * are. Shares are exact until printed; the interval is Wilson's, 95%. */
#ifndef STATS_REPRESENTATION_H
#define STATS_REPRESENTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/interval.h"
#include "stats/likelihood.h"

struct representation {
    int64_t share;            /* of the group, per cent in millionths */
    struct interval interval; /* in per cent */
    int64_t index;            /* share / benchmark * 100 in millionths; 100 is parity */
    int64_t gap;              /* share less benchmark, in points, in millionths */
    int64_t shortfall;        /* people missing to parity: round(benchmark * all) - people; below 0
                                 there are more than that */
    enum likelihood_finding finding; /* index outside 80 to 125, interval without the benchmark */
    bool is_small;                   /* fewer than LIKELIHOOD_SMALL_BASE people in all */
};

/* `people` of `all` belong to the group; `benchmark` is its share in per cent, in millionths. False
 * when `all` is 0 or the benchmark is missing, not above 0 or above 100. */
bool representation_of(int64_t people, int64_t all, int64_t benchmark,
                       struct representation *out_representation);

/* How far a characteristic is known. A "prefer not to say" is a response and no disclosure. */
struct answer_counts {
    int64_t all, answered, preferred_not;
};

struct answer_rates {
    int64_t disclosure, response, unknown; /* per cent of all, in millionths */
};

/* disclosure = answered / all; response = (answered + preferred not) / all; unknown is the rest.
 * False when there is nobody. */
bool answer_rates_of(struct answer_counts counts, struct answer_rates *out_rates);

/* The share of weighted answers in per cent, in millionths, with Wilson's interval on the effective
 * number of answers, (sum of weights)^2 / sum of squared weights (Kish 1965). Weights in
 * millionths, none below 0. */
struct weighted_share {
    int64_t base; /* answers, unweighted */
    double cases_weight, weight, squared_weight;
};

struct survey_share {
    double percent, effective_base;
    struct interval interval; /* in per cent */
};

/* False when the weights add to 0. */
bool survey_share_of(const struct weighted_share *weighted, struct survey_share *out_share);

#endif
