/* Room doubles; the old bytes stay in the arena until it is emptied. */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { FIRST_ROOM = 256, FORMAT_SHORT = 256 };

struct text text_new_of_room(struct arena *arena, size_t room, size_t most)
{
    room = room < most ? room : most;
    char *bytes = arena_take_raw(arena, room + 1);
    bytes[0] = '\0';
    return (struct text){ .arena = arena, .bytes = bytes, .room = room, .most = most };
}

struct text text_new(struct arena *arena, size_t most)
{
    return text_new_of_room(arena, FIRST_ROOM, most);
}

static bool reserve(struct text *text, size_t more)
{
    if (text->is_full || more > text->most - text->length) {
        text->is_full = true;
        return false;
    }
    if (more <= text->room - text->length)
        return true;
    size_t room = text->room ? text->room : 1;
    while (room < text->length + more)
        room = room > text->most / 2 ? text->most : room * 2;
    char *bytes = arena_take_raw(text->arena, room + 1);
    memcpy(bytes, text->bytes, text->length + 1);
    text->bytes = bytes;
    text->room = room;
    return true;
}

void text_add_slice(struct text *text, struct slice slice)
{
    if (slice.length == 0 || !reserve(text, slice.length))
        return;
    memcpy(text->bytes + text->length, slice.start, slice.length);
    text->length += slice.length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *words)
{
    text_add_slice(text, slice_of(words));
}

void text_add_character(struct text *text, char character)
{
    text_add_slice(text, (struct slice){ &character, 1 });
}

void text_add_format(struct text *text, const char *format, ...)
{
    char most_are_short[FORMAT_SHORT];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(most_are_short, sizeof most_are_short, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if (length < FORMAT_SHORT) {
        text_add_slice(text, (struct slice){ most_are_short, (size_t)length });
    } else if (reserve(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_cut(struct text *text, size_t length)
{
    assert(length <= text->length);
    text->length = length;
    text->bytes[length] = '\0';
}

struct slice text_slice(const struct text *text)
{
    return (struct slice){ text->bytes, text->length };
}
