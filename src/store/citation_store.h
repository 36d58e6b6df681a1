/* Which documents print which values. */
#ifndef STORE_CITATION_STORE_H
#define STORE_CITATION_STORE_H

#include "base/list.h"
#include "store/store.h"

/* One printing of a value, and how the value stands now. */
struct citation_use {
    const char *document, *title, *state, *made_at;
    const char *unit, *period, *breakdown, *printed;
    int64_t revision, latest; /* printed, and the newest there is */
};

/* Every printing of a measure, by document and number: struct citation_use *, in the work's arena.
 */
MUST_CHECK enum status citation_store_uses(struct work *work, int64_t measure,
                                           struct list *out_uses);

/* A figure of a document whose value has a newer revision: the value as it was cited, as it is now,
 * and how its measure prints numbers. */
struct citation_revised {
    int64_t number; /* the figure's place in the document */
    int64_t revision;
    int64_t then_value, then_numerator, then_denominator, then_decimals;
    int64_t value, numerator, denominator, decimals;
    const char *missing; /* why there is no value now, or NULL */
    const char *kind, *unit_of_measure;
    int64_t measure_decimals;
};

/* The figures of a document that were revised since, by number: struct citation_revised *. */
MUST_CHECK enum status citation_store_revised(struct work *work, int64_t document,
                                              struct list *out_revised);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const citation_statements[];

#endif
