/* A chain of blocks; taking is a bump of a counter. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16, FORMAT_SHORT = 256 };

struct block {
    struct block *previous;
    size_t size, used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
    struct block *last;
    size_t held;
};

static struct block *block_new(struct arena *arena, size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        abort();
    block->previous = arena->last;
    block->size = size;
    block->used = 0;
    arena->last = block;
    arena->held += sizeof *block + size;
    return block;
}

static void block_drop_last(struct arena *arena)
{
    struct block *block = arena->last;
    arena->last = block->previous;
    arena->held -= sizeof *block + block->size;
    free(block);
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        abort();
    block_new(arena, BLOCK_SIZE);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    while (arena->last)
        block_drop_last(arena);
    free(arena);
}

void *arena_take_raw(struct arena *arena, size_t size)
{
    assert(size <= SIZE_MAX - ALIGNMENT);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->last;
    if (size > block->size - block->used)
        block = block_new(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    void *taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

void *arena_take(struct arena *arena, size_t size)
{
    return memset(arena_take_raw(arena, size), 0, size);
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    return arena_take(arena, bytes);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_take_raw(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_copy_text(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char most_are_short[FORMAT_SHORT];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(most_are_short, sizeof most_are_short, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    char *text = arena_take_raw(arena, (size_t)length + 1);
    if (length < FORMAT_SHORT)
        memcpy(text, most_are_short, (size_t)length + 1);
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){ .block = arena->last, .used = arena->last->used };
}

void arena_return(struct arena *arena, struct arena_mark mark)
{
    while (arena->last != mark.block) {
        assert(arena->last->previous);
        block_drop_last(arena);
    }
    assert(mark.used <= arena->last->used);
    arena->last->used = mark.used;
}

void arena_empty(struct arena *arena)
{
    while (arena->last->previous)
        block_drop_last(arena);
    arena->last->used = 0;
}

size_t arena_held(const struct arena *arena)
{
    return arena->held;
}

void arena_cleanup(struct arena **arena)
{
    arena_free(*arena);
}
