/* Renderers: one table of formats. The same document gives the same bytes, always: no clock, no
 * locale, no order of a hash table goes in. */
#ifndef DOCUMENT_RENDER_H
#define DOCUMENT_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/work.h"

struct document_tree;

enum {
    DOCUMENT_WIDTH_DEFAULT = 80,
    DOCUMENT_WIDTH_LEAST = 40,
    DOCUMENT_WIDTH_MOST = 400,
    DOCUMENT_BYTES_MOST = 256 * 1024 * 1024, /* the longest document of any format */
};

/* All zero is the default. */
struct document_options {
    int width;            /* text: characters a line; 0: 80 */
    bool colour;          /* text: ANSI colours beside the letters */
    bool without_sources; /* text: leave out the list of where each figure comes from */
};

struct document_format {
    const char *name;       /* html, text, odt, ods, csv, json */
    const char *extension;  /* "txt" */
    const char *media_type; /* for HTTP, with its charset */
    const char *title;      /* for people: "Spreadsheet (ODS)" */
    enum status (*render)(struct work *work, struct document_tree *tree,
                          const struct document_options *options, struct slice *out_bytes);
};

extern const struct document_format document_formats[];
extern const size_t document_format_count;

/* The format of that name, or NULL. */
const struct document_format *document_format_named(const char *name);
/* Renders into the work's arena. `options` may be NULL. Fails with STATUS_USAGE for a format that
 * is not in the table, STATUS_LIMIT for a document over DOCUMENT_BYTES_MOST. */
MUST_CHECK enum status document_render(struct work *work, struct document_tree *tree,
                                       const char *format, const struct document_options *options,
                                       struct slice *out_bytes);
/* The HTML of the blocks alone, without <html>, styles or title: for a page of the application,
 * whose layout has the h1. Headings begin at h2. Its styles are those of document_style. */
MUST_CHECK enum status document_render_body(struct work *work, struct document_tree *tree,
                                            struct slice *out_html);
/* The style sheet of documents as CSS, for a page that shows a body; part of the program. */
struct slice document_style(void);

#endif
