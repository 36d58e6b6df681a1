/* The document as templates and JSON see it: things (template/thing.h) that look into the tree as
 * it stands. Every name is always there (null where it does not apply), so that templates can be
 * strict. Exact decimals are strings. Private to this folder. */
#ifndef DOCUMENT_MODEL_H
#define DOCUMENT_MODEL_H

#include <jansson.h>

#include "document/document.h"
#include "document/sources.h"
#include "template/thing.h"

/* A document and the sources of its figures; must live as long as its thing. */
struct document_model {
    struct document_tree *tree;
    struct document_sources sources;
};

struct document_model document_model(struct document_tree *tree);
struct thing document_thing(const struct document_model *model);

/* For what templates want besides the document: JSON that the caller owns (json_auto_t).
 * The colours, as name, ground and ink. */
json_t *model_colours(void);
/* Adds language_code and country_code: "en-GB" as the two that OpenDocument wants. */
void model_set_language(json_t *model, const struct document_tree *tree);
/* Sets a member or adds an item, which belongs to the object or list from then on; out of memory
 * aborts. */
void model_set(json_t *object, const char *name, json_t *value);
void model_add(json_t *array, json_t *value);

#endif
