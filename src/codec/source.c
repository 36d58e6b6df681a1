#include "codec/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum status source_open(struct work *work, const char *path, const char *name,
                        struct source *out_source)
{
    /* Non-blocking, so that opening a pipe does not wait for its writer. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return work_fail(work, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_STORAGE,
                         "%s could not be opened: %s.", name, strerror(errno));
    struct stat facts;
    if (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        close(descriptor);
        return work_fail(work, STATUS_INPUT, "%s is not a file; give the path of a spreadsheet.",
                         name);
    }
    *out_source = (struct source){
        .name = name, .descriptor = descriptor, .size = facts.st_size, .changed = facts.st_mtim
    };
    return STATUS_OK;
}

struct source source_of_bytes(const char *name, struct slice bytes)
{
    return (struct source){
        .name = name, .descriptor = -1, .bytes = bytes, .size = (int64_t)bytes.length
    };
}

static enum status fail_short(struct work *work, const struct source *source)
{
    return work_fail(work, STATUS_INPUT,
                     "%s was made shorter while it was being read; try again when it is finished.",
                     source->name);
}

enum status source_read(struct work *work, struct source *source, char *buffer, size_t room,
                        size_t *out_length)
{
    size_t length = 0;
    if (source->descriptor < 0) {
        struct slice part = slice_first(slice_from(source->bytes, (size_t)source->place), room);
        length = part.length;
        if (length)
            memcpy(buffer, part.start, length);
    } else {
        ssize_t got = 0;
        do
            got = read(source->descriptor, buffer, room);
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return work_fail(work, STATUS_STORAGE, "%s could not be read: %s.", source->name,
                             strerror(errno));
        length = (size_t)got;
    }
    source->place += (int64_t)length;
    *out_length = length;
    return STATUS_OK;
}

enum status source_read_at(struct work *work, const struct source *source, int64_t place,
                           char *buffer, size_t length)
{
    if (source->descriptor < 0) {
        struct slice part = slice_first(slice_from(source->bytes, (size_t)place), length);
        if (part.length)
            memcpy(buffer, part.start, part.length);
        return part.length == length ? STATUS_OK : fail_short(work, source);
    }
    for (size_t done = 0; done < length;) {
        ssize_t got = pread(source->descriptor, buffer + done, length - done,
                            (off_t)(place + (int64_t)done));
        if (got == 0)
            return fail_short(work, source);
        if (got < 0 && errno != EINTR)
            return work_fail(work, STATUS_STORAGE, "%s could not be read: %s.", source->name,
                             strerror(errno));
        done += got > 0 ? (size_t)got : 0;
    }
    return STATUS_OK;
}

enum status source_rewind(struct work *work, struct source *source)
{
    if (source->descriptor >= 0 && lseek(source->descriptor, 0, SEEK_SET) != 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be read again: %s.", source->name,
                         strerror(errno));
    source->place = 0;
    return STATUS_OK;
}

enum status source_check_unchanged(struct work *work, const struct source *source)
{
    struct stat facts;
    if (source->descriptor < 0)
        return STATUS_OK;
    if (fstat(source->descriptor, &facts) != 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be read: %s.", source->name,
                         strerror(errno));
    if (facts.st_size != source->size || facts.st_mtim.tv_sec != source->changed.tv_sec ||
        facts.st_mtim.tv_nsec != source->changed.tv_nsec)
        return work_fail(work, STATUS_INPUT,
                         "%s was changed while it was being read; try again when it is finished.",
                         source->name);
    return STATUS_OK;
}

void source_close(struct source *source)
{
    if (source->descriptor >= 0)
        close(source->descriptor);
    source->descriptor = -1;
}
