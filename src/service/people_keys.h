/* Rows of an extract that have the same key. */
#ifndef SERVICE_PEOPLE_KEYS_H
#define SERVICE_PEOPLE_KEYS_H

#include "base/columns.h"

/* A row on its way to the ones with the same key. */
struct keyed {
    uint64_t hash; /* of the key */
    int64_t row;
};

struct people_keys {
    struct keyed *rows; /* whose key another row has too: those of one key side by side, by row */
    int64_t count;
    unsigned char *is_shared; /* a byte a row; NULL: no key is there twice */
};

/* Finds them among the texts of a column; a blank key is none. */
void people_keys_find(const struct column *key, int64_t rows, struct people_keys *out_keys);
void people_keys_free(struct people_keys *keys);

#endif
