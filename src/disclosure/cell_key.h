/* Cell-key perturbation: the same people give the same noise in every table, because the noise
 * follows from the sum of their record keys. Not additive; always followed by a threshold.
 *
 * The rules are those of the Office for National Statistics' cell-key method: record keys from 0 to
 * 255, the cell key is their sum modulo 256, and a table says for a count (1 to 750; beyond, the
 * last 250 rows come round) and a cell key what is added. */
#ifndef DISCLOSURE_CELL_KEY_H
#define DISCLOSURE_CELL_KEY_H

#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

enum {
    CELL_KEYS = 256,
    CELL_KEY_ROWS = 750,
    CELL_KEY_ROUND = 250,        /* rows that come round for larger counts */
    CELL_KEY_SECRET_LENGTH = 32, /* bytes */
    CELL_KEY_MOST_NOISE = 100
};

struct cell_key_table {
    int8_t noise[CELL_KEY_ROWS + 1][CELL_KEYS]; /* row 0: a count of 0 stays */
};

/* A record's key for life: HMAC-SHA-256 of what identifies the person, under a secret that nobody
 * publishes. From 0 to 255. */
uint32_t cell_key_of_record(const unsigned char secret[CELL_KEY_SECRET_LENGTH],
                            struct slice person);
/* Reads a secret: a file of 64 hexadecimal digits. */
MUST_CHECK enum status cell_key_read_secret(struct work *work, const char *path,
                                            unsigned char out_secret[CELL_KEY_SECRET_LENGTH]);
/* A table of our own, in the work's arena: noise from -5 to 5 with mean 0 and variance 2, of
 * greatest entropy; no count falls below 0. */
const struct cell_key_table *cell_key_standard(struct work *work);
/* Reads a table in the ONS form: CSV with the headings pcv,ckey,pvalue and a row for each count
 * from 1 to 750 and each key from 0 to 255. */
MUST_CHECK enum status cell_key_read_table(struct work *work, const char *path,
                                           const struct cell_key_table **out_table);
/* The largest noise of the table, up or down. */
int64_t cell_key_reach(const struct cell_key_table *table);
/* The count with its noise, not below 0. `key_sum` is the sum of the people's record keys. */
int64_t cell_key_perturb(const struct cell_key_table *table, int64_t count, int64_t key_sum);

#endif
