/* A view of text that somebody else holds. Parsers work on slices. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct slice {
    const char *start; /* not NUL-ended; NULL only when length is 0 */
    size_t length;
};

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

/* The whole of a C string; NULL gives an empty slice. */
struct slice slice_of(const char *text);
bool slice_equal(struct slice a, struct slice b);
/* Compares with ASCII letters folded. */
bool slice_equal_folded(struct slice a, struct slice b);
/* Below, at or above 0 as `a` stands before, at or behind `b` in the order of their bytes. */
int slice_compare(struct slice a, struct slice b);
bool slice_is(struct slice slice, const char *text);
bool slice_starts(struct slice slice, const char *text);
bool slice_starts_folded(struct slice slice, const char *text);
bool slice_ends(struct slice slice, const char *text);
/* The place of `text` in `slice`, or -1; the folded one ignores the case of ASCII letters. */
ptrdiff_t slice_find(struct slice slice, const char *text);
ptrdiff_t slice_find_folded(struct slice slice, const char *text);
/* Part of a slice; what lies outside is cut off. */
struct slice slice_from(struct slice slice, size_t start);
struct slice slice_first(struct slice slice, size_t length);
/* Without blanks (space, tab, line ends, no-break space U+00A0) at both ends. */
struct slice slice_trim(struct slice slice);
/* Takes the text before the next `separator` off `*rest`; false when nothing is left. */
bool slice_split(struct slice *rest, char separator, struct slice *out_part);
/* Takes the next run of non-blank bytes off `*rest`; false when nothing is left. */
bool slice_word(struct slice *rest, struct slice *out_word);
/* Reads the whole slice as a decimal integer, with an optional sign; false when it is anything
 * else or does not fit. */
bool slice_integer(struct slice slice, int64_t *out_number);
/* True when the bytes are well-formed UTF-8 without NUL. */
bool slice_is_utf8(struct slice slice);
/* The first bytes, at most so many, cut between two characters of UTF-8. */
struct slice slice_first_whole(struct slice slice, size_t most);
/* Copies into the arena with a NUL at the end. */
char *slice_copy(struct arena *arena, struct slice slice);

#endif
