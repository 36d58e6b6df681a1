/* The colours of ratings and severities. A colour is never alone: letters or words stand on it, at
 * a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3). templates/documents/style.css has the same. */
#ifndef DOCUMENT_COLOUR_H
#define DOCUMENT_COLOUR_H

#include <stddef.h>

struct document_colour {
    const char *name;
    const char *ground, *ink; /* #rrggbb */
    const char *terminal;     /* the ANSI sequence that sets both */
};

extern const struct document_colour document_colours[];
extern const size_t document_colour_count;

/* The colour of that name; grey for a name that is not known, and for NULL. */
const struct document_colour *document_colour_named(const char *name);

#endif
