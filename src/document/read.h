/* A document from its own JSON (as_json.c): the way back, for documents that were stored whole. */
#ifndef DOCUMENT_READ_H
#define DOCUMENT_READ_H

#include "base/slice.h"
#include "base/work.h"

struct document_tree;

/* Builds the tree in the work's arena; its JSON is the bytes that were read. `name` stands in
 * messages. STATUS_INPUT when the bytes are not a document's JSON. */
MUST_CHECK enum status document_read(struct work *work, const char *name, struct slice bytes,
                                     struct document_tree **out_tree);

#endif
