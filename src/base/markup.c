#include "base/markup.h"

#include "base/banned.h"

#define REPLACEMENT "\xEF\xBF\xBD"

static const char *const entities[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

/* The bytes at the start of `rest` that XML cannot hold; 0 where it can. */
static size_t forbidden_length(struct slice rest)
{
    unsigned char first = (unsigned char)rest.start[0];
    if (first < ' ')
        return first != '\t' && first != '\n' && first != '\r';
    if (first != 0xEF)
        return 0;
    return slice_starts(rest, "\xEF\xBF\xBE") || slice_starts(rest, "\xEF\xBF\xBF") ? 3 : 0;
}

/* What needs no change is copied in runs. */
void markup_add(struct text *text, enum markup markup, struct slice words)
{
    size_t start = 0;
    for (size_t i = 0; i < words.length;) {
        const char *instead = entities[(unsigned char)words.start[i]];
        size_t length = 1;
        if (!instead && markup == MARKUP_XML) {
            length = forbidden_length(slice_from(words, i));
            instead = length ? REPLACEMENT : NULL;
        }
        if (instead) {
            text_add_slice(text, slice_first(slice_from(words, start), i - start));
            text_add(text, instead);
            start = i + length;
        }
        i += length ? length : 1;
    }
    text_add_slice(text, slice_from(words, start));
}
