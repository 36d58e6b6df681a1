/* How alike two labels are. */
#ifndef BASE_LIKENESS_H
#define BASE_LIKENESS_H

enum { LIKENESS_LEAST = 50 }; /* below it nothing is suggested */

/* Twice the pairs of neighbouring letters in common over all pairs, in per cent (Dice 1945); words
 * are parted by blanks, of long texts the first 400 pairs count. Give both in their compared form
 * (entity/heading.h). */
int likeness_of(const char *a, const char *b);

#endif
