/* Makes zip files in memory: the parts in the order given, all dated 1980-01-01, so that the same
 * parts give the same bytes. ODF and EPUB want their first part, mimetype, stored. */
#ifndef CODEC_ZIP_WRITER_H
#define CODEC_ZIP_WRITER_H

#include "base/slice.h"
#include "base/work.h"

struct zip_writer;

enum zip_method { ZIP_WRITER_DEFLATED, ZIP_WRITER_STORED };

struct zip_writer *zip_writer_new(struct work *work);
/* Adds a part. The bytes must live until zip_writer_end. */
MUST_CHECK enum status zip_writer_add(struct zip_writer *writer, const char *name,
                                      struct slice bytes, enum zip_method method);
/* Closes the archive and gives its bytes in the work's arena. Frees the writer, on failure too. */
MUST_CHECK enum status zip_writer_end(struct zip_writer *writer, struct slice *out_bytes);
/* Gives a writer up that is not to be ended. NULL is allowed. */
void zip_writer_free(struct zip_writer *writer);

#endif
