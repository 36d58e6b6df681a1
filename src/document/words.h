/* Words as a document keeps them: well-formed UTF-8 without control characters, so that no renderer
 * has to think of a terminal's escapes or of what XML cannot hold. Also their width on a terminal.
 */
#ifndef DOCUMENT_WORDS_H
#define DOCUMENT_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;

/* Copies words: what is not UTF-8 becomes U+FFFD, line ends and tabs become a space, other control
 * characters and the marks that turn the direction of writing go. NULL gives NULL. */
char *words_copy(struct arena *arena, const char *words);
/* Takes the next character of well-formed UTF-8 off `*rest`; 0 at the end. */
uint32_t words_next(struct slice *rest);
/* Columns on a terminal, by a simple rule: combining marks 0, East Asian wide and emoji 2, else 1.
 */
int words_width(struct slice words);
/* The longest start of `words` that is at most `columns` wide, in bytes; one character at least. */
size_t words_fit(struct slice words, int columns);

#endif
