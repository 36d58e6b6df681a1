/* What a text says of how many people: "two disabled members of staff", "one in 62", "all but one
 * of the 13 managers", "1.6% of the 62 top earners". Whether that gives anybody away is judged
 * elsewhere (check_count.c); this only reads. */
#ifndef SERVICE_NARRATIVE_COUNT_H
#define SERVICE_NARRATIVE_COUNT_H

#include "service/people_words.h"
#include "stats/aggregate.h"

struct narrative_count {
    size_t first, end; /* tokens [first, end) */
    int64_t count;     /* how many; of a percentage 0 */
    int64_t base;      /* of how many, where the text says it; else 0 */
    bool is_rest;      /* `count` are left out: all but two */
    bool is_ratio;     /* "one in 62": the base need not be a number of people */
    bool is_percent;
    struct printed_percent percent;
    bool names_people; /* a word for people stands with it */
    bool is_staff;     /* a word for the workforce stands with it */
};

/* The counts of a text in its order, in its arena. Ages, dates, sums of money, targets and what is
 * hoped for are none. */
size_t narrative_counts(const struct narrative *narrative, const struct people_words *words,
                        struct narrative_count **out_counts);

#endif
