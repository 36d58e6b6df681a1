/* Full-text search over what is on record: schemes, objectives, priorities, outcomes, actions,
 * measures, the rows of returns that are given, and frozen documents. What is still being written
 * is not found.
 *
 * The two engines search in their own ways, by the one pair of statements that differs: SQLite
 * builds an FTS5 index in the connection's own temporary memory, anew when something was written
 * since; PostgreSQL makes its vectors from the rows as they stand. Both look for every word of the
 * query, by its English stem, and the last word may be the beginning of one. */
#ifndef STORE_SEARCH_STORE_H
#define STORE_SEARCH_STORE_H

#include "base/list.h"
#include "store/store.h"

enum { SEARCH_MOST_WORDS = 12, SEARCH_LONGEST_WORD = 60, SEARCH_MOST_FOUND = 200 };

/* Around each word found, in `found`: bytes that stand in no text of people. */
#define SEARCH_BEGINS "\x02"
#define SEARCH_ENDS "\x03"

struct search_hit {
    const char *kind;  /* the entity's name */
    const char *code;  /* of the row; of a return row the return's */
    const char *title; /* what it is called */
    const char *found; /* the words around those that were looked for, marked */
    const char *path;  /* of the page that shows it */
};

/* The best first, as struct search_hit *, at most SEARCH_MOST_FOUND. A query without a word finds
 * nothing. */
MUST_CHECK enum status search_store_find(struct work *work, const char *query,
                                         struct list *out_hits);

#endif
