/* Plain loops over bytes; nothing here allocates but slice_copy. */
#include "base/slice.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/banned.h"

struct slice slice_of(const char *text)
{
    return (struct slice){ text, text ? strlen(text) : 0 };
}

bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.start, b.start, a.length) == 0);
}

bool slice_equal_folded(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || strncasecmp(a.start, b.start, a.length) == 0);
}

int slice_compare(struct slice a, struct slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.start, b.start, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool slice_is(struct slice slice, const char *text)
{
    return slice_equal(slice, slice_of(text));
}

bool slice_starts(struct slice slice, const char *text)
{
    return slice_equal(slice_first(slice, strlen(text)), slice_of(text));
}

bool slice_starts_folded(struct slice slice, const char *text)
{
    return slice_equal_folded(slice_first(slice, strlen(text)), slice_of(text));
}

bool slice_ends(struct slice slice, const char *text)
{
    size_t length = strlen(text);
    return slice.length >= length && slice_is(slice_from(slice, slice.length - length), text);
}

static ptrdiff_t find(struct slice slice, struct slice text,
                      bool (*equal)(struct slice, struct slice))
{
    for (size_t i = 0; i + text.length <= slice.length; i++)
        if (equal((struct slice){ slice.start + i, text.length }, text))
            return (ptrdiff_t)i;
    return -1;
}

ptrdiff_t slice_find(struct slice slice, const char *text)
{
    return find(slice, slice_of(text), slice_equal);
}

ptrdiff_t slice_find_folded(struct slice slice, const char *text)
{
    return find(slice, slice_of(text), slice_equal_folded);
}

struct slice slice_from(struct slice slice, size_t start)
{
    if (start >= slice.length)
        return (struct slice){ NULL, 0 };
    return (struct slice){ slice.start + start, slice.length - start };
}

struct slice slice_first(struct slice slice, size_t length)
{
    return (struct slice){ slice.start, length < slice.length ? length : slice.length };
}

static bool is_blank(char character)
{
    return character == ' ' || (character >= '\t' && character <= '\r');
}

static size_t blank_at_start(struct slice slice)
{
    if (slice.length == 0)
        return 0;
    if (is_blank(slice.start[0]))
        return 1;
    return slice.start[0] == '\xC2' && slice_starts(slice, "\xC2\xA0") ? 2 : 0;
}

static size_t blank_at_end(struct slice slice)
{
    if (slice.length == 0)
        return 0;
    char last = slice.start[slice.length - 1];
    if (is_blank(last))
        return 1;
    return last == '\xA0' && slice_ends(slice, "\xC2\xA0") ? 2 : 0;
}

struct slice slice_trim(struct slice slice)
{
    for (size_t n = 0; (n = blank_at_start(slice)) > 0;)
        slice = slice_from(slice, n);
    for (size_t n = 0; (n = blank_at_end(slice)) > 0;)
        slice.length -= n;
    return slice;
}

bool slice_split(struct slice *rest, char separator, struct slice *out_part)
{
    if (!rest->start)
        return false;
    const char *at = rest->length ? memchr(rest->start, separator, rest->length) : NULL;
    if (!at) {
        *out_part = *rest;
        *rest = (struct slice){ NULL, 0 };
        return true;
    }
    *out_part = (struct slice){ rest->start, (size_t)(at - rest->start) };
    *rest = (struct slice){ at + 1, rest->length - out_part->length - 1 };
    return true;
}

bool slice_word(struct slice *rest, struct slice *out_word)
{
    struct slice left = *rest;
    for (size_t n = 0; (n = blank_at_start(left)) > 0;)
        left = slice_from(left, n);
    size_t length = 0;
    while (length < left.length && blank_at_start(slice_from(left, length)) == 0)
        length++;
    *rest = slice_from(left, length);
    if (length == 0)
        return false;
    *out_word = slice_first(left, length);
    return true;
}

bool slice_integer(struct slice slice, int64_t *out_number)
{
    bool negative = slice_starts(slice, "-");
    if (negative || slice_starts(slice, "+"))
        slice = slice_from(slice, 1);
    if (slice.length == 0)
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < slice.length; i++) {
        if (slice.start[i] < '0' || slice.start[i] > '9')
            return false;
        int digit = slice.start[i] - '0';
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_sub_overflow(number, digit, &number))
            return false;
    }
    /* Counted downwards, so that the smallest number fits too. */
    if (!negative && __builtin_sub_overflow(0, number, &number))
        return false;
    *out_number = number;
    return true;
}

static size_t utf8_length(struct slice rest)
{
    const unsigned char *s = (const unsigned char *)rest.start;
    if (s[0] < 0x80)
        return s[0] ? 1 : 0;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || length > rest.length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool outside = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || outside ? 0 : length;
}

bool slice_is_utf8(struct slice slice)
{
    for (size_t n = 0; slice.length > 0; slice = slice_from(slice, n)) {
        n = utf8_length(slice);
        if (n == 0)
            return false;
    }
    return true;
}

char *slice_copy(struct arena *arena, struct slice slice)
{
    return arena_copy(arena, slice.start, slice.length);
}

struct slice slice_first_whole(struct slice slice, size_t most)
{
    if (slice.length <= most)
        return slice;
    while (most > 0 && ((unsigned char)slice.start[most] & 0xC0) == 0x80)
        most--;
    return slice_first(slice, most);
}
