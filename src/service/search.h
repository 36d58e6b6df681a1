/* Search within what the person who asks may see. */
#ifndef SERVICE_SEARCH_H
#define SERVICE_SEARCH_H

#include "store/search_store.h"

/* What is on record with all words of the query, the best first (struct search_hit *). Needs
 * RIGHT_READ. */
MUST_CHECK enum status search_find(struct work *work, const char *query, struct list *out_hits);
/* What a kind of hit is called: Action. */
const char *search_kind_words(const char *kind);

#endif
