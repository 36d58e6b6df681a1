/* The templates of documents/, filled with a document's model. Private to this folder. */
#ifndef DOCUMENT_PAGE_H
#define DOCUMENT_PAGE_H

#include <jansson.h>

#include "base/slice.h"
#include "base/work.h"

struct page_file {
    const char *name;   /* documents/document.html */
    struct slice bytes; /* filled in by page_render */
};

/* Fills `count` templates with one model. Strict: a name that the model lacks is a failure. */
MUST_CHECK enum status page_render(struct work *work, const json_t *model, struct page_file *files,
                                   size_t count);

#endif
