#include "service/held_file.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "base/workspace.h"
#include "base/banned.h"

enum {
    ID_BYTES = 8,
    ID_LENGTH = 2 * ID_BYTES,
    KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    KEY_LENGTH = 2 * KEY,
    SECONDS_OF_HOUR = 3600,
    LENGTH_BYTES = 8,
    NAMES_MOST = HELD_FILE_NAME_MOST - 5, /* and what says that there are more */
    MOST = 1024 << 20                     /* bytes of a file; what may be sent at all is less */
};

#define ENDING ".held"

static const char *folder_of(struct work *work)
{
    return arena_format(work->arena, "%s/uploads", work->workspace->folder);
}

/* Whose a file is stands in its name, so that one person holds one. */
static const char *owner_of(struct work *work)
{
    return arena_format(work->arena, "%lld-",
                        (long long)(work->actor->is_owner ? 0 : work->actor->account));
}

static const char *path_of(struct work *work, struct slice id)
{
    return arena_format(work->arena, "%s/%s%.*s" ENDING, folder_of(work), owner_of(work),
                        (int)id.length, id.start);
}

/* What must be the same when it is opened: who put it, and its name. */
static struct slice bound_to(struct work *work, const char *name)
{
    return slice_of(arena_format(work->arena, "%s%s", owner_of(work), name));
}

/* Removes what was left for a day, and what the owner of that prefix holds; NULL: nobody's. */
static void tidy(struct work *work, const char *owner)
{
    const char *folder = folder_of(work);
    DIR *directory = opendir(folder);
    struct dirent *entry = NULL;
    while (directory && (entry = readdir(directory))) {
        struct stat about;
        const char *path = arena_format(work->arena, "%s/%s", folder, entry->d_name);
        bool is_own = owner && slice_starts(slice_of(entry->d_name), owner);
        if (!slice_ends(slice_of(entry->d_name), ENDING) || stat(path, &about) != 0)
            continue;
        if (is_own || about.st_mtime + HELD_FILE_HOURS * SECONDS_OF_HOUR < time(NULL))
            (void)unlink(path);
    }
    if (directory)
        closedir(directory);
}

void held_files_expire(struct work *work)
{
    if (work->workspace)
        tidy(work, NULL);
}

static enum status make_folder(struct work *work)
{
    const char *folder = folder_of(work);
    enum status status = file_make_folder(work, folder);
    if (status == STATUS_OK && chmod(folder, (mode_t)0700) != 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be made private: %s.", folder,
                         strerror(errno));
    return status;
}

static enum status write_sealed(struct work *work, const char *path, struct slice bytes)
{
    mode_t before = umask((mode_t)0077);
    enum status status = file_write(work, path, bytes);
    umask(before);
    return status;
}

static enum status put(struct work *work, const struct held_file *file, const char **out_token)
{
    unsigned char key[KEY], random[ID_BYTES];
    char id[ID_LENGTH + 1], key_words[KEY_LENGTH + 1];
    enum status status = file->bytes.length > MOST || strlen(file->name) > HELD_FILE_NAME_MOST
                             ? work_fail(work, STATUS_LIMIT, "The file or its name is too long.")
                             : make_folder(work);
    if (status != STATUS_OK)
        return status;
    tidy(work, owner_of(work));
    size_t room = NONCE + file->bytes.length + TAG;
    unsigned char *sealed = arena_take_raw(work->arena, room);
    unsigned long long length = 0;
    struct slice bound = bound_to(work, file->name);
    randombytes_buf(key, sizeof key);
    randombytes_buf(random, sizeof random);
    randombytes_buf(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed + NONCE, &length, (const unsigned char *)file->bytes.start, file->bytes.length,
        (const unsigned char *)bound.start, bound.length, NULL, sealed, key);
    sodium_bin2hex(id, sizeof id, random, sizeof random);
    sodium_bin2hex(key_words, sizeof key_words, key, sizeof key);
    sodium_memzero(key, sizeof key);
    status = write_sealed(work, path_of(work, slice_of(id)),
                          (struct slice){ (const char *)sealed, NONCE + (size_t)length });
    if (status == STATUS_OK)
        *out_token = arena_format(work->arena, "%s%s", id, key_words);
    sodium_memzero(key_words, sizeof key_words);
    return status;
}

static bool is_token(const char *token)
{
    size_t length = strlen(token);
    return length == ID_LENGTH + KEY_LENGTH && strspn(token, "0123456789abcdef") == length;
}

static enum status gone(struct work *work)
{
    work_forget(work);
    return work_fail(work, STATUS_NOT_FOUND,
                     "The file is not held any more, or is another; choose it again.");
}

static enum status get(struct work *work, const char *token, const char *name,
                       struct held_file *out_file)
{
    unsigned char key[KEY];
    struct slice sealed;
    unsigned long long length = 0;
    size_t key_length = 0;
    if (!is_token(token) || strlen(name) > HELD_FILE_NAME_MOST)
        return gone(work);
    const char *path = path_of(work, slice_first(slice_of(token), ID_LENGTH));
    enum status status = file_read(work, path, NONCE + (size_t)MOST + TAG, &sealed);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && sealed.length < NONCE + TAG))
        return gone(work);
    if (status != STATUS_OK)
        return status;
    (void)sodium_hex2bin(key, sizeof key, token + ID_LENGTH, KEY_LENGTH, NULL, &key_length, NULL);
    unsigned char *bytes = arena_take_raw(work->arena, sealed.length);
    const unsigned char *start = (const unsigned char *)sealed.start;
    struct slice bound = bound_to(work, name);
    bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                      bytes, &length, NULL, start + NONCE, sealed.length - NONCE,
                      (const unsigned char *)bound.start, bound.length, start, key) == 0;
    sodium_memzero(key, sizeof key);
    if (!opened)
        return gone(work);
    *out_file = (struct held_file){ arena_copy_text(work->arena, name),
                                    { (const char *)bytes, (size_t)length } };
    return STATUS_OK;
}

void held_file_drop(struct work *work, const char *token)
{
    if (is_token(token))
        (void)unlink(path_of(work, slice_first(slice_of(token), ID_LENGTH)));
}

/* ---- several as one: for each the lengths of its name and of its bytes, then both ---- */

static char *put_length(char *at, size_t length)
{
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        *at++ = (char)(unsigned char)(length >> (8 * i));
    return at;
}

static char *put_bytes(char *at, struct slice bytes)
{
    if (bytes.length > 0)
        memcpy(at, bytes.start, bytes.length);
    return at + bytes.length;
}

/* The names one after another, as many as fit. */
static const char *names_of(struct work *work, const struct held_files *files)
{
    struct text names = text_new(work->arena, NAMES_MOST);
    for (size_t i = 0; i < files->count; i++) {
        text_add(&names, i ? ", " : "");
        text_add(&names, files->items[i].name);
    }
    struct slice whole = slice_first_whole(text_slice(&names), NAMES_MOST);
    return names.is_full ? arena_format(work->arena, "%.*s …", (int)whole.length, whole.start)
                         : names.bytes;
}

enum status held_files_put(struct work *work, enum right right, struct held_files *files,
                           const char **out_token)
{
    size_t room = 0;
    enum status status = permission_require(work, right, INTEGER_MISSING);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < files->count; i++)
        room += (size_t)2 * LENGTH_BYTES + strlen(files->items[i].name) +
                files->items[i].bytes.length;
    if (room > MOST)
        return work_fail(work, STATUS_LIMIT, "The files together are too long.");
    char *bytes = arena_take_raw(work->arena, room + 1), *at = bytes;
    for (size_t i = 0; i < files->count; i++) {
        struct slice name = slice_of(files->items[i].name);
        at = put_length(at, name.length);
        at = put_length(at, files->items[i].bytes.length);
        at = put_bytes(put_bytes(at, name), files->items[i].bytes);
    }
    files->name = names_of(work, files);
    const struct held_file whole = { files->name, { bytes, room } };
    return put(work, &whole, out_token);
}

static bool take_bytes(struct slice *rest, size_t length, struct slice *out_bytes)
{
    if (length > rest->length)
        return false;
    *out_bytes = slice_first(*rest, length);
    *rest = slice_from(*rest, length);
    return true;
}

static bool take_length(struct slice *rest, size_t *out_length)
{
    struct slice bytes;
    if (!take_bytes(rest, LENGTH_BYTES, &bytes))
        return false;
    *out_length = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        *out_length |= (size_t)(unsigned char)bytes.start[i] << (8 * i);
    return true;
}

enum status held_files_get(struct work *work, enum right right, const char *token, const char *name,
                           struct held_files *out_files)
{
    struct held_file whole = { .name = NULL };
    struct held_files files = { .name = name };
    enum status status = permission_require(work, right, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = get(work, token, name, &whole);
    if (status != STATUS_OK)
        return status;
    for (struct slice rest = whole.bytes; rest.length > 0; files.count++) {
        size_t name_length = 0, length = 0;
        struct slice own, bytes;
        if (files.count == HELD_FILES_MOST || !take_length(&rest, &name_length) ||
            !take_length(&rest, &length) || !take_bytes(&rest, name_length, &own) ||
            !take_bytes(&rest, length, &bytes))
            return gone(work);
        files.items[files.count] = (struct held_file){ slice_copy(work->arena, own), bytes };
    }
    *out_files = files;
    return STATUS_OK;
}
