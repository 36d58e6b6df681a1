/* People's columns with each person's record key beside them. */
#ifndef DISCLOSURE_RECORD_KEYS_H
#define DISCLOSURE_RECORD_KEYS_H

#include "base/columns.h"
#include "base/work.h"
#include "disclosure/cell_key.h"

/* A sealed copy of the categories, column for column, and behind them a whole number: the record
 * key of what stands in the text column `person`. Other columns stay empty, so that nothing which
 * identifies anybody is copied. The caller frees it. Fails with STATUS_INPUT, naming the row, when
 * somebody has no identifier. */
MUST_CHECK enum status record_keys_add(struct work *work, const struct columns *people,
                                       size_t person,
                                       const unsigned char secret[CELL_KEY_SECRET_LENGTH],
                                       struct columns **out_keyed);

#endif
