/* How a value is written in each place of the markup. */
#ifndef TEMPLATE_ESCAPE_H
#define TEMPLATE_ESCAPE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/slice.h"
#include "base/text.h"

enum escape {
    ESCAPE_NONE,    /* made safe elsewhere: names ending in Html, plain text */
    ESCAPE_MARKUP,  /* text and quoted attributes */
    ESCAPE_XML,     /* the same, without characters that XML cannot hold */
    ESCAPE_ADDRESS, /* a whole address: its scheme is checked */
    ESCAPE_PART,    /* a part of an address: all but letters, digits and - . _ ~ becomes %XX */
    ESCAPE_MAIL,    /* a part of mailto: or tel:, which keeps @ and + */
    ESCAPE_LEVEL,   /* the level of a heading, 1 to 6; anything else is 2 */
};

/* What is written in place of an address that is neither relative nor http(s), mailto or tel. */
#define ESCAPE_BLOCKED "#blocked"

void escape_add(struct text *text, enum escape escape, struct slice value);
/* Adds an object as attributes; the prefix, data-… or nothing, goes before each name. Names of
 * events, style and such are left out, addresses are checked.
 * {"value": v, "optional": true} leaves the attribute out when v is null or false, and writes the
 * name alone when v is true. */
void escape_add_attributes(struct text *text, const json_t *attributes, struct slice prefix);
/* What a value in an attribute of this name (lower case) needs; false when none may stand there. */
bool escape_of_attribute(const char *name, bool is_xml, enum escape *out_escape);
/* True for http, https, mailto and tel. */
bool escape_scheme_is_allowed(struct slice scheme);

#endif
