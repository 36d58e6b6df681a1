/* Decimals as text: what a spreadsheet stores as a binary fraction, said as a person wrote it. */
#ifndef CODEC_DECIMAL_H
#define CODEC_DECIMAL_H

#include <stdbool.h>

#include "base/slice.h"

struct arena;

/* The shortest decimal that stands for the same double as `text` does, without exponent: "40.23"
 * for "40.229999999999997" and "0.005" for "5.0E-3". What is no number, or has more than 40 places
 * before or behind the point, comes back as it is. In the arena. */
struct slice decimal_shortest(struct arena *arena, struct slice text);
/* The same times 100, exactly, with a per cent sign: "40.5%" for "0.405". A cell that is shown as a
 * percentage holds the fraction, but what its writer typed and reads is this. */
struct slice decimal_percent(struct arena *arena, struct slice text);
/* Reads a plain decimal, with an exponent if need be; false for anything else, infinities included.
 */
bool decimal_read(struct slice text, double *out_number);

#endif
