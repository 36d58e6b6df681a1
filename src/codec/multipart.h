/* multipart/form-data (RFC 7578): what a form with a file sends. */
#ifndef CODEC_MULTIPART_H
#define CODEC_MULTIPART_H

#include "codec/urlencoded.h"

enum {
    MULTIPART_MOST_PARTS = 64,
    MULTIPART_MOST_HEADER = 4096,   /* bytes of a part's headers */
    MULTIPART_LONGEST_NAME = 255,   /* bytes of a field's or file's name */
    MULTIPART_LONGEST_BOUNDARY = 70 /* RFC 2046, 5.1.1 */
};

struct multipart_file {
    struct slice name;      /* of the field */
    struct slice file_name; /* as the browser gives it, without any folder; never used as a path */
    struct slice bytes;     /* within what was read */
};

struct multipart {
    struct urlencoded form; /* the fields without a file */
    struct multipart_file files[MULTIPART_MOST_PARTS];
    size_t file_count;
};

/* The boundary in a Content-Type; false when it is no multipart/form-data or has none that is
 * allowed. */
bool multipart_boundary(struct slice content_type, struct slice *out_boundary);
/* Takes the body apart; fields and names are copied into the work's arena, files stay in `body`. A
 * file field that was left empty is no file. STATUS_INPUT for what does not follow the form, or is
 * not UTF-8 where text is due; STATUS_LIMIT for what is too large. */
MUST_CHECK enum status multipart_read(struct work *work, struct slice body, struct slice boundary,
                                      struct multipart *out_multipart);

#endif
