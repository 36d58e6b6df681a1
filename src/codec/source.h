/* Where bytes come from: a file or memory, read in pieces, more than once if need be. */
#ifndef CODEC_SOURCE_H
#define CODEC_SOURCE_H

#include <stdint.h>
#include <time.h>

#include "base/slice.h"
#include "base/work.h"

struct source {
    const char *name;        /* for messages */
    int descriptor;          /* -1: memory */
    struct slice bytes;      /* when memory */
    int64_t size, place;     /* place: of the next byte */
    struct timespec changed; /* when the file was last written, as it was opened */
};

/* Opens a regular file for reading. */
MUST_CHECK enum status source_open(struct work *work, const char *path, const char *name,
                                   struct source *out_source);
struct source source_of_bytes(const char *name, struct slice bytes);
/* Reads up to `room` bytes; `*out_length` is 0 only at the end. */
MUST_CHECK enum status source_read(struct work *work, struct source *source, char *buffer,
                                   size_t room, size_t *out_length);
/* Reads exactly `length` bytes from `place` on, wherever the source stands; from several threads at
 * once, each with a work of its own. Fails where the source ends before. */
MUST_CHECK enum status source_read_at(struct work *work, const struct source *source, int64_t place,
                                      char *buffer, size_t length);
MUST_CHECK enum status source_rewind(struct work *work, struct source *source);
/* Fails when the file was written to since it was opened. */
MUST_CHECK enum status source_check_unchanged(struct work *work, const struct source *source);
void source_close(struct source *source);

#endif
