/* The counts of people that readers of a return know, or must not get to know: how many the
 * workforce is, and every cell that was released of the period. A figure in a text is held against
 * them (check_count.c). Nothing here tells what stands behind a hidden cell. */
#ifndef SERVICE_KNOWN_COUNT_H
#define SERVICE_KNOWN_COUNT_H

#include "service/ledger.h"
#include "service/people_words.h"
#include "store/return_store.h"

struct check_scope;

struct known_release {
    const struct ledger *ledger; /* with the one release */
    const struct ledger_release *release;
};

struct known_counts {
    const struct people_words *words;
    int64_t workforce;    /* people of the snapshot nearest to the period; 0: there is none */
    const char *snapshot; /* its title */
    struct list releases; /* of struct known_release * */
};

/* Loads what bears on the view's period: a snapshot of the workforce within a year of its end, and
 * the releases of the period and of its year, where any text of the scope counts people at
 * all. */
MUST_CHECK enum status known_counts_load(struct work *work, const struct return_view *view,
                                         const struct check_scope *scope,
                                         struct known_counts *out_known);
/* True when the cell of a release is hidden, or a band: a small count that readers must not learn.
 */
bool known_cell_is_hidden(const struct published_cell *cell);
/* True when a sentence names every label of the cell. A cell of all people is named by nothing. */
bool known_cell_is_named(const struct known_counts *known, const struct known_release *release,
                         const struct published_cell *cell, const struct narrative *narrative,
                         size_t sentence);
/* True when the sentence has a word for a group that is a protected characteristic's. */
bool known_names_group(const struct known_counts *known, const struct narrative *narrative,
                       size_t sentence);

#endif
