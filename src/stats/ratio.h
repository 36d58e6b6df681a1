/* Exact fractions: what values, targets and distances are until they are printed. */
#ifndef STATS_RATIO_H
#define STATS_RATIO_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

__extension__ typedef __int128 ratio_wide;
__extension__ typedef unsigned __int128 ratio_bare;

/* Both parts stay below 2 to the power of this, so that a further digit always fits. */
enum { RATIO_BITS = 120 };

/* In lowest terms; the denominator is above 0. */
struct ratio {
    ratio_wide numerator, denominator;
};

/* The greatest number that divides both; of a and 0 it is a. */
ratio_bare ratio_common_divisor(ratio_bare a, ratio_bare b);
/* A fraction in lowest terms. False when the denominator is 0 or a part is too large. */
bool ratio_make(ratio_wide numerator, ratio_wide denominator, struct ratio *out_ratio);
/* A whole number, and a decimal given in millionths (not INTEGER_MISSING). */
struct ratio ratio_of(int64_t whole);
struct ratio ratio_of_millionths(int64_t millionths);
/* Arithmetic. False when the result is too large or the divisor is 0. */
bool ratio_add(struct ratio a, struct ratio b, struct ratio *out_sum);
bool ratio_subtract(struct ratio a, struct ratio b, struct ratio *out_difference);
bool ratio_multiply(struct ratio a, struct ratio b, struct ratio *out_product);
bool ratio_divide(struct ratio a, struct ratio b, struct ratio *out_quotient);
struct ratio ratio_negate(struct ratio ratio);
struct ratio ratio_absolute(struct ratio ratio);
/* Negative, 0 or positive, always exact. */
int ratio_compare(struct ratio a, struct ratio b);
int ratio_sign(struct ratio ratio);
/* In millionths, rounded half away from zero. False when it does not fit. */
bool ratio_round(struct ratio ratio, int64_t *out_millionths);
/* Rounded half away from zero to `decimals` places (0 to 6), as an exact fraction. */
struct ratio ratio_round_to(struct ratio ratio, int decimals);
/* Prints with `decimals` places (0 to 6), rounded half away from zero; "-0.00" is never printed. */
char *ratio_print(struct arena *arena, struct ratio ratio, int decimals);
/* Prints with at most `decimals` places and no needless zeros. */
char *ratio_print_short(struct arena *arena, struct ratio ratio, int decimals);
/* For measured statistics only; ratings never use it. */
double ratio_real(struct ratio ratio);

#endif
