/* The objective that a plan or a return names in words: in a column of its own, or in the title
 * above its rows. */
#ifndef SERVICE_IMPORT_OBJECTIVE_H
#define SERVICE_IMPORT_OBJECTIVE_H

#include "service/import_context.h"

/* "Objective 3 - Improve access" and "3. Improve access" are number 3, "Improve access". */
struct objective_words {
    int64_t number;     /* 0: none is said */
    struct slice title; /* may be empty */
};

/* Takes the words apart; they stay the caller's. */
struct objective_words objective_words_read(struct slice words);
/* The objective of the import's scheme that the words name, by its title or, where they hold a
 * number alone, by that; INTEGER_MISSING when there is none. A scheme that cannot be told is a
 * problem in the import's list, and then `*out_scheme` is INTEGER_MISSING too. */
MUST_CHECK enum status import_find_objective(struct work *work, struct import_context *context,
                                             struct objective_words words, int64_t *out_scheme,
                                             int64_t *out_id);
/* Puts a new objective with that title into the scheme, under its own number where that is free,
 * else under the next. */
MUST_CHECK enum status import_make_objective(struct work *work, struct import_context *context,
                                             struct objective_words words, int64_t scheme,
                                             int64_t *out_id);

#endif
