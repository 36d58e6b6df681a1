/* Which documents print which figures. */
#ifndef STORE_CITATION_STORE_H
#define STORE_CITATION_STORE_H

#include "base/list.h"
#include "store/store.h"

/* One printing of a value, target, forecast or comparator, and how it stands now. */
struct citation_use {
    const char *document, *title, *state, *made_at;
    const char *subject, *detail; /* as in model/citation.h */
    const char *unit;             /* NULL for a comparator */
    const char *period, *breakdown, *printed;
    int64_t revision, latest; /* printed, and the newest there is; of a comparator 0, and 1 when it
                                 was changed since */
};

/* Every printing of a measure, by document and number: struct citation_use *, in the work's arena.
 */
MUST_CHECK enum status citation_store_uses(struct work *work, int64_t measure,
                                           struct list *out_uses);

/* A figure of a document of which there is a newer revision: what it cited, with its numbers then
 * and now, and how its measure prints numbers. Those of a comparator then are not kept. */
struct citation_revised {
    const char *printed, *subject, *measure, *unit, *period, *breakdown, *detail;
    int64_t revision;
    int64_t then_value, then_upper, then_numerator, then_denominator, then_decimals;
    int64_t value, upper, numerator, denominator, decimals;
    const char *missing; /* why there is no value now, or NULL */
    const char *kind, *unit_of_measure;
    int64_t measure_decimals;
};

/* The figures of a document that were revised since: struct citation_revised *. */
MUST_CHECK enum status citation_store_revised(struct work *work, int64_t document,
                                              struct list *out_revised);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const citation_statements[];

#endif
