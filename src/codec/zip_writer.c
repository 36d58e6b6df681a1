#include "codec/zip_writer.h"

#include <stdlib.h>
#include <zip.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/banned.h"

enum { DOS_DATE = 1 << 5 | 1 }; /* 1980-01-01 */

struct zip_writer {
    struct work *work;
    zip_source_t *source; /* the archive's bytes */
    zip_t *archive;
    enum status loaded; /* whether there is a library to make it with */
};

struct zip_writer *zip_writer_new(struct work *work)
{
    struct zip_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        abort();
    writer->work = work;
    writer->loaded = late_load(work, "zip");
    if (writer->loaded != STATUS_OK)
        return writer;
    writer->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!writer->source)
        abort();
    zip_source_keep(writer->source);
    writer->archive = zip_open_from_source(writer->source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!writer->archive)
        abort();
    return writer;
}

static enum status fail(struct zip_writer *writer, const char *words)
{
    return work_fail(writer->work, STATUS_STORAGE, "A compressed file could not be made: %s.",
                     words);
}

enum status zip_writer_add(struct zip_writer *writer, const char *name, struct slice bytes,
                           enum zip_method method)
{
    if (writer->loaded != STATUS_OK)
        return writer->loaded;
    zip_source_t *source = zip_source_buffer(writer->archive, bytes.length ? bytes.start : "",
                                             bytes.length, 0);
    if (!source)
        return fail(writer, zip_strerror(writer->archive));
    zip_int64_t index = zip_file_add(writer->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fail(writer, zip_strerror(writer->archive));
    }
    zip_uint64_t place = (zip_uint64_t)index;
    if (zip_file_set_dostime(writer->archive, place, 0, DOS_DATE, 0) != 0 ||
        zip_set_file_compression(writer->archive, place,
                                 method == ZIP_WRITER_STORED ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                 0) != 0)
        return fail(writer, zip_strerror(writer->archive));
    return STATUS_OK;
}

static enum status take_bytes(struct zip_writer *writer, struct slice *out_bytes)
{
    zip_stat_t facts;
    if (zip_source_stat(writer->source, &facts) != 0 || zip_source_open(writer->source) != 0)
        return fail(writer, zip_error_strerror(zip_source_error(writer->source)));
    char *bytes = arena_take(writer->work->arena, facts.size + 1);
    zip_int64_t got = zip_source_read(writer->source, bytes, facts.size);
    zip_source_close(writer->source);
    if (got < 0 || (zip_uint64_t)got != facts.size)
        return fail(writer, "its bytes could not be read back");
    *out_bytes = (struct slice){ bytes, facts.size };
    return STATUS_OK;
}

enum status zip_writer_end(struct zip_writer *writer, struct slice *out_bytes)
{
    enum status status = writer->loaded;
    if (status != STATUS_OK) {
        zip_writer_free(writer);
        return status;
    }
    if (zip_close(writer->archive) != 0) {
        status = fail(writer, zip_strerror(writer->archive));
    } else {
        writer->archive = NULL;
        status = take_bytes(writer, out_bytes);
    }
    zip_writer_free(writer);
    return status;
}

void zip_writer_free(struct zip_writer *writer)
{
    if (!writer)
        return;
    if (writer->archive)
        zip_discard(writer->archive);
    if (writer->source)
        zip_source_free(writer->source);
    free(writer);
}
