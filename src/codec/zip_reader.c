/* libzip does the work; what it would believe of a hostile file is checked before or counted here.
 */
#include "codec/zip_reader.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/banned.h"

enum {
    END_LENGTH = 22,          /* of the end record without its comment */
    LONGEST_COMMENT = 0xFFFF, /* the end record stands this far from the end at most */
    LOCATOR_LENGTH = 20,      /* of a Zip64 locator, which stands before the end record */
    RATIO_FROM = 4 << 20      /* bytes from which the ratio counts */
};

struct zip_reader {
    struct work *work;
    struct arena *arena;
    const char *name;
    struct table_options limits;
    zip_t *archive;
    int64_t unpacked; /* by all parts so far */
};

struct zip_part {
    struct zip_reader *reader;
    const char *name;
    zip_file_t *file;
    int64_t packed, unpacked;
};

static unsigned number_at(const char *bytes)
{
    return (unsigned)(unsigned char)bytes[0] | (unsigned)(unsigned char)bytes[1] << 8;
}

/* Looks at every end record that a reader might find, and refuses the file for any of them. */
static enum status check_end(struct zip_reader *reader, struct slice bytes)
{
    bool is_found = false;
    for (size_t back = END_LENGTH; back <= bytes.length && back <= END_LENGTH + LONGEST_COMMENT;
         back++) {
        const char *end = bytes.start + bytes.length - back;
        if (memcmp(end, "PK\005\006", 4) != 0)
            continue;
        is_found = true;
        if (bytes.length - back >= LOCATOR_LENGTH &&
            memcmp(end - LOCATOR_LENGTH, "PK\006\007", 4) == 0)
            return work_fail(reader->work, STATUS_INPUT,
                             "%s is in the Zip64 form, which is for files above 4 GiB; save it "
                             "again in a spreadsheet program.",
                             reader->name);
        unsigned entries = number_at(end + 10), here = number_at(end + 8);
        if (entries > reader->limits.most_entries || here > reader->limits.most_entries)
            return work_fail(reader->work, STATUS_LIMIT,
                             "%s holds %u parts, at most %lld are read; save it again in a "
                             "spreadsheet program.",
                             reader->name, entries, (long long)reader->limits.most_entries);
    }
    if (!is_found)
        return work_fail(reader->work, STATUS_INPUT,
                         "%s is damaged or cut short (a zip file without its directory); send it "
                         "again.",
                         reader->name);
    return STATUS_OK;
}

static enum status open_archive(struct zip_reader *reader, struct slice bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.start, bytes.length, 0, &error);
    if (!source)
        abort();
    reader->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (!reader->archive) {
        zip_source_free(source);
        work_fail(reader->work, STATUS_INPUT,
                  "%s is damaged or cut short (%s); send it again, or save it again in a "
                  "spreadsheet program.",
                  reader->name, zip_error_strerror(&error));
        zip_error_fini(&error);
        return STATUS_INPUT;
    }
    zip_error_fini(&error);
    return STATUS_OK;
}

static enum status refuse_encrypted(struct zip_reader *reader)
{
    zip_int64_t count = zip_get_num_entries(reader->archive, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t facts;
        if (zip_stat_index(reader->archive, (zip_uint64_t)i, 0, &facts) == 0 &&
            (facts.valid & ZIP_STAT_ENCRYPTION_METHOD) && facts.encryption_method != ZIP_EM_NONE)
            return work_fail(reader->work, STATUS_INPUT,
                             "%s is protected by a password; save it without a password.",
                             reader->name);
    }
    return STATUS_OK;
}

enum status zip_reader_open(struct work *work, const char *name, struct slice bytes,
                            const struct table_options *limits, struct zip_reader **out_reader)
{
    struct arena *arena = arena_new();
    struct zip_reader *reader = arena_new_of(arena, struct zip_reader);
    *reader = (struct zip_reader){ .work = work, .arena = arena, .name = name, .limits = *limits };
    enum status status = check_end(reader, bytes);
    if (status == STATUS_OK)
        status = late_load(work, "zip");
    if (status == STATUS_OK)
        status = open_archive(reader, bytes);
    if (status == STATUS_OK)
        status = refuse_encrypted(reader);
    if (status != STATUS_OK) {
        zip_reader_close(reader);
        return status;
    }
    *out_reader = reader;
    return STATUS_OK;
}

void zip_reader_close(struct zip_reader *reader)
{
    if (!reader)
        return;
    if (reader->archive)
        zip_discard(reader->archive);
    arena_free(reader->arena);
}

bool zip_reader_has(const struct zip_reader *reader, const char *part)
{
    return zip_name_locate(reader->archive, part, ZIP_FL_NOCASE) >= 0;
}

const char *zip_reader_name(const struct zip_reader *reader)
{
    return reader->name;
}

struct work *zip_reader_work(const struct zip_reader *reader)
{
    return reader->work;
}

enum status zip_part_open(struct zip_reader *reader, const char *name, struct zip_part **out_part)
{
    zip_int64_t index = zip_name_locate(reader->archive, name, ZIP_FL_NOCASE);
    zip_stat_t facts;
    if (index < 0 || zip_stat_index(reader->archive, (zip_uint64_t)index, 0, &facts) != 0)
        return work_fail(reader->work, STATUS_INPUT,
                         "%s is damaged: its part %.200s is missing; save it again in a "
                         "spreadsheet program.",
                         reader->name, name);
    zip_file_t *file = zip_fopen_index(reader->archive, (zip_uint64_t)index, 0);
    if (!file)
        return work_fail(reader->work, STATUS_INPUT,
                         "%s is damaged: its part %.200s cannot be opened (%s); save it again in a "
                         "spreadsheet program.",
                         reader->name, name, zip_strerror(reader->archive));
    struct zip_part *part = arena_new_of(reader->arena, struct zip_part);
    *part = (struct zip_part){ .reader = reader,
                               .name = arena_copy_text(reader->arena, name),
                               .file = file,
                               .packed = (int64_t)facts.comp_size };
    *out_part = part;
    return STATUS_OK;
}

static enum status check_size(const struct zip_part *part)
{
    const struct zip_reader *reader = part->reader;
    bool is_bomb = part->unpacked > RATIO_FROM &&
                   part->unpacked / reader->limits.most_ratio > part->packed;
    if (part->unpacked <= reader->limits.most_part &&
        reader->unpacked <= reader->limits.most_unpacked && !is_bomb)
        return STATUS_OK;
    return work_fail(reader->work, STATUS_LIMIT,
                     "%s is too large when unpacked (in its part %.200s); send fewer rows or "
                     "sheets, or CSV.",
                     reader->name, part->name);
}

enum status zip_part_read(struct zip_part *part, char *buffer, size_t room, size_t *out_length)
{
    zip_int64_t got = zip_fread(part->file, buffer, room);
    if (got < 0)
        return work_fail(
            part->reader->work, STATUS_INPUT,
            "%s is damaged in its part %.200s (%s); send it again, or save it again in "
            "a spreadsheet program.",
            part->reader->name, part->name, zip_error_strerror(zip_file_get_error(part->file)));
    part->unpacked += got;
    part->reader->unpacked += got;
    *out_length = (size_t)got;
    return check_size(part);
}

void zip_part_close(struct zip_part *part)
{
    if (part && part->file) {
        zip_fclose(part->file);
        part->file = NULL;
    }
}
