/* What the files of model.c share among themselves. */
#ifndef DOCUMENT_MODEL_PARTS_H
#define DOCUMENT_MODEL_PARTS_H

#include "document/document.h"
#include "template/thing.h"

/* A line of the table of sources: a citation, with its number and what was printed. Its thing looks
 * at a document_source; within it stands an arena. */
extern const struct thing_kind model_source_kind;

struct thing runs_thing(const struct document_runs *runs);
struct thing table_thing(const struct document_table *table);
/* "Quarter 1 2012/13" of the notation; what is no period as it stands. */
struct thing period_thing(struct arena *arena, const char *notation);

#endif
