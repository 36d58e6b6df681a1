/* The states are those of the HTML standard's tokenizer (13.2.5), without the ways in which it
 * forgives: a template that needs forgiving is refused. */
#include "template/markup.h"

#include <string.h>

#include "base/banned.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void name_add(struct markup_name *name, char c)
{
    if (name->length == MARKUP_NAME_LENGTH)
        return;
    name->text[name->length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    name->text[name->length] = '\0';
}

static bool name_is(const struct markup_name *name, const char *text)
{
    return strcmp(name->text, text) == 0;
}

static void name_clear(struct markup_name *name)
{
    *name = (struct markup_name){ .length = 0 };
}

struct markup markup_start(enum markup_kind kind)
{
    return (struct markup){ .kind = kind, .state = MARKUP_TEXT };
}

static const char *end_tag(struct markup *markup)
{
    const struct markup_name *tag = &markup->tag;
    markup->state = MARKUP_TEXT;
    markup->matched = 0;
    if (markup->is_end_tag || markup->kind != MARKUP_HTML)
        return NULL;
    if (name_is(tag, "script") || name_is(tag, "style"))
        markup->state = MARKUP_CODE;
    else if (name_is(tag, "title") || name_is(tag, "textarea"))
        markup->state = MARKUP_WORDS;
    else if (name_is(tag, "xmp") || name_is(tag, "plaintext") || name_is(tag, "noembed") ||
             name_is(tag, "noframes") || name_is(tag, "iframe"))
        return "this element has no place in a template";
    return NULL;
}

static const char *read_opening(struct markup *markup, char c)
{
    if (c == '/' && !markup->is_end_tag) {
        markup->is_end_tag = true;
        return NULL;
    }
    if (is_letter(c)) {
        name_add(&markup->tag, c);
        markup->state = MARKUP_TAG_NAME;
        return NULL;
    }
    if (!markup->is_end_tag && (c == '!' || c == '?')) {
        markup->state = c == '!' ? MARKUP_DECLARING : MARKUP_DECLARATION;
        markup->matched = 0;
        return NULL;
    }
    return "a < that opens no tag; write &lt;";
}

static const char *read_declaring(struct markup *markup, char c)
{
    if (c == '[')
        return "a CDATA section has no place in a template";
    if (c != '-') {
        markup->state = c == '>' ? MARKUP_TEXT : MARKUP_DECLARATION;
        return markup->matched ? "a comment begins with <!--" : NULL;
    }
    if (++markup->matched == 2) {
        markup->state = MARKUP_COMMENT;
        markup->matched = 0;
    }
    return NULL;
}

static const char *read_comment(struct markup *markup, char c)
{
    if (c == '>' && markup->matched >= 2)
        markup->state = MARKUP_TEXT;
    markup->matched = c == '-' ? markup->matched + 1 : 0;
    return NULL;
}

/* A character in a tag, outside names and values. */
static const char *read_in_tag(struct markup *markup, char c)
{
    if (c == '>')
        return end_tag(markup);
    if (c == '/') {
        markup->state = MARKUP_CLOSING;
        return NULL;
    }
    if (is_blank(c)) {
        markup->state = MARKUP_IN_TAG;
        return NULL;
    }
    if (markup->state == MARKUP_GAP)
        return "a blank is missing between attributes";
    if (!is_letter(c) && !strchr("_:@", c))
        return "no attribute begins like this";
    name_clear(&markup->attribute);
    name_add(&markup->attribute, c);
    markup->state = MARKUP_ATTRIBUTE_NAME;
    return NULL;
}

static const char *read_attribute_name(struct markup *markup, char c)
{
    if (c == '=') {
        markup->state = MARKUP_BEFORE_VALUE;
        return NULL;
    }
    if (c == '"' || c == '\'' || c == '<')
        return "an attribute's name cannot hold this character";
    if (c == '>' || c == '/' || is_blank(c))
        return read_in_tag(markup, c);
    name_add(&markup->attribute, c);
    return NULL;
}

static const char *read_before_value(struct markup *markup, char c)
{
    if (c != '"' && c != '\'')
        return "an attribute's value needs quotes";
    enum escape escape = ESCAPE_MARKUP;
    bool may_hold = escape_of_attribute(markup->attribute.text, markup->kind == MARKUP_XML,
                                        &escape);
    markup->quote = c;
    markup->state = MARKUP_VALUE;
    markup->has_value = false;
    name_clear(&markup->scheme);
    markup->address = may_hold && escape == ESCAPE_ADDRESS ? MARKUP_ADDRESS_START
                                                           : MARKUP_ADDRESS_NONE;
    return NULL;
}

static const char *read_scheme(struct markup *markup, char c)
{
    if (strchr("/?#", c)) {
        markup->address = MARKUP_ADDRESS_REST;
        return NULL;
    }
    if (c != ':') {
        name_add(&markup->scheme, c);
        markup->address = MARKUP_ADDRESS_SCHEME;
        return NULL;
    }
    struct slice scheme = { markup->scheme.text, markup->scheme.length };
    if (markup->has_value || !escape_scheme_is_allowed(scheme))
        return "an address is relative, http, https, mailto or tel";
    bool is_mail = name_is(&markup->scheme, "mailto") || name_is(&markup->scheme, "tel");
    markup->address = is_mail ? MARKUP_ADDRESS_MAIL : MARKUP_ADDRESS_REST;
    return NULL;
}

static const char *read_value(struct markup *markup, char c)
{
    if (c == markup->quote) {
        markup->state = MARKUP_GAP;
        return NULL;
    }
    if (c == '<')
        return "a < in an attribute; write &lt;";
    bool is_open = markup->address == MARKUP_ADDRESS_START ||
                   markup->address == MARKUP_ADDRESS_SCHEME;
    return is_open ? read_scheme(markup, c) : NULL;
}

/* Looks for </name in an element that holds no tags. */
static const char *read_to_end_tag(struct markup *markup, char c)
{
    char lower = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    size_t matched = markup->matched;
    char wanted = matched == 0 ? '<' : matched == 1 ? '/' : markup->tag.text[matched - 2];
    if (lower != wanted) {
        markup->matched = c == '<';
        return NULL;
    }
    markup->matched++;
    if (markup->matched == markup->tag.length + 2) {
        markup->state = MARKUP_GAP;
        markup->is_end_tag = true;
        markup->matched = 0;
    }
    return NULL;
}

static const char *read_text(struct markup *markup, char c)
{
    if (c == '<') {
        markup->state = MARKUP_OPENING;
        markup->is_end_tag = false;
        name_clear(&markup->tag);
    }
    return NULL;
}

static const char *read_tag_name(struct markup *markup, char c)
{
    if (c == '>' || c == '/' || is_blank(c))
        return read_in_tag(markup, c);
    if (c == '<' || c == '"' || c == '\'')
        return "a tag's name cannot hold this character";
    name_add(&markup->tag, c);
    return NULL;
}

static const char *read_declaration(struct markup *markup, char c)
{
    if (c == '>')
        markup->state = MARKUP_TEXT;
    return NULL;
}

static const char *read_closing(struct markup *markup, char c)
{
    return c == '>' ? end_tag(markup) : "a > must follow the slash";
}

static const char *(*const readers[])(struct markup *, char) = {
    [MARKUP_TEXT] = read_text,
    [MARKUP_OPENING] = read_opening,
    [MARKUP_DECLARING] = read_declaring,
    [MARKUP_DECLARATION] = read_declaration,
    [MARKUP_COMMENT] = read_comment,
    [MARKUP_TAG_NAME] = read_tag_name,
    [MARKUP_GAP] = read_in_tag,
    [MARKUP_IN_TAG] = read_in_tag,
    [MARKUP_CLOSING] = read_closing,
    [MARKUP_ATTRIBUTE_NAME] = read_attribute_name,
    [MARKUP_BEFORE_VALUE] = read_before_value,
    [MARKUP_VALUE] = read_value,
    [MARKUP_WORDS] = read_to_end_tag,
    [MARKUP_CODE] = read_to_end_tag,
};

/* Styles and icons are the same in every language. */
bool markup_is_link(const struct markup *markup)
{
    return markup->kind == MARKUP_HTML && markup->state == MARKUP_VALUE &&
           !name_is(&markup->tag, "link") &&
           (name_is(&markup->attribute, "href") || name_is(&markup->attribute, "action") ||
            name_is(&markup->attribute, "formaction"));
}

static bool begins_path(const struct markup *markup, struct slice rest)
{
    return markup->address == MARKUP_ADDRESS_START && slice_starts(rest, "/") &&
           !slice_starts(rest, "//") && markup_is_link(markup);
}

const char *markup_read(struct markup *markup, struct slice text, size_t *out_at)
{
    *out_at = text.length;
    if (markup->kind == MARKUP_PLAIN)
        return NULL;
    for (size_t i = 0; i < text.length; i++) {
        if (!markup->is_at_path && begins_path(markup, slice_from(text, i))) {
            markup->is_at_path = true;
            *out_at = i;
            return NULL;
        }
        markup->is_at_path = false;
        const char *problem = text.start[i] == '\0' ? "a NUL character"
                                                    : readers[markup->state](markup, text.start[i]);
        if (problem) {
            *out_at = i;
            return problem;
        }
    }
    return NULL;
}

static const char *value_in_attribute(struct markup *markup, enum escape *out_escape)
{
    if (!escape_of_attribute(markup->attribute.text, markup->kind == MARKUP_XML, out_escape))
        return "a value cannot stand in this attribute";
    markup->has_value = true;
    if (markup->address == MARKUP_ADDRESS_SCHEME || markup->address == MARKUP_ADDRESS_REST)
        *out_escape = ESCAPE_PART;
    if (markup->address == MARKUP_ADDRESS_MAIL)
        *out_escape = ESCAPE_MAIL;
    if (markup->address == MARKUP_ADDRESS_START)
        markup->address = MARKUP_ADDRESS_SCHEME;
    return NULL;
}

static const char *value_in_words(struct markup *markup, bool is_raw, enum escape *out_escape)
{
    /* A value never completes an end tag: its < is escaped. */
    markup->matched = 0;
    if (is_raw && markup->state == MARKUP_TEXT)
        *out_escape = ESCAPE_NONE;
    else if (is_raw)
        return "unescaped text cannot stand in a title or textarea";
    else
        *out_escape = markup->kind == MARKUP_XML ? ESCAPE_XML : ESCAPE_MARKUP;
    return NULL;
}

const char *markup_value(struct markup *markup, bool is_raw, enum escape *out_escape)
{
    *out_escape = ESCAPE_NONE;
    if (markup->kind == MARKUP_PLAIN)
        return NULL;
    switch (markup->state) {
    case MARKUP_TEXT:
    case MARKUP_WORDS:
        return value_in_words(markup, is_raw, out_escape);
    case MARKUP_VALUE:
        return is_raw ? "unescaped text cannot stand in an attribute"
                      : value_in_attribute(markup, out_escape);
    case MARKUP_TAG_NAME:
        if (!name_is(&markup->tag, "h") || is_raw)
            return "a value cannot stand in a tag's name (but <h{{level}}> may)";
        *out_escape = ESCAPE_LEVEL;
        markup->state = MARKUP_GAP;
        return NULL;
    case MARKUP_CODE:
        return "a value cannot stand in a script or style";
    case MARKUP_COMMENT:
        return "a value cannot stand in a comment";
    case MARKUP_BEFORE_VALUE:
        return "an attribute's value needs quotes";
    case MARKUP_OPENING:
    case MARKUP_DECLARING:
    case MARKUP_DECLARATION:
    case MARKUP_GAP:
    case MARKUP_IN_TAG:
    case MARKUP_CLOSING:
    case MARKUP_ATTRIBUTE_NAME:
        break;
    }
    return "a value cannot stand in a tag outside an attribute's quotes";
}

const char *markup_attributes(struct markup *markup)
{
    markup_section(markup);
    if (markup->kind != MARKUP_HTML || markup->is_end_tag ||
        (markup->state != MARKUP_GAP && markup->state != MARKUP_IN_TAG))
        return "attributes can stand only in a tag, between its attributes";
    markup->state = MARKUP_GAP;
    return NULL;
}

void markup_section(struct markup *markup)
{
    if (markup->state == MARKUP_TAG_NAME || markup->state == MARKUP_ATTRIBUTE_NAME)
        markup->state = MARKUP_GAP;
}

static bool is_between(const struct markup *markup)
{
    return markup->state == MARKUP_GAP || markup->state == MARKUP_IN_TAG;
}

/* An address that may not have begun is checked whole; one that may be a scheme stays open. */
static enum markup_address join_addresses(enum markup_address a, enum markup_address b)
{
    if (a == b)
        return a;
    if (a == MARKUP_ADDRESS_START || b == MARKUP_ADDRESS_START)
        return MARKUP_ADDRESS_START;
    return MARKUP_ADDRESS_SCHEME;
}

const char *markup_join(const struct markup *before, struct markup *after)
{
    static const char *const uneven =
        "the section ends in another place of the markup than it began";
    markup_section(after);
    bool both_between = is_between(before) && is_between(after);
    if (!both_between && before->state != after->state)
        return uneven;
    if (both_between && before->state != after->state)
        after->state = MARKUP_GAP;
    bool is_tag = both_between || before->state == MARKUP_VALUE || before->state == MARKUP_WORDS ||
                  before->state == MARKUP_CODE;
    if (is_tag &&
        (!name_is(&before->tag, after->tag.text) || before->is_end_tag != after->is_end_tag))
        return uneven;
    if (before->state == MARKUP_VALUE) {
        if (!name_is(&before->attribute, after->attribute.text) || before->quote != after->quote)
            return uneven;
        after->has_value = true;
        after->address = join_addresses(before->address, after->address);
    }
    return before->matched == after->matched ? NULL : uneven;
}

bool markup_is_text(const struct markup *markup)
{
    return markup->kind == MARKUP_PLAIN || markup->state == MARKUP_TEXT;
}
