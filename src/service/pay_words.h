/* Pay gap figures in words, as the terminal and the pages say them. All text is in the arena. */
#ifndef SERVICE_PAY_WORDS_H
#define SERVICE_PAY_WORDS_H

#include "service/pay_report.h"

/* "lower" to "upper": the quarter bands within a sentence. */
extern const char *const pay_band_words[PAY_QUARTERS];

/* "12.3" from tenths of a per cent; NULL when missing. */
const char *pay_tenths_words(struct arena *arena, int64_t tenths);
/* The same of a gap: NULL when it is not given. */
const char *pay_gap_words(struct arena *arena, const struct pay_gap *gap);
/* "12.3%", of a part of all; "-" of nobody. */
const char *pay_share_words(struct arena *arena, int64_t part, int64_t all);
/* "1 person", "4,812 people". */
const char *pay_people_words(struct arena *arena, int64_t count);
/* Why there is no gap; NULL when there is one. */
const char *pay_state_words(enum pay_gap_state state);
/* "On average, women get 87.7p for each pound that men get." `lead` is "On average,". */
const char *pay_gap_sentence(struct arena *arena, const struct people_groups *groups,
                             const struct pay_gap *gap, size_t group, const char *lead);
/* "on reduced pay because of leave": why people are not counted. */
const char *pay_standing_words(struct arena *arena, const struct people_groups *groups,
                               enum pay_standing standing);
/* How the pay was read, in sentences. */
const char *pay_basis_words(struct arena *arena, const struct pay_report *report);
/* A rate that several quarters share: who was put where. */
const char *pay_tie_words(struct arena *arena, const struct people_groups *groups,
                          const struct pay_tie *tie);
/* How ties were shared, where there are any; or that there was nothing to choose. */
const char *pay_ties_words(const struct pay_bands *bands);
/* The top 5% of earners as a sentence; NULL where there are none. */
const char *pay_top_words(struct arena *arena, const struct pay_report *report);
/* What should be looked at, a sentence each: const char * in the arena. */
struct list pay_check_words(struct arena *arena, const struct pay_report *report);

#endif
