/* Cleaning words at the door of a document, and measuring them for a terminal. */
#include "document/words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#include "base/banned.h"

#define REPLACEMENT "\xef\xbf\xbd"

struct range {
    uint32_t first, last;
};

/* Combining marks and characters that take no room. */
static const struct range no_width[] = {
    { 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a },
    { 0x064b, 0x065f }, { 0x093c, 0x093c }, { 0x094d, 0x094d }, { 0x1ab0, 0x1aff },
    { 0x1dc0, 0x1dff }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f },
    { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
};

/* East Asian wide and full-width characters, and emoji. */
static const struct range double_width[] = {
    { 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },
    { 0x4e00, 0x9fff },   { 0xa000, 0xa4cf },   { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },
    { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },   { 0x1f300, 0x1f64f },
    { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

/* Controls, and the marks that turn or override the direction of writing; XML's two non-characters.
 */
static const struct range not_kept[] = {
    { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0x200e, 0x200f },
    { 0x2028, 0x202e }, { 0x2066, 0x2069 }, { 0xfffe, 0xffff },
};

static bool is_within(uint32_t character, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

#define IS_WITHIN(character, ranges)                                                               \
    is_within((character), (ranges), sizeof(ranges) / sizeof(ranges)[0])

/* The length that the first byte of a character promises. */
static size_t character_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

uint32_t words_next(struct slice *rest)
{
    if (rest->length == 0)
        return 0;
    unsigned char first = (unsigned char)rest->start[0];
    size_t length = character_length(first);
    if (length > rest->length)
        length = rest->length;
    uint32_t character = length == 1   ? first
                         : length == 2 ? first & 0x1fu
                         : length == 3 ? first & 0x0fu
                                       : first & 0x07u;
    for (size_t i = 1; i < length; i++)
        character = character << 6 | ((unsigned char)rest->start[i] & 0x3fu);
    *rest = slice_from(*rest, length);
    return character;
}

/* ASCII without control characters. */
static bool is_plain(const char *words)
{
    for (const unsigned char *c = (const unsigned char *)words; *c; c++)
        if (*c < ' ' || *c >= 0x7f)
            return false;
    return true;
}

/* Adds the next character of `*rest`, cleaned. */
static void clean_next(struct slice *rest, struct text *out_words)
{
    size_t length = character_length((unsigned char)rest->start[0]);
    struct slice one = slice_first(*rest, length);
    if (one.length < length || !slice_is_utf8(one)) {
        if (rest->start[0] != '\0')
            text_add(out_words, REPLACEMENT);
        *rest = slice_from(*rest, 1);
        return;
    }
    struct slice copy = one;
    uint32_t character = words_next(&copy);
    if (character == '\n' || character == '\t' || character == 0x2028 || character == 0x2029)
        text_add_character(out_words, ' ');
    else if (!IS_WITHIN(character, not_kept))
        text_add_slice(out_words, one);
    *rest = slice_from(*rest, length);
}

char *words_copy(struct arena *arena, const char *words)
{
    if (!words)
        return NULL;
    if (is_plain(words))
        return arena_copy_text(arena, words);
    size_t length = strlen(words);
    struct text out = text_new(arena, 3 * length + 1);
    text_add(&out, "");
    for (struct slice rest = { words, length }; rest.length > 0;)
        clean_next(&rest, &out);
    return arena_copy(arena, out.bytes, out.length);
}

static int character_width(uint32_t character)
{
    if (character < 0x300)
        return 1;
    if (IS_WITHIN(character, no_width))
        return 0;
    return IS_WITHIN(character, double_width) ? 2 : 1;
}

int words_width(struct slice words)
{
    int width = 0;
    while (words.length > 0)
        width += character_width(words_next(&words));
    return width;
}

size_t words_fit(struct slice words, int columns)
{
    struct slice rest = words;
    int width = 0;
    while (rest.length > 0) {
        struct slice after = rest;
        width += character_width(words_next(&after));
        if (width > columns && rest.length < words.length)
            break;
        rest = after;
    }
    return words.length - rest.length;
}
