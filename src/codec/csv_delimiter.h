/* What parts the cells of a CSV file. */
#ifndef CODEC_CSV_DELIMITER_H
#define CODEC_CSV_DELIMITER_H

#include "base/slice.h"

/* The delimiter (comma, semicolon or tab) that the first line with any has most of, outside
 * quotation marks; comma wins a tie and stands when there is none. */
char csv_find_delimiter(struct slice beginning);

#endif
