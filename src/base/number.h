/* Exact decimals: an integer of millionths. What is printed is rounded half away from zero. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;

#define NUMBER_ONE INT64_C(1000000)
enum { NUMBER_PLACES = 6 };
#define INTEGER_MISSING INT64_MIN /* a missing integer or decimal */

/* Reads a plain decimal such as "40.23", "-5", "1,010" or ".5" into millionths and counts the
 * decimals that were written. False for anything else, for more than six decimals that are not
 * zero, and for what does not fit. */
bool number_read(struct slice slice, int64_t *out_millionths, int *out_decimals);
/* Prints millionths with `decimals` places (0 to 6), rounded half away from zero. */
char *number_print(struct arena *arena, int64_t millionths, int decimals);
/* A whole count with commas: "4,812". */
char *number_print_count(struct arena *arena, int64_t count);
/* Prints without needless zeros: 40.23, 5, 0.5. */
char *number_print_short(struct arena *arena, int64_t millionths);
/* The fewest decimals that print the number exactly. */
int number_decimals(int64_t millionths);
/* Rounds to `decimals` places, half away from zero; the result is still millionths. What would then
 * be too large to be kept is rounded towards zero. */
int64_t number_round(int64_t millionths, int decimals);
/* a * b / c with all three and the result in the same unit, rounded half away from zero to a whole
 * unit; false when c is 0 or the result does not fit. */
bool number_scale(int64_t a, int64_t b, int64_t c, int64_t *out_result);
/* numerator / denominator * 100 in millionths; both in millionths. False when it cannot be had. */
bool number_percent(int64_t numerator, int64_t denominator, int64_t *out_millionths);

#endif
