#include "codec/xlsx_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/encoding.h"
#include "codec/xml_reader.h"
#include "base/banned.h"

enum { ESCAPE_LENGTH = 7, MOST_FORMATS = 4096, MOST_STYLES = 65536, FIRST_ROOM = 256 };

/* ---- text ---- */

static int hex_digit(char digit)
{
    const char *digits = "0123456789ABCDEFabcdef", *at = digit ? strchr(digits, digit) : NULL;
    return !at ? -1 : at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

/* The character of an escape at the start of `text`; 0 when there is none. */
static unsigned long escape_at(struct slice text)
{
    unsigned long code = 0;
    if (text.length < ESCAPE_LENGTH || text.start[0] != '_' || text.start[1] != 'x' ||
        text.start[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text.start[i]);
        if (digit < 0)
            return 0;
        code = code << 4 | (unsigned long)digit;
    }
    return code >= 0xD800 && code < 0xE000 ? 0 : code;
}

void xlsx_add_text(struct text *text, struct slice escaped)
{
    while (escaped.length) {
        const char *mark = memchr(escaped.start, '_', escaped.length);
        size_t plain = mark ? (size_t)(mark - escaped.start) : escaped.length;
        text_add_slice(text, slice_first(escaped, plain));
        escaped = slice_from(escaped, plain);
        unsigned long code = escape_at(escaped);
        if (code) {
            char bytes[4];
            text_add_slice(text, (struct slice){ bytes, encoding_put(code, bytes) });
            escaped = slice_from(escaped, ESCAPE_LENGTH);
        } else if (escaped.length) {
            text_add_character(text, '_');
            escaped = slice_from(escaped, 1);
        }
    }
}

/* ---- shared strings ---- */

struct strings_state {
    struct arena *arena, *scratch; /* scratch holds the string being read */
    struct text text;
    int64_t most_cell;
    struct zip_reader *zip;
    bool is_in_string, is_in_text;
    int sound_depth; /* within rPh, which tells how to say the text */
    struct xlsx_strings strings;
};

static void strings_start(struct xml_reader *reader, void *user, const char *name,
                          const char **attributes)
{
    struct strings_state *state = user;
    (void)reader;
    (void)attributes;
    if (xml_is(name, "si")) {
        arena_empty(state->scratch);
        state->text = text_new(state->scratch, (size_t)state->most_cell);
        state->is_in_string = true;
    } else if (xml_is(name, "rPh")) {
        state->sound_depth++;
    } else if (xml_is(name, "t")) {
        state->is_in_text = state->is_in_string && state->sound_depth == 0;
    }
}

static void add_string(struct strings_state *state)
{
    struct xlsx_strings *strings = &state->strings;
    if (strings->count == strings->room) {
        size_t room = strings->room ? strings->room * 2 : FIRST_ROOM;
        struct slice *items = arena_array_of(state->arena, room, struct slice);
        if (strings->count)
            memcpy(items, strings->items, strings->count * sizeof *items);
        strings->items = items;
        strings->room = room;
    }
    struct text decoded = text_new(state->scratch, state->text.most);
    xlsx_add_text(&decoded, text_slice(&state->text));
    strings->items[strings->count++] = (struct slice){
        decoded.length ? arena_copy(state->arena, decoded.bytes, decoded.length) : "",
        decoded.length
    };
}

static void strings_end(struct xml_reader *reader, void *user, const char *name)
{
    struct strings_state *state = user;
    if (xml_is(name, "t")) {
        state->is_in_text = false;
    } else if (xml_is(name, "rPh")) {
        state->sound_depth--;
    } else if (xml_is(name, "si") && state->is_in_string) {
        if (state->text.is_full)
            xml_reader_stop(reader,
                            work_fail(zip_reader_work(state->zip), STATUS_LIMIT,
                                      "%s: a cell's text has too many bytes (%lld at most).",
                                      zip_reader_name(state->zip), (long long)state->most_cell));
        else
            add_string(state);
        state->is_in_string = false;
    }
}

static void strings_text(struct xml_reader *reader, void *user, struct slice text)
{
    struct strings_state *state = user;
    (void)reader;
    if (state->is_in_text)
        text_add_slice(&state->text, text);
}

enum status xlsx_strings_read(struct zip_reader *zip, const char *part, struct arena *arena,
                              int64_t most_cell, struct xlsx_strings *out_strings)
{
    static const struct xml_handlers handlers = { .start = strings_start,
                                                  .end = strings_end,
                                                  .text = strings_text };
    CLEANUP_ARENA struct arena *scratch = arena_new();
    struct strings_state state = {
        .arena = arena, .scratch = scratch, .most_cell = most_cell, .zip = zip
    };
    enum status status = xml_read_part(zip, part, &handlers, &state);
    if (status == STATUS_OK)
        *out_strings = state.strings;
    return status;
}

/* ---- styles ---- */

struct format {
    int64_t id;
    enum xlsx_style style;
};

struct styles_state {
    struct arena *arena;
    struct format *formats; /* the file's own */
    size_t format_count;
    bool is_in_cells; /* within cellXfs */
    struct xlsx_styles styles;
};

static void note_format(struct styles_state *state, const char **attributes)
{
    const char *id = xml_attribute(attributes, "numFmtId");
    const char *code = xml_attribute(attributes, "formatCode");
    struct format format = { .id = -1 };
    if (!id || !code || !slice_integer(slice_of(id), &format.id) ||
        state->format_count == MOST_FORMATS)
        return;
    format.style = xlsx_style_of_code(slice_of(code));
    state->formats[state->format_count++] = format;
}

static enum xlsx_style find_style(const struct styles_state *state, const char **attributes)
{
    const char *given = xml_attribute(attributes, "numFmtId");
    int64_t id = 0;
    if (!given || !slice_integer(slice_of(given), &id))
        return XLSX_PLAIN;
    for (size_t i = 0; i < state->format_count; i++)
        if (state->formats[i].id == id)
            return state->formats[i].style;
    return xlsx_style_built_in(id);
}

static void styles_start(struct xml_reader *reader, void *user, const char *name,
                         const char **attributes)
{
    struct styles_state *state = user;
    struct xlsx_styles *styles = &state->styles;
    (void)reader;
    if (xml_is(name, "numFmt"))
        note_format(state, attributes);
    else if (xml_is(name, "cellXfs"))
        state->is_in_cells = true;
    if (!xml_is(name, "xf") || !state->is_in_cells || styles->count == MOST_STYLES)
        return;
    if (styles->count == styles->room) {
        size_t room = styles->room ? styles->room * 2 : FIRST_ROOM;
        unsigned char *items = arena_take(state->arena, room);
        if (styles->count)
            memcpy(items, styles->items, styles->count);
        styles->items = items;
        styles->room = room;
    }
    styles->items[styles->count++] = (unsigned char)find_style(state, attributes);
}

static void styles_end(struct xml_reader *reader, void *user, const char *name)
{
    struct styles_state *state = user;
    (void)reader;
    if (xml_is(name, "cellXfs"))
        state->is_in_cells = false;
}

enum status xlsx_styles_read(struct zip_reader *zip, const char *part, struct arena *arena,
                             struct xlsx_styles *out_styles)
{
    static const struct xml_handlers handlers = { .start = styles_start, .end = styles_end };
    CLEANUP_ARENA struct arena *scratch = arena_new();
    struct styles_state state = { .arena = arena,
                                  .formats = arena_array_of(scratch, MOST_FORMATS, struct format) };
    enum status status = xml_read_part(zip, part, &handlers, &state);
    if (status == STATUS_OK)
        *out_styles = state.styles;
    return status;
}
