/* Files whole: read with a limit, written so that a fault leaves the old one or the new one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/work.h"

/* Reads a whole file of at most `most` bytes into the work's arena. Fails with STATUS_NOT_FOUND,
 * STATUS_LIMIT or STATUS_STORAGE and a sentence that names the file. */
MUST_CHECK enum status file_read(struct work *work, const char *path, size_t most,
                                 struct slice *out_bytes);
/* Writes a file through a temporary one beside it, synced and renamed. A link is followed; a device
 * or a pipe is written into, and stays what it is. */
MUST_CHECK enum status file_write(struct work *work, const char *path, struct slice bytes);
bool file_exists(const char *path);
/* Makes a folder; one that exists already is well. */
MUST_CHECK enum status file_make_folder(struct work *work, const char *path);
/* Takes all of standard input, `most` bytes at most, into memory that no path on disk leads to, and
 * gives a path under which this program reads it, more than once if need be. */
MUST_CHECK enum status file_hold_input(struct work *work, size_t most, const char **out_path);
/* The part of a path after its last slash; "standard input" for what was held. */
const char *file_name(const char *path);

#endif
