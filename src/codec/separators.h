/* Where cells and records end in the text of a CSV file: the first step of the fast reading. It
 * takes text that is quoted as RFC 4180 has it; of anything else it tells the place. */
#ifndef CODEC_SEPARATORS_H
#define CODEC_SEPARATORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/processor.h"

enum { SEPARATORS_BLOCK = 64 };

struct separators {
    uint32_t *places; /* of each delimiter and line end outside quotation marks, in order */
    size_t count, line_ends;
    size_t irregular; /* place of the first byte that is not regular; SIZE_MAX: none */
    bool has_high;    /* some byte is not ASCII */
    bool has_breaks;  /* some cell holds a line break */
};

/* Looks through `length` bytes that begin with a record. Up to SEPARATORS_BLOCK bytes behind them
 * can be written to and are. `places` has room for length + SEPARATORS_BLOCK. Irregular are: a
 * quotation mark inside a cell without them, anything but a delimiter or line end behind a closing
 * one, a carriage return without a line feed outside quotation marks, a zero byte. What stands
 * behind the last line end may be called irregular only because it is cut. */
void separators_find(enum processor_form form, char *bytes, size_t length, char delimiter,
                     struct separators *separators);

#endif
