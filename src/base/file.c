#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/banned.h"

static void close_file(const int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

#define CLEANUP_FILE __attribute__((cleanup(close_file)))

static enum status read_all(struct work *work, int descriptor, const char *path,
                            struct slice *out_bytes, size_t size)
{
    char *bytes = arena_take(work->arena, size + 1);
    size_t length = 0;
    while (length < size) {
        ssize_t got = read(descriptor, bytes + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return work_fail(work, STATUS_STORAGE, "%s could not be read: %s.", path,
                             strerror(errno));
        if (got == 0)
            break;
        length += (size_t)got;
    }
    *out_bytes = (struct slice){ bytes, length };
    return STATUS_OK;
}

enum status file_read(struct work *work, const char *path, size_t most, struct slice *out_bytes)
{
    CLEANUP_FILE int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    if (descriptor < 0 || fstat(descriptor, &facts) != 0)
        return work_fail(work, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_STORAGE,
                         "%s could not be opened: %s.", path, strerror(errno));
    if (!S_ISREG(facts.st_mode))
        return work_fail(work, STATUS_INPUT, "%s is not a file.", path);
    if ((size_t)facts.st_size > most)
        return work_fail(work, STATUS_LIMIT, "%s is too large: %lld bytes, at most %zu are read.",
                         path, (long long)facts.st_size, most);
    return read_all(work, descriptor, path, out_bytes, (size_t)facts.st_size);
}

static bool write_all(int descriptor, struct slice bytes)
{
    while (bytes.length) {
        ssize_t put = write(descriptor, bytes.start, bytes.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = slice_from(bytes, (size_t)put);
    }
    return fsync(descriptor) == 0;
}

/* A device or a pipe is not to be replaced by a file. It cannot be synced, which is no fault. */
static enum status write_into(struct work *work, const char *path, struct slice bytes)
{
    CLEANUP_FILE int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0 || (!write_all(descriptor, bytes) && errno != EINVAL && errno != ENOTSUP))
        return work_fail(work, STATUS_STORAGE, "%s could not be written: %s.", path,
                         strerror(errno));
    return STATUS_OK;
}

static enum status write_beside(struct work *work, const char *path, struct slice bytes)
{
    char *temporary = arena_format(work->arena, "%s.part-%ld", path, (long)getpid());
    CLEANUP_FILE int descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                                       (mode_t)0666);
    if (descriptor < 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be written: %s.", path,
                         strerror(errno));
    if (!write_all(descriptor, bytes) || rename(temporary, path) != 0) {
        int cause = errno;
        unlink(temporary);
        return work_fail(work, STATUS_STORAGE, "%s could not be written: %s.", path,
                         strerror(cause));
    }
    return STATUS_OK;
}

enum status file_write(struct work *work, const char *path, struct slice bytes)
{
    char real[PATH_MAX];
    struct stat facts;
    if (stat(path, &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode))
        return write_into(work, path, bytes);
    return write_beside(work, realpath(path, real) ? real : path, bytes);
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

enum status file_make_folder(struct work *work, const char *path)
{
    struct stat facts;
    if (mkdir(path, (mode_t)0777) == 0 ||
        (errno == EEXIST && stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)))
        return STATUS_OK;
    return work_fail(work, STATUS_STORAGE, "The folder %s could not be made: %s.", path,
                     strerror(errno));
}

#define HELD "/proc/self/fd/"
enum { PIECE = 65536 };

static enum status copy_input(struct work *work, size_t most, int descriptor)
{
    char bytes[PIECE];
    size_t length = 0;
    for (;;) {
        ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return work_fail(work, STATUS_STORAGE, "Standard input could not be read: %s.",
                             strerror(errno));
        if (got == 0)
            return STATUS_OK;
        length += (size_t)got;
        if (length > most)
            return work_fail(work, STATUS_LIMIT,
                             "Standard input is too large: at most %zu bytes are read.", most);
        if (!write_all(descriptor, (struct slice){ bytes, (size_t)got }))
            return work_fail(work, STATUS_STORAGE, "Standard input could not be kept: %s.",
                             strerror(errno));
    }
}

enum status file_hold_input(struct work *work, size_t most, const char **out_path)
{
    int descriptor = memfd_create("standard input", MFD_CLOEXEC);
    if (descriptor < 0)
        return work_fail(work, STATUS_STORAGE, "Standard input could not be kept: %s.",
                         strerror(errno));
    enum status status = copy_input(work, most, descriptor);
    if (status == STATUS_OK) /* stays open for whoever reads the path */
        *out_path = arena_format(work->arena, HELD "%d", descriptor);
    else
        close(descriptor);
    return status;
}

const char *file_name(const char *path)
{
    if (strncmp(path, HELD, sizeof HELD - 1) == 0)
        return "standard input";
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
