/* The templates of documents/, filled with a document. Private to this folder. */
#ifndef DOCUMENT_PAGE_H
#define DOCUMENT_PAGE_H

#include <jansson.h>

#include "base/slice.h"
#include "base/work.h"
#include "template/thing.h"

struct page_file {
    const char *name;   /* documents/document.html */
    size_t room;        /* about how long it will be; 0: not known */
    struct slice bytes; /* filled in by page_render */
};

/* Fills `count` templates with one document; what they want besides it stands in `more`, or NULL.
 * Strict: a name that both lack is a failure. */
MUST_CHECK enum status page_render(struct work *work, struct thing document, const json_t *more,
                                   struct page_file *files, size_t count);

#endif
