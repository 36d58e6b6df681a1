/* Measures of relative likelihood by their schemes (rules/likelihood_metrics.csv): which group
 * stands on top, on which side of 1 a disadvantage lies, and the sentence that says so. */
#ifndef SERVICE_LIKELIHOOD_METRIC_H
#define SERVICE_LIKELIHOOD_METRIC_H

#include <stdbool.h>

#include "base/work.h"
#include "stats/likelihood.h"

struct likelihood_metric {
    const char *code, *scheme, *title; /* scheme: NULL for the general one */
    enum likelihood_top top;
    bool is_adverse_above;         /* a ratio above 1 is to the group's disadvantage */
    const char *reference, *group; /* as a sentence names them */
    const char *event;             /* "to be appointed" */
};

/* What is compared, in a sentence's words. */
struct likelihood_case {
    struct significance_group reference, group;
    size_t years; /* pooled; 1 for one */
};

/* The measure of that code; STATUS_USAGE with the codes there are. */
MUST_CHECK enum status likelihood_metric_load(struct work *work, const char *code,
                                              struct likelihood_metric *out_metric);
/* "White candidates … were 1.67 times as likely to be appointed as …", with the numbers behind it.
 */
const char *likelihood_sentence(struct arena *arena, const struct likelihood_metric *metric,
                                const struct likelihood_case *compared,
                                const struct likelihood *likelihood);
/* What may be said of it, by the decision table. */
const char *likelihood_reading(struct arena *arena, const struct likelihood_metric *metric,
                               const struct likelihood *likelihood);
/* A p value as a sentence gives it: "0.010", "below 0.001". */
const char *likelihood_p_words(struct arena *arena, double p);

#endif
