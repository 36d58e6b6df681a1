/* A file that somebody sent, kept until they are done with it: an extract of people between its
 * preview, the mending of its labels and its sealing, or records between their check and the
 * import, so that nobody has to choose it twice. It lies encrypted in the workspace's uploads/; its
 * key is given to the browser and to nobody else, so that without the page the file is noise. One
 * person holds one file; one that was left is removed after a day. */
#ifndef SERVICE_HELD_FILE_H
#define SERVICE_HELD_FILE_H

#include "base/slice.h"
#include "base/work.h"
#include "service/permission.h"

enum {
    HELD_FILE_HOURS = 24,
    HELD_FILE_TOKEN_MOST = 128, /* bytes of a token */
    HELD_FILE_NAME_MOST = 255,
    HELD_FILES_MOST = 16
};

struct held_file {
    const char *name; /* as the browser gave it */
    struct slice bytes;
};

/* Several files of one extract, held as one; their names joined are the name that is given back. */
struct held_files {
    struct held_file items[HELD_FILES_MOST];
    size_t count;
    const char *name;
};

/* Keeps the files in place of any that the work's actor held, and fills `files->name`; whoever has
 * `*out_token` and that name can have them again. Asks for the right, of the whole
 * authority, to what the file is for. */
MUST_CHECK enum status held_files_put(struct work *work, enum right right, struct held_files *files,
                                      const char **out_token);
/* The files again, in the work's arena; only for the account that put them. STATUS_NOT_FOUND with a
 * sentence when they are gone, or token or name are not those that were given. */
MUST_CHECK enum status held_files_get(struct work *work, enum right right, const char *token,
                                      const char *name, struct held_files *out_files);
/* Removes it; one that is gone is well. */
void held_file_drop(struct work *work, const char *token);
/* Removes what has been left for a day; called now and then by the server. */
void held_files_expire(struct work *work);

#endif
