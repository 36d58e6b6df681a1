/* Rows of any entity with random contents that obey its field rows; the same seed, the same rows.
 */
#ifndef TEST_SUPPORT_RANDOM_ROW_H
#define TEST_SUPPORT_RANDOM_ROW_H

#include "base/arena.h"
#include "entity/entity.h"

/* A small generator (splitmix64); any seed will do. */
struct random {
    uint64_t state;
};

uint64_t random_next(struct random *random);
/* A number from `least` to `most`, both included. */
int64_t random_between(struct random *random, int64_t least, int64_t most);

/* A row of the entity in the arena: id and event missing, required fields filled, others filled or
 * missing by chance, codes from their lists, dates and periods in their notations, the natural key
 * unlike any other row's of the same generator by virtue of `number`. References take an id from 1
 * to `references`, those to the entity itself from 1 to `number`; where there is none, those that
 * may be missing are. */
void *random_row(struct arena *arena, struct random *random, const struct entity *entity,
                 int64_t number, int64_t references);

#endif
