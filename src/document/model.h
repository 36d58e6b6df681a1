/* The document as one tree of JSON: what as_json writes and what the templates of documents/ see.
 * Every name is always there (null where it does not apply), so that templates can be strict.
 * Exact decimals are strings. Private to this folder. */
#ifndef DOCUMENT_MODEL_H
#define DOCUMENT_MODEL_H

#include <jansson.h>

#include "document/document.h"

/* Numbers the figures and builds the tree; the caller owns it (json_auto_t). */
json_t *document_model(struct document_tree *tree);

#endif
