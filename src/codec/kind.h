/* Kinds of files by their first bytes. */
#ifndef CODEC_KIND_H
#define CODEC_KIND_H

#include <stdbool.h>

#include "base/slice.h"

/* True for a zip file, which an XLSX, ODS or DOCX is. */
bool kind_is_zip(struct slice start);
/* What is not a table: the words that say so, with the remedy, to stand behind the file's name
 * ("is a PDF; send …"); NULL when nothing speaks against reading it. */
const char *kind_refusal(struct slice start);

#endif
