/* OpenDocument packages: the parts of a text document or spreadsheet in one zip. Private to this
 * folder. */
#ifndef DOCUMENT_PACKAGE_H
#define DOCUMENT_PACKAGE_H

#include <stddef.h>

#include "base/slice.h"
#include "base/work.h"

struct package_part {
    const char *name;       /* content.xml; letters, digits, / . - only */
    const char *media_type; /* text/xml */
    struct slice bytes;
};

/* Writes mimetype, the parts in their order, and the manifest that lists them. */
MUST_CHECK enum status package_write(struct work *work, const char *media_type,
                                     const struct package_part *parts, size_t count,
                                     struct slice *out_bytes);

#endif
