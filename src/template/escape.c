#include "template/escape.h"

#include <string.h>

#include "base/markup.h"
#include "template/thing.h"

#include "base/banned.h"

static bool is_unreserved(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte != 0 && strchr("-._~", byte));
}

static void add_part(struct text *text, struct slice value, const char *also)
{
    for (size_t i = 0; i < value.length; i++) {
        unsigned char byte = (unsigned char)value.start[i];
        if (is_unreserved(byte) || (byte != 0 && strchr(also, byte)))
            text_add_character(text, (char)byte);
        else
            text_add_format(text, "%%%02X", byte);
    }
}

bool escape_scheme_is_allowed(struct slice scheme)
{
    static const char *const allowed[] = { "http", "https", "mailto", "tel" };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (slice_equal_folded(scheme, slice_of(allowed[i])))
            return true;
    return false;
}

/* Browsers drop blanks before an address and control characters inside one, so neither may be. */
static bool address_is_allowed(struct slice address)
{
    for (size_t i = 0; i < address.length; i++)
        if ((unsigned char)address.start[i] < ' ' || address.start[i] == 0x7F)
            return false;
    if (slice_starts(address, " "))
        return false;
    for (size_t i = 0; i < address.length && !strchr("/?#\\", address.start[i]); i++)
        if (address.start[i] == ':')
            return escape_scheme_is_allowed(slice_first(address, i));
    return true;
}

static void add_level(struct text *text, struct slice value)
{
    bool is_level = value.length == 1 && value.start[0] >= '1' && value.start[0] <= '6';
    text_add_character(text, is_level ? value.start[0] : '2');
}

void escape_add(struct text *text, enum escape escape, struct slice value)
{
    switch (escape) {
    case ESCAPE_NONE:
        text_add_slice(text, value);
        break;
    case ESCAPE_MARKUP:
        markup_add(text, MARKUP_HTML, value);
        break;
    case ESCAPE_XML:
        markup_add(text, MARKUP_XML, value);
        break;
    case ESCAPE_ADDRESS:
        markup_add(text, MARKUP_HTML, address_is_allowed(value) ? value : SLICE(ESCAPE_BLOCKED));
        break;
    case ESCAPE_PART:
        add_part(text, value, "");
        break;
    case ESCAPE_MAIL:
        add_part(text, value, "@+,");
        break;
    case ESCAPE_LEVEL:
        add_level(text, value);
        break;
    }
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

bool escape_of_attribute(const char *name, bool is_xml, enum escape *out_escape)
{
    static const char *const forbidden[] = { "style", "srcdoc", "srcset", "imagesrcset",
                                             "http-equiv" };
    static const char *const addresses[] = {
        "href",    "src",  "action",     "formaction", "cite",     "poster",   "data",
        "profile", "ping", "background", "manifest",   "longdesc", "codebase", "xlink:href",
    };
    bool is_event = strncmp(name, "on", 2) == 0;
    if (!is_xml && (is_event || is_among(name, forbidden, sizeof forbidden / sizeof *forbidden)))
        return false;
    bool is_address = is_among(name, addresses, sizeof addresses / sizeof *addresses);
    *out_escape = is_address ? ESCAPE_ADDRESS : is_xml ? ESCAPE_XML : ESCAPE_MARKUP;
    return true;
}

/* Lower case letters, digits and - : _ after a letter; long names are no attribute's. */
static bool name_is_sound(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > 64 || name[0] < 'a' || name[0] > 'z')
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-:_") == length;
}

static void add_attribute(struct text *text, struct slice prefix, const char *name,
                          const json_t *item)
{
    bool is_optional = json_is_object(item) && json_is_true(json_object_get(item, "optional"));
    const json_t *value = json_is_object(item) ? json_object_get(item, "value") : item;
    enum escape escape = ESCAPE_MARKUP;
    if (!name_is_sound(name) || (prefix.length == 0 && !escape_of_attribute(name, false, &escape)))
        return;
    if (is_optional && (!value || json_is_null(value) || json_is_false(value)))
        return;
    text_add(text, " ");
    text_add_slice(text, prefix);
    text_add(text, name);
    if (is_optional && json_is_true(value))
        return;
    char room[THING_NUMBER_LENGTH];
    struct slice words = { NULL, 0 };
    const struct thing thing = thing_of_json(value);
    text_add(text, "=\"");
    if (thing_words(&thing, room, &words))
        escape_add(text, escape, words);
    text_add(text, "\"");
}

void escape_add_attributes(struct text *text, const json_t *attributes, struct slice prefix)
{
    /* Iterating does not change the object; jansson's iterators are not const. */
    json_t *object = (json_t *)(uintptr_t)attributes;
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
        add_attribute(text, prefix, json_object_iter_key(at), json_object_iter_value(at));
}
