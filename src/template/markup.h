/* Follows the markup of a template, to know in which place each value lands. */
#ifndef TEMPLATE_MARKUP_H
#define TEMPLATE_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "template/escape.h"

enum markup_kind { MARKUP_HTML, MARKUP_XML, MARKUP_PLAIN };

enum { MARKUP_NAME_LENGTH = 31 };

/* A tag's or an attribute's name in lower case; what is longer is cut, as no name we know is. */
struct markup_name {
    char text[MARKUP_NAME_LENGTH + 1];
    size_t length;
};

enum markup_state {
    MARKUP_TEXT,
    MARKUP_OPENING,     /* after < */
    MARKUP_DECLARING,   /* after <! and up to two dashes */
    MARKUP_DECLARATION, /* <!doctype … and <?xml … */
    MARKUP_COMMENT,
    MARKUP_TAG_NAME,
    MARKUP_GAP,     /* in a tag, where a blank or the end must follow */
    MARKUP_IN_TAG,  /* after a blank */
    MARKUP_CLOSING, /* after the slash of /> */
    MARKUP_ATTRIBUTE_NAME,
    MARKUP_BEFORE_VALUE, /* after = */
    MARKUP_VALUE,
    MARKUP_WORDS, /* title and textarea: text without tags */
    MARKUP_CODE,  /* script and style */
};

/* How far the address in an attribute has come. */
enum markup_address {
    MARKUP_ADDRESS_NONE,   /* not an address */
    MARKUP_ADDRESS_START,  /* nothing yet */
    MARKUP_ADDRESS_SCHEME, /* something that may still turn out to be a scheme */
    MARKUP_ADDRESS_REST,
    MARKUP_ADDRESS_MAIL, /* after mailto: or tel: */
};

struct markup {
    enum markup_kind kind;
    enum markup_state state;
    bool is_end_tag;
    struct markup_name tag, attribute, scheme;
    bool has_value; /* the scheme has a value in it, so that it cannot be known */
    enum markup_address address;
    char quote;
    size_t matched;  /* of the end of a comment or of a closing tag */
    bool is_at_path; /* reading stopped before the / of an address of this site */
};

struct markup markup_start(enum markup_kind kind);
/* Reads the template's own text, up to its end or to before the / with which a link to this site or
 * a form's address begins. NULL and the place up to which it read, or what is wrong and where. */
const char *markup_read(struct markup *markup, struct slice text, size_t *out_at);
/* Reads a value: finds how it must be written. NULL, or why no value may stand there. */
const char *markup_value(struct markup *markup, bool is_raw, enum escape *out_escape);
/* True when the value that was read last is a whole link or a form's address. */
bool markup_is_link(const struct markup *markup);
/* Reads an object that is written as attributes. */
const char *markup_attributes(struct markup *markup);
/* Readies for a section, which may be written any number of times. */
void markup_section(struct markup *markup);
/* Joins the states before and after a section into one that holds for both. NULL, or why not. */
const char *markup_join(const struct markup *before, struct markup *after);
/* True where whole elements may stand. */
bool markup_is_text(const struct markup *markup);

#endif
