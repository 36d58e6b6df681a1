/* What the pages that show a document share: the files in which it can be taken along. */
#ifndef WEB_PAGES_REPORT_PARTS_H
#define WEB_PAGES_REPORT_PARTS_H

#include <jansson.h>

#include "document/render.h"
#include "web/routes.h"

/* [{title, href}]: each format that people open, at `address` and the format's ending. */
json_t *report_files(struct arena *arena, const char *address);
/* The format by the ending of a file's name, and the name without it; NULL for none that is
 * offered. */
const struct document_format *report_format_of(struct arena *arena, const char *name,
                                               const char **out_stem);
/* The document as a file of that name. */
MUST_CHECK enum status report_file_answer(struct work *work, struct document_tree *tree,
                                          const struct document_format *format, const char *name,
                                          struct page *out_page);

#endif
