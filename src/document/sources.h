/* The sources of a document's figures: what was printed of what, each once. */
#ifndef DOCUMENT_SOURCES_H
#define DOCUMENT_SOURCES_H

#include "document/document.h"

/* A line of the table of sources. */
struct document_source {
    size_t number;                        /* in reading order, from 1 */
    const char *words;                    /* citation_print of it */
    struct document_figure *first, *last; /* the figures that print it, by document_figure.next */
};

struct document_sources {
    struct list list; /* of struct document_source *, in order */
    struct document_source **slots;
    size_t room; /* of slots: a power of two */
};

/* Numbers the sources and leads each figure to its own. They live in the document's arena. */
struct document_sources document_sources(struct document_tree *tree);
/* The source of a figure with these words and this citation, or NULL. */
struct document_source *document_source_find(const struct document_sources *sources,
                                             const struct document_figure *figure);

#endif
