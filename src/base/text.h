/* Text that grows, up to a limit set at its birth. Always ended by NUL; a failure latches, so calls
 * are chained and checked once, with text_is_full. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct arena;

struct text {
    struct arena *arena; /* where the bytes live */
    char *bytes;         /* NUL-ended */
    size_t length, room, most;
    bool is_full; /* something did not fit; what was added before is kept */
};

/* Text in `arena` of at most `most` bytes. */
struct text text_new(struct arena *arena, size_t most);
/* The same with room for `room` bytes from the start, where the length is known. */
struct text text_new_of_room(struct arena *arena, size_t room, size_t most);
void text_add(struct text *text, const char *words);
void text_add_slice(struct text *text, struct slice slice);
void text_add_character(struct text *text, char character);
void text_add_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Cuts back to `length` bytes. */
void text_cut(struct text *text, size_t length);
struct slice text_slice(const struct text *text);

#endif
