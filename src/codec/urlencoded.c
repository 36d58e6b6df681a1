/* The URL Standard's form encoding, but strict: what it would pass through or mend is refused. */
#include "codec/urlencoded.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static size_t limit_or(size_t given, size_t otherwise)
{
    return given ? given : otherwise;
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char lower = digit | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static enum status decode(struct work *work, struct slice encoded, size_t longest,
                          struct slice *out_decoded)
{
    char *bytes = arena_take(work->arena, encoded.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        char byte = encoded.start[i] == '+' ? ' ' : encoded.start[i];
        if (byte == '%') {
            int high = i + 1 < encoded.length ? hex_value(encoded.start[i + 1]) : -1;
            int low = i + 2 < encoded.length ? hex_value(encoded.start[i + 2]) : -1;
            if (high < 0 || low < 0)
                return work_fail(work, STATUS_INPUT,
                                 "The form holds a %% that no two hexadecimal digits follow; send "
                                 "it again from the page.");
            byte = (char)(high << 4 | low);
            i += 2;
        }
        bytes[length++] = byte;
    }
    *out_decoded = (struct slice){ bytes, length };
    if (length > longest)
        return work_fail(work, STATUS_LIMIT,
                         "A field of the form is too long: %zu bytes, at most %zu are read.",
                         length, longest);
    if (!slice_is_utf8(*out_decoded))
        return work_fail(work, STATUS_INPUT,
                         "The form holds text that is not UTF-8; send it again from the page.");
    return STATUS_OK;
}

static enum status read_pair(struct work *work, struct slice part,
                             const struct urlencoded_limits *limits,
                             struct urlencoded_pair *out_pair)
{
    const char *equals = memchr(part.start, '=', part.length);
    size_t length = equals ? (size_t)(equals - part.start) : part.length;
    struct slice value = equals ? slice_from(part, length + 1) : (struct slice){ NULL, 0 };
    enum status status = decode(work, slice_first(part, length),
                                limit_or(limits->longest_name, URLENCODED_LONGEST_NAME),
                                &out_pair->name);
    if (status != STATUS_OK)
        return status;
    return decode(work, value, limit_or(limits->longest_value, URLENCODED_LONGEST_VALUE),
                  &out_pair->value);
}

enum status urlencoded_read(struct work *work, struct slice bytes,
                            const struct urlencoded_limits *limits, struct urlencoded *out_form)
{
    struct urlencoded_limits given = limits ? *limits
                                            : (struct urlencoded_limits){ .most_bytes = 0 };
    size_t most_bytes = limit_or(given.most_bytes, URLENCODED_MOST_BYTES);
    size_t most_pairs = limit_or(given.most_pairs, URLENCODED_MOST_PAIRS);
    if (bytes.length > most_bytes)
        return work_fail(work, STATUS_LIMIT,
                         "The form is too large: %zu bytes, at most %zu are read.", bytes.length,
                         most_bytes);
    size_t room = 1;
    for (size_t i = 0; i < bytes.length; i++)
        room += bytes.start[i] == '&';
    if (room > most_pairs)
        return work_fail(work, STATUS_LIMIT,
                         "The form has too many fields: %zu, at most %zu are read.", room,
                         most_pairs);
    struct urlencoded form = { .pairs = arena_array_of(work->arena, room, struct urlencoded_pair) };
    struct slice part;
    while (slice_split(&bytes, '&', &part)) {
        if (part.length == 0)
            continue;
        enum status status = read_pair(work, part, &given, &form.pairs[form.count]);
        if (status != STATUS_OK)
            return status;
        form.count++;
    }
    *out_form = form;
    return STATUS_OK;
}

bool urlencoded_find(const struct urlencoded *form, const char *name, struct slice *out_value)
{
    for (size_t i = 0; i < form->count; i++)
        if (slice_is(form->pairs[i].name, name)) {
            *out_value = form->pairs[i].value;
            return true;
        }
    return false;
}

static void add_encoded(struct text *text, struct slice plain)
{
    for (size_t i = 0; i < plain.length; i++) {
        char byte = plain.start[i];
        bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= 'a' && byte <= 'z') || (byte && strchr("-._*", byte));
        if (is_plain)
            text_add_character(text, byte);
        else if (byte == ' ')
            text_add_character(text, '+');
        else
            text_add_format(text, "%%%02X", (unsigned)(unsigned char)byte);
    }
}

void urlencoded_add(struct text *text, const char *name, struct slice value)
{
    if (text->length)
        text_add_character(text, '&');
    add_encoded(text, slice_of(name));
    text_add_character(text, '=');
    add_encoded(text, value);
}
