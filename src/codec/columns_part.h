/* A part of a CSV file on its way into columns; columns_fast.c has the parts, columns_part.c the
 * way of one buffer. */
#ifndef CODEC_COLUMNS_PART_H
#define CODEC_COLUMNS_PART_H

#include "base/text.h"
#include "codec/columns_parts.h"
#include "codec/label_table.h"
#include "codec/separators.h"

enum {
    PART_BUFFER = 128 * 1024,
    PART_MOST_PADDED = 1 << 22 /* cells laid out one by one */
};

/* The cells of the records in a buffer: cell `field` of row `row` ends at
 * ends[row * stride + field], and begins one behind the place before that. */
struct part_rows {
    const uint32_t *ends;
    size_t stride, count;
    const uint32_t *records; /* which record of the buffer each row is; NULL: they are the same */
};

struct part {
    struct intake *intake;
    enum processor_form form;
    char delimiter;
    int64_t start, end; /* places in the file; the part begins and ends with a record */
    bool is_irregular;  /* it cannot be read this way */
    char *buffer;       /* PART_BUFFER bytes and the slack behind them */
    struct separators separators;
    uint32_t *places;        /* one before those of the separators, for the place before the text */
    struct region padded;    /* rows laid out one by one, when they are not all alike */
    struct region records;   /* of these rows */
    unsigned char *rejected; /* a byte for each row of the buffer */
    bool is_again;           /* the rows of the buffer are taken again, without the rejected ones */
    struct label_table **tables; /* for each wish of a category */
    struct text cooked;          /* a cell without its quotation marks */
    size_t line_place;           /* a place of the buffer, and the line breaks before it */
    int64_t line_breaks;
};

/* Takes the records of the buffer, whose first `length` bytes are filled; gives how many bytes they
 * have. Not even one is 0, and calls the part irregular. */
MUST_CHECK enum status part_take_buffer(struct part *part, size_t length, size_t *out_taken);

#endif
