/* The document as one tree of JSON: what as_json writes and what the templates of documents/ see.
 * Every name is always there (null where it does not apply), so that templates can be strict.
 * Exact decimals are strings. Private to this folder. */
#ifndef DOCUMENT_MODEL_H
#define DOCUMENT_MODEL_H

#include <jansson.h>

#include "document/document.h"

/* Numbers the figures and builds the tree; the caller owns it (json_auto_t), here and below. */
json_t *document_model(struct document_tree *tree);
/* The same in parts, for a renderer that need not hold the whole: all but `blocks` and `sources`;
 * one block; one source. The figures are numbered already (document_citations). */
json_t *model_about(struct document_tree *tree);
json_t *model_block(struct document_tree *tree, const struct document_block *block);
json_t *model_source(struct document_tree *tree, const struct document_figure *figure);
/* The colours, as name, ground and ink. */
json_t *model_colours(void);
/* Adds language_code and country_code: "en-GB" as the two that OpenDocument wants. */
void model_set_language(json_t *model, const struct document_tree *tree);
/* Sets a member or adds an item, which belongs to the object or list from then on; out of memory
 * aborts. */
void model_set(json_t *object, const char *name, json_t *value);
void model_add(json_t *array, json_t *value);

#endif
