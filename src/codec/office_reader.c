/* Tells the kinds of office files apart by their parts, and starts the reader of each. */
#include <string.h>

#include "base/arena.h"
#include "codec/office_parts.h"
#include "codec/relations.h"
#include "base/banned.h"

enum { LONGEST_TYPE = 256, MANIFEST_LENGTH = 1 << 20 };

void office_close(struct table_reader *reader)
{
    struct office *office = reader->state;
    xml_reader_close(office->xml);
    zip_reader_close(office->zip);
    row_builder_free(&office->row);
}

enum status office_fail_sheets(struct table_reader *reader)
{
    return work_fail(reader->work, STATUS_LIMIT, "%s has more than %d sheets; send it in parts.",
                     reader->name, OFFICE_MOST_SHEETS);
}

static enum status fail_kind(struct table_reader *reader, const char *words)
{
    return work_fail(reader->work, STATUS_INPUT, "%s %s.", reader->name, words);
}

/* The first bytes of a part. */
static enum status read_start(struct office *office, const char *name, size_t most,
                              struct slice *out_bytes)
{
    struct zip_part *part = NULL;
    enum status status = zip_part_open(office->zip, name, &part);
    char *bytes = arena_take(office->reader->arena, most);
    size_t length = 0, got = 1;
    while (status == STATUS_OK && got > 0 && length < most) {
        status = zip_part_read(part, bytes + length, most - length, &got);
        length += got;
    }
    zip_part_close(part);
    *out_bytes = (struct slice){ bytes, length };
    return status;
}

static enum status start_open_document(struct office office)
{
    struct slice type = { NULL, 0 }, manifest = { NULL, 0 };
    enum status status = read_start(&office, "mimetype", LONGEST_TYPE, &type);
    if (status != STATUS_OK)
        return status;
    if (!slice_starts(type, "application/vnd.oasis.opendocument."))
        return fail_kind(office.reader, "is not a spreadsheet; save it as .xlsx, .ods or .csv");
    if (slice_find(type, "opendocument.spreadsheet") < 0)
        return fail_kind(office.reader, "is an OpenDocument file but not a spreadsheet; save its "
                                        "tables as .ods, or the document as .docx");
    if (zip_reader_has(office.zip, "META-INF/manifest.xml"))
        status = read_start(&office, "META-INF/manifest.xml", MANIFEST_LENGTH, &manifest);
    if (status == STATUS_OK && slice_find(manifest, "encryption-data") >= 0)
        return fail_kind(office.reader, "is protected by a password; save it without a password");
    return status == STATUS_OK ? ods_reader_start(office) : status;
}

static void take_root(struct xml_reader *reader, void *user, const char *name,
                      const char **attributes)
{
    char *root = user;
    (void)attributes;
    if (*root)
        return;
    struct slice local = slice_first(slice_of(xml_local(name)), LONGEST_TYPE - 1);
    memcpy(root, local.start, local.length);
    xml_reader_pause(reader);
}

static void take_nothing(struct xml_reader *reader, void *user, const char *name)
{
    (void)reader;
    (void)user;
    (void)name;
}

/* The local name of a part's outermost element. */
static enum status find_root(struct office *office, const char *part, char root[LONGEST_TYPE])
{
    static const struct xml_handlers handlers = { .start = take_root, .end = take_nothing };
    struct xml_reader *reader = NULL;
    enum status status = xml_reader_open(office->zip, part, office->reader->arena, &handlers, root,
                                         &reader);
    if (status != STATUS_OK)
        return status;
    status = xml_reader_run(reader);
    xml_reader_close(reader);
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status start_open_xml(struct office office)
{
    struct list relations = { NULL, 0, 0 };
    char root[LONGEST_TYPE] = "";
    enum status status = relations_read(office.zip, "", office.reader->arena, &relations);
    if (status != STATUS_OK)
        return status;
    const struct relation *main_part = relation_by_type(&relations, "officeDocument");
    if (!main_part)
        return fail_kind(office.reader, "is a zip file but not a spreadsheet; unpack it and send "
                                        "the spreadsheet inside");
    if (slice_ends(slice_of(main_part->target), ".bin"))
        return fail_kind(office.reader, "is a binary workbook (.xlsb); save it as .xlsx");
    status = find_root(&office, main_part->target, root);
    if (status != STATUS_OK)
        return status;
    if (strcmp(root, "workbook") == 0)
        return xlsx_reader_start(office, main_part->target);
    if (strcmp(root, "document") == 0)
        return docx_reader_start(office, main_part->target);
    return fail_kind(office.reader, "is an office file but neither a spreadsheet nor a document; "
                                    "save its tables as .xlsx");
}

enum status office_reader_start(struct table_reader *reader, struct slice bytes)
{
    struct office office = { .reader = reader };
    enum status status = zip_reader_open(reader->work, reader->name, bytes, &reader->limits,
                                         &office.zip);
    if (status != STATUS_OK)
        return status;
    office.row = row_builder_new(reader->work, reader->name, reader->arena, &reader->limits);
    status = zip_reader_has(office.zip, "mimetype") ? start_open_document(office)
                                                    : start_open_xml(office);
    if (status != STATUS_OK && !reader->state) {
        zip_reader_close(office.zip);
        row_builder_free(&office.row);
    }
    return status;
}
