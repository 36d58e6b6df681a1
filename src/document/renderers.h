/* The renderers, one file each; called through the table of render.c. Private to this folder. */
#ifndef DOCUMENT_RENDERERS_H
#define DOCUMENT_RENDERERS_H

#include "document/document.h"
#include "document/render.h"

MUST_CHECK enum status render_html(struct work *work, struct document_tree *tree,
                                   const struct document_options *options, struct slice *out_bytes);
MUST_CHECK enum status render_text(struct work *work, struct document_tree *tree,
                                   const struct document_options *options, struct slice *out_bytes);
MUST_CHECK enum status render_odt(struct work *work, struct document_tree *tree,
                                  const struct document_options *options, struct slice *out_bytes);
MUST_CHECK enum status render_ods(struct work *work, struct document_tree *tree,
                                  const struct document_options *options, struct slice *out_bytes);
MUST_CHECK enum status render_csv(struct work *work, struct document_tree *tree,
                                  const struct document_options *options, struct slice *out_bytes);
MUST_CHECK enum status render_json(struct work *work, struct document_tree *tree,
                                   const struct document_options *options, struct slice *out_bytes);

/* Gives a finished text as bytes, or fails when it did not fit in DOCUMENT_BYTES_MOST. */
MUST_CHECK enum status render_finish(struct work *work, const struct text *text,
                                     struct slice *out_bytes);

#endif
