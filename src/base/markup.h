/* Words within HTML and XML. */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include "base/slice.h"
#include "base/text.h"

enum markup {
    MARKUP_HTML,
    MARKUP_XML /* what XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF) becomes U+FFFD */
};

/* Adds the words so that they are read as words, as text and within quoted attributes: & < > " and
 * ' become entities. */
void markup_add(struct text *text, enum markup markup, struct slice words);

#endif
