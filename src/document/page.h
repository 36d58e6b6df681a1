/* The templates of documents/, filled with a document's model. Private to this folder. */
#ifndef DOCUMENT_PAGE_H
#define DOCUMENT_PAGE_H

#include <jansson.h>

#include "base/slice.h"
#include "base/text.h"
#include "base/work.h"
#include "template/thing.h"

struct page_file {
    const char *name;   /* documents/document.html */
    struct slice bytes; /* filled in by page_render */
};

/* Fills `count` templates with one model. Strict: a name that the model lacks is a failure. */
MUST_CHECK enum status page_render(struct work *work, const json_t *model, struct page_file *files,
                                   size_t count);

struct template_set;

/* The templates of documents/, for a renderer that fills one after the other. */
MUST_CHECK enum status page_open(struct work *work, struct template_set **out_set);
/* Fills one template and adds it to the text. */
MUST_CHECK enum status page_add(struct work *work, const struct template_set *set, const char *name,
                                struct thing model, struct text *out_text);
/* For the cleanup attribute. */
void page_close(struct template_set **set);

#endif
