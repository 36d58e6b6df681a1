/* How many guesses a password takes that somebody makes who knows how people choose them: common
 * words and passwords out of breaches, names, rows of the keyboard, years, repetitions. After
 * D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016, with our
 * own words for the person. */
#ifndef SERVICE_GUESSES_H
#define SERVICE_GUESSES_H

#include "base/arena.h"
#include "base/list.h"
#include "base/slice.h"

enum { GUESSES_TEXT_MOST = 512 /* bytes that are looked at; the rest counts as guessed */ };

/* The decimal logarithm of the guesses. `own` has words, as const char * in small letters, that
 * stand nearest: of the person and their authority. */
double guesses_log10(struct arena *arena, struct slice password, const struct list *own);
/* Whether the word, in small letters, is among the common ones, and the logarithm of its rank. */
bool guesses_common(struct slice word, double *out_log10);

#endif
