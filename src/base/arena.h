/* Memory that is given back all at once: when a request, a command or a batch of rows ends. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A place in an arena; everything taken after it can be given back together. */
struct arena_mark {
    void *block;
    size_t used;
};

/* Makes an arena. Out of memory aborts, here and below, so nothing returns NULL. */
struct arena *arena_new(void);
/* Frees the arena and all that was taken from it. NULL is allowed. */
void arena_free(struct arena *arena);
/* Gives `size` zeroed bytes, aligned for any type; they live until the arena is emptied. */
void *arena_take(struct arena *arena, size_t size);
/* The same without the zeros, for bytes that are filled at once. */
void *arena_take_raw(struct arena *arena, size_t size);
/* The same for `count` items of `size` bytes; a product that overflows aborts. */
void *arena_take_array(struct arena *arena, size_t count, size_t size);
/* Copies `length` bytes and adds a NUL. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
/* Copies a C string; NULL gives NULL. */
char *arena_copy_text(struct arena *arena, const char *text);
/* Formats into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Remembers a place, and goes back to it: what was taken since is given back. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_return(struct arena *arena, struct arena_mark mark);
/* Empties the arena but keeps its first block. */
void arena_empty(struct arena *arena);
/* Bytes held from the system, for tests and limits. */
size_t arena_held(const struct arena *arena);

#define arena_new_of(arena, type) ((type *)arena_take((arena), sizeof(type)))
#define arena_array_of(arena, count, type)                                                         \
    ((type *)arena_take_array((arena), (count), sizeof(type)))

/* Frees an arena when the variable goes out of scope. */
void arena_cleanup(struct arena **arena);
#define CLEANUP_ARENA __attribute__((cleanup(arena_cleanup)))

#endif
