/* Who ought to have been trained, and whether they were: of new starters within eight weeks, of all
 * staff within two years. Days since 1970; INTEGER_MISSING where a date is not known. */
#ifndef STATS_TRAINING_H
#define STATS_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

enum { TRAINING_STARTER_DAYS = 56, TRAINING_REFRESHER_MONTHS = 24 };

/* The period, its first and its last day. */
struct training_period {
    int64_t first, last;
};

/* True for those whose day 56 after the start falls into the period, when they were still employed
 * on it: so each starter is counted once, when the eight weeks are over. */
bool training_starter_counts(int64_t start, int64_t leave, struct training_period period);
/* Completed on day 56 or before, before the start too. */
bool training_starter_met(int64_t start, int64_t first_completion);
/* True for those in post on the period's last day, but for who is in the first eight weeks. Who
 * started is not known has been there. */
bool training_refresher_counts(int64_t start, int64_t leave, struct training_period period);
/* The last completion lies within the 24 months before the period's last day: it and 24 months make
 * that day or a later one. */
bool training_refresher_met(int64_t last_completion, struct training_period period);

#endif
