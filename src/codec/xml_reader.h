/* Streams the XML of one part of an office file through handlers that can pause it. Names arrive as
 * "namespace local"; a document type declaration is refused, and with it every entity, and so are
 * nesting, tags and vocabularies that no office program makes. */
#ifndef CODEC_XML_READER_H
#define CODEC_XML_READER_H

#include <stdbool.h>

#include "codec/zip_reader.h"

struct xml_reader;

struct xml_handlers {
    /* `attributes` are pairs of name and value, ended by NULL. Text may be NULL. */
    void (*start)(struct xml_reader *reader, void *user, const char *name, const char **attributes);
    void (*end)(struct xml_reader *reader, void *user, const char *name);
    void (*text)(struct xml_reader *reader, void *user, struct slice text);
};

/* Opens a part. The reader lives in `arena`; close it before the arena and the zip reader. */
MUST_CHECK enum status xml_reader_open(struct zip_reader *zip, const char *part,
                                       struct arena *arena, const struct xml_handlers *handlers,
                                       void *user, struct xml_reader **out_reader);
/* Reads on until a handler pauses (STATUS_OK), the part ends (STATUS_END), or a failure. */
MUST_CHECK enum status xml_reader_run(struct xml_reader *reader);
/* For handlers: gives control back to the caller of xml_reader_run. */
void xml_reader_pause(struct xml_reader *reader);
/* For handlers: ends the reading with `status`, whose words are in the work. */
void xml_reader_stop(struct xml_reader *reader, enum status status);
void xml_reader_close(struct xml_reader *reader);

/* Opens, runs to the end and closes. */
MUST_CHECK enum status xml_read_part(struct zip_reader *zip, const char *part,
                                     const struct xml_handlers *handlers, void *user);

/* The part of a name after its namespace. */
const char *xml_local(const char *name);
bool xml_is(const char *name, const char *local);
/* The value of the attribute with that local name, or with that whole name; NULL when absent. */
const char *xml_attribute(const char **attributes, const char *local);
const char *xml_attribute_whole(const char **attributes, const char *name);

#endif
