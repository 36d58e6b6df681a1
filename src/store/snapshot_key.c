#include "store/snapshot_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/workspace.h"
#include "base/banned.h"

enum { NAME_BYTES = 8, KEY_TEXT = 2 * SEAL_KEY_LENGTH };

static const char *path_of(struct work *work, const char *name)
{
    return arena_format(work->arena, "%s/keys/snapshots/%s.key", work->workspace->folder, name);
}

static enum status make_folders(struct work *work)
{
    const char *folder = work->workspace->folder;
    enum status status = file_make_folder(work, arena_format(work->arena, "%s/keys", folder));
    const char *keys = arena_format(work->arena, "%s/keys/snapshots", folder);
    if (status == STATUS_OK)
        status = file_make_folder(work, keys);
    if (status == STATUS_OK && chmod(keys, (mode_t)0700) != 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be made private: %s.", keys,
                         strerror(errno));
    return status;
}

enum status snapshot_key_new(struct work *work, unsigned char out_key[SEAL_KEY_LENGTH],
                             const char **out_name)
{
    unsigned char random[NAME_BYTES];
    char words[KEY_TEXT + 2];
    char *name = arena_take(work->arena, 2 * NAME_BYTES + 1);
    enum status status = make_folders(work);
    if (status != STATUS_OK)
        return status;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(name, 2 * NAME_BYTES + 1, random, sizeof random);
    randombytes_buf(out_key, SEAL_KEY_LENGTH);
    sodium_bin2hex(words, KEY_TEXT + 1, out_key, SEAL_KEY_LENGTH);
    words[KEY_TEXT] = '\n';
    const char *path = path_of(work, name);
    mode_t before = umask((mode_t)0077);
    status = file_write(work, path, (struct slice){ words, KEY_TEXT + 1 });
    umask(before);
    sodium_memzero(words, sizeof words);
    *out_name = name;
    return status;
}

enum status snapshot_key_read(struct work *work, const char *name,
                              unsigned char out_key[SEAL_KEY_LENGTH])
{
    struct slice bytes;
    size_t length = 0;
    const char *path = path_of(work, name);
    if (!file_exists(path))
        return work_fail(work, STATUS_NOT_FOUND,
                         "%s is not there, so the snapshot cannot be opened; put back the "
                         "workspace's keys, unless this version was removed on purpose.",
                         path);
    enum status status = file_read(work, path, KEY_TEXT + 2, &bytes);
    if (status != STATUS_OK)
        return status;
    bytes = slice_trim(bytes);
    if (sodium_hex2bin(out_key, SEAL_KEY_LENGTH, bytes.start, bytes.length, NULL, &length, NULL) !=
            0 ||
        length != SEAL_KEY_LENGTH)
        return work_fail(work, STATUS_INPUT, "%s does not hold a key of %d hexadecimal digits.",
                         path, KEY_TEXT);
    return STATUS_OK;
}

enum status snapshot_key_shred(struct work *work, const char *name)
{
    static const char zeros[KEY_TEXT + 1] = { 0 };
    const char *path = path_of(work, name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT)
        return STATUS_OK;
    bool written = file >= 0 && write(file, zeros, sizeof zeros) == (ssize_t)sizeof zeros &&
                   fsync(file) == 0;
    if (file >= 0)
        close(file);
    if (!written || unlink(path) != 0)
        return work_fail(work, STATUS_STORAGE,
                         "The key %s could not be destroyed: %s. Remove it by hand.", path,
                         strerror(errno));
    return STATUS_OK;
}
