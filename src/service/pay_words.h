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
/* How a sentence on a gap begins. */
enum pay_lead {
    PAY_LEAD_MEAN,   /* "On average," */
    PAY_LEAD_MEDIAN, /* "In the middle of each group," */
    PAY_LEAD_BONUS_MEAN,
    PAY_LEAD_BONUS_MEDIAN
};
/* "On average, women get 87.7p for each pound that men get." Of lists, each item is a sentence of
 * its own, const char *, so that a page can say it in its language. */
struct list pay_gap_sentences(struct arena *arena, const struct people_groups *groups,
                              const struct pay_gap *gap, size_t group, enum pay_lead lead);
/* "on reduced pay because of leave": why people are not counted. */
const char *pay_standing_words(struct arena *arena, const struct people_groups *groups,
                               enum pay_standing standing);
/* How the pay was read. */
struct list pay_basis_sentences(struct arena *arena, const struct pay_report *report);
/* A rate that several quarters share, and in which places. */
const char *pay_tie_sentence(struct arena *arena, const struct pay_tie *tie);
/* The same, and who was put where. */
const char *pay_tie_words(struct arena *arena, const struct people_groups *groups,
                          const struct pay_tie *tie);
/* How ties were shared, where there are any; or that there was nothing to choose. */
const char *pay_ties_words(const struct pay_bands *bands);
/* The top 5% of earners: who they are, but for the shares; none where there are none. */
struct list pay_top_sentences(struct arena *arena, const struct pay_report *report);
/* "45.3% men, 54.7% women": their shares of the top 5%. */
const char *pay_top_shares(struct arena *arena, const struct pay_report *report);
/* What should be looked at. */
struct list pay_check_words(struct arena *arena, const struct pay_report *report);
/* The sentences one after another. */
const char *pay_sentences_joined(struct arena *arena, const struct list *sentences);

#endif
