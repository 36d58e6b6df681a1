/* JSON: the whole tree, every figure with its citation, keys in the order of the tree. Things are
 * written as they are found, so that a long document takes no more memory than its text. */
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "document/model.h"
#include "document/renderers.h"

#include "base/banned.h"

enum { INDENT = 2 };

static const struct {
    char byte, name;
} short_escapes[] = {
    { '"', '"' },  { '\\', '\\' }, { '\b', 'b' }, { '\f', 'f' },
    { '\n', 'n' }, { '\r', 'r' },  { '\t', 't' },
};

static void add_escape(struct text *text, char byte)
{
    for (size_t i = 0; i < sizeof short_escapes / sizeof *short_escapes; i++) {
        if (short_escapes[i].byte == byte) {
            text_add_character(text, '\\');
            text_add_character(text, short_escapes[i].name);
            return;
        }
    }
    text_add_format(text, "\\u%04X", (unsigned)byte);
}

static void write_words(struct text *text, struct slice words)
{
    size_t start = 0;
    text_add(text, "\"");
    for (size_t i = 0; i < words.length; i++) {
        unsigned char byte = (unsigned char)words.start[i];
        if (byte >= ' ' && byte != '"' && byte != '\\')
            continue;
        text_add_slice(text, slice_first(slice_from(words, start), i - start));
        add_escape(text, words.start[i]);
        start = i + 1;
    }
    text_add_slice(text, slice_from(words, start));
    text_add(text, "\"");
}

static void start_line(struct text *text, size_t depth)
{
    static const char blanks[] = "                                                                ";
    size_t width = INDENT * depth;
    text_add(text, "\n");
    text_add_slice(text, slice_first(SLICE(blanks), width));
}

static void write_thing(const struct thing *thing, size_t depth, struct text *text);

static void write_list(const struct thing *list, size_t depth, struct text *text)
{
    struct thing item;
    size_t count = thing_count(list);
    text_add(text, "[");
    for (size_t i = 0; i < count; i++) {
        item = thing_item(list, i, i > 0 ? &item : NULL);
        text_add(text, i > 0 ? "," : "");
        start_line(text, depth + 1);
        write_thing(&item, depth + 1, text);
    }
    if (count > 0)
        start_line(text, depth);
    text_add(text, "]");
}

static void write_object(const struct thing *object, size_t depth, struct text *text)
{
    bool is_first = true;
    text_add(text, "{");
    for (size_t i = 0; i < object->kind->member_count; i++) {
        const struct thing_member *member = &object->kind->members[i];
        if (member->is_unlisted)
            continue;
        const struct thing value = thing_member_at(object, i);
        text_add(text, is_first ? "" : ",");
        start_line(text, depth + 1);
        write_words(text, slice_of(member->name));
        text_add(text, ": ");
        write_thing(&value, depth + 1, text);
        is_first = false;
    }
    start_line(text, depth);
    text_add(text, "}");
}

static void write_thing(const struct thing *thing, size_t depth, struct text *text)
{
    char room[THING_NUMBER_LENGTH];
    struct slice words;
    if (thing->type == THING_OBJECT)
        write_object(thing, depth, text);
    else if (thing->type == THING_LIST)
        write_list(thing, depth, text);
    else if (!thing_words(thing, room, &words))
        text_add(text, "null");
    else if (thing->type == THING_TEXT)
        write_words(text, words);
    else
        text_add_slice(text, words);
}

enum status render_json(struct work *work, struct document_tree *tree,
                        const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    const struct document_model model = document_model(tree);
    const struct thing document = document_thing(&model);
    struct text text = text_new(work->arena, DOCUMENT_BYTES_MOST);
    write_thing(&document, 0, &text);
    text_add(&text, "\n");
    return render_finish(work, &text, out_bytes);
}
