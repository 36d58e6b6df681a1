/* Reads the parts of a zip file from memory, under limits that hold whatever its directory says. */
#ifndef CODEC_ZIP_READER_H
#define CODEC_ZIP_READER_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/work.h"
#include "codec/table_reader.h"

struct zip_reader;
struct zip_part;

/* Opens the directory; `name` is for messages, the limits used are most_part, most_unpacked,
 * most_ratio and most_entries. Bytes and name must live as long as the reader. STATUS_LIMIT for too
 * many entries, STATUS_INPUT when the file is damaged, cut short, encrypted or in Zip64. */
MUST_CHECK enum status zip_reader_open(struct work *work, const char *name, struct slice bytes,
                                       const struct table_options *limits,
                                       struct zip_reader **out_reader);
void zip_reader_close(struct zip_reader *reader);
bool zip_reader_has(const struct zip_reader *reader, const char *part);
const char *zip_reader_name(const struct zip_reader *reader);
struct work *zip_reader_work(const struct zip_reader *reader);

/* Opens a part, to be read once from its start. */
MUST_CHECK enum status zip_part_open(struct zip_reader *reader, const char *name,
                                     struct zip_part **out_part);
/* Reads up to `room` bytes; `*out_length` is 0 only at the end. */
MUST_CHECK enum status zip_part_read(struct zip_part *part, char *buffer, size_t room,
                                     size_t *out_length);
void zip_part_close(struct zip_part *part);

#endif
