#include "codec/json_writer.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

enum { SPACE = 0x20, DIGITS_MOST = 20 };

struct json_writer json_writer_new(struct text *text)
{
    return (struct json_writer){ .text = text };
}

static void add_escaped(struct text *text, unsigned char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    switch (byte) {
    case '"':
        text_add(text, "\\\"");
        break;
    case '\\':
        text_add(text, "\\\\");
        break;
    case '\b':
        text_add(text, "\\b");
        break;
    case '\f':
        text_add(text, "\\f");
        break;
    case '\n':
        text_add(text, "\\n");
        break;
    case '\r':
        text_add(text, "\\r");
        break;
    case '\t':
        text_add(text, "\\t");
        break;
    default:
        text_add(text, "\\u00");
        text_add_character(text, digits[byte >> 4]);
        text_add_character(text, digits[byte & 15]);
        break;
    }
}

static void add_string(struct text *text, const char *value)
{
    struct slice rest = slice_of(value);
    text_add_character(text, '"');
    while (rest.length > 0) {
        size_t plain = 0;
        while (plain < rest.length && (unsigned char)rest.start[plain] >= SPACE &&
               rest.start[plain] != '"' && rest.start[plain] != '\\')
            plain++;
        text_add_slice(text, slice_first(rest, plain));
        if (plain < rest.length)
            add_escaped(text, (unsigned char)rest.start[plain++]);
        rest = slice_from(rest, plain);
    }
    text_add_character(text, '"');
}

static void new_line(struct json_writer *writer)
{
    static const char blanks[] = "\n                                                            ";
    size_t length = 1 + 2 * (size_t)writer->depth;
    text_add_slice(writer->text,
                   (struct slice){ blanks, length < sizeof blanks ? length : sizeof blanks - 1 });
}

/* What stands before every value. */
static void begin(struct json_writer *writer, const char *key)
{
    if (writer->has_member)
        text_add_character(writer->text, ',');
    if (writer->depth > 0)
        new_line(writer);
    writer->has_member = true;
    if (!key)
        return;
    add_string(writer->text, key);
    text_add(writer->text, ": ");
}

static void open_level(struct json_writer *writer, const char *key, char mark)
{
    begin(writer, key);
    text_add_character(writer->text, mark);
    writer->depth++;
    writer->has_member = false;
}

static void close_level(struct json_writer *writer, char mark)
{
    writer->depth--;
    if (writer->has_member)
        new_line(writer);
    text_add_character(writer->text, mark);
    writer->has_member = true;
}

void json_write_object(struct json_writer *writer, const char *key)
{
    open_level(writer, key, '{');
}

void json_write_object_end(struct json_writer *writer)
{
    close_level(writer, '}');
}

void json_write_array(struct json_writer *writer, const char *key)
{
    open_level(writer, key, '[');
}

void json_write_array_end(struct json_writer *writer)
{
    close_level(writer, ']');
}

void json_write_text(struct json_writer *writer, const char *key, const char *value)
{
    begin(writer, key);
    if (value)
        add_string(writer->text, value);
    else
        text_add(writer->text, "null");
}

void json_write_integer(struct json_writer *writer, const char *key, int64_t value)
{
    char digits[DIGITS_MOST];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    begin(writer, key);
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        text_add_character(writer->text, '-');
    text_add_slice(writer->text, (struct slice){ digits + at, sizeof digits - at });
}

void json_write_boolean(struct json_writer *writer, const char *key, bool value)
{
    begin(writer, key);
    text_add(writer->text, value ? "true" : "false");
}
