/* Plain files of whole numbers, parted by blanks and line ends: relations, lists of cells, weights.
 */
#ifndef DISCLOSURE_PLAIN_H
#define DISCLOSURE_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

struct plain_file {
    struct work *work;
    const char *name; /* for messages */
    const char *at, *end;
    int64_t line;
};

/* The bytes must live as long as the file is read. */
struct plain_file plain_open(struct work *work, const char *name, struct slice bytes);
/* Takes the next number, from 0 to `most`; `what` says in a message what should stand there. */
MUST_CHECK enum status plain_number(struct plain_file *plain, const char *what, int64_t most,
                                    int64_t *out_number);
/* True when only blanks are left; passes over them. */
bool plain_is_over(struct plain_file *plain);

/* Reads numbers of cells, one a line, below `cell_count`, and sets `statuses` of each to `status`.
 * A cell that has a status already is refused. */
MUST_CHECK enum status plain_read_cells(struct plain_file *plain, int32_t cell_count,
                                        unsigned char status, unsigned char *statuses);
/* Reads one number for each cell, from 0 to `most`, into the work's arena. */
MUST_CHECK enum status plain_read_each(struct plain_file *plain, int32_t cell_count, int64_t most,
                                       int64_t **out_numbers);

#endif
