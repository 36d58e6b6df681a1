/* JSON written straight into a text, for answers too large to be built as a tree first: the same
 * layout as jansson's with an indent of two. Keys and values come in the order of the calls; who
 * writes an object sees to it that each key comes once. */
#ifndef CODEC_JSON_WRITER_H
#define CODEC_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct json_writer {
    struct text *text;
    int depth;
    bool has_member; /* the object or array under way has one already */
};

struct json_writer json_writer_new(struct text *text);
/* In an object each value has a key; in an array, and outermost, `key` is NULL. */
void json_write_object(struct json_writer *writer, const char *key);
void json_write_object_end(struct json_writer *writer);
void json_write_array(struct json_writer *writer, const char *key);
void json_write_array_end(struct json_writer *writer);
/* NULL is null; text is UTF-8. */
void json_write_text(struct json_writer *writer, const char *key, const char *value);
void json_write_integer(struct json_writer *writer, const char *key, int64_t value);
void json_write_boolean(struct json_writer *writer, const char *key, bool value);

#endif
