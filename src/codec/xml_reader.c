#include "codec/xml_reader.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum {
    CHUNK = 64 * 1024,
    DEEPEST = 256,         /* elements within each other */
    LONGEST_TAG = 1 << 20, /* bytes; a longer one makes expat read it again and again */
    VOCABULARY = 8192,     /* slots for names met; expat remembers every name for good */
    MOST_NAMES = 2048      /* different ones, by slots taken */
};

/* Fowler-Noll-Vo, 32 bits. */
#define FNV_BASIS UINT32_C(0x811C9DC5)
#define FNV_PRIME UINT32_C(0x01000193)

struct xml_reader {
    struct zip_reader *zip;
    struct zip_part *part;
    const char *part_name;
    XML_Parser parser;
    const struct xml_handlers *handlers;
    void *user;
    int64_t fed;   /* bytes given to the parser */
    int64_t event; /* place of the last tag or text that it told */
    int depth, names;
    bool is_paused;
    enum status status; /* the first failure */
    unsigned char vocabulary[VOCABULARY / 8];
};

static void refuse(struct xml_reader *reader, enum status status, const char *words)
{
    if (reader->status == STATUS_OK)
        work_fail(zip_reader_work(reader->zip), status,
                  "%s is refused: its part %.200s %s; save it again in a spreadsheet program.",
                  zip_reader_name(reader->zip), reader->part_name, words);
    xml_reader_stop(reader, status);
}

/* Counts a name that was not met before (two that share a slot count once). */
static void note_name(struct xml_reader *reader, const char *name)
{
    uint32_t hash = FNV_BASIS;
    for (const char *p = xml_local(name); *p; p++)
        hash = (hash ^ (unsigned char)*p) * FNV_PRIME;
    unsigned slot = (hash ^ hash >> 16) % VOCABULARY;
    unsigned char bit = (unsigned char)(1u << slot % 8);
    if (reader->vocabulary[slot / 8] & bit)
        return;
    reader->vocabulary[slot / 8] |= bit;
    if (++reader->names > MOST_NAMES)
        refuse(reader, STATUS_LIMIT, "uses more names of elements than any office program");
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_reader *reader = user;
    if (reader->status != STATUS_OK)
        return;
    reader->event = XML_GetCurrentByteIndex(reader->parser);
    note_name(reader, name);
    for (const XML_Char **attribute = attributes; *attribute; attribute += 2)
        note_name(reader, *attribute);
    if (++reader->depth > DEEPEST)
        refuse(reader, STATUS_LIMIT, "nests more than 256 elements");
    if (reader->status == STATUS_OK)
        reader->handlers->start(reader, reader->user, name, attributes);
}

static void on_end(void *user, const XML_Char *name)
{
    struct xml_reader *reader = user;
    reader->depth--;
    reader->event = XML_GetCurrentByteIndex(reader->parser);
    if (reader->status == STATUS_OK)
        reader->handlers->end(reader, reader->user, name);
}

static void on_text(void *user, const XML_Char *text, int length)
{
    struct xml_reader *reader = user;
    reader->event = XML_GetCurrentByteIndex(reader->parser);
    if (reader->status == STATUS_OK && reader->handlers->text)
        reader->handlers->text(reader, reader->user, (struct slice){ text, (size_t)length });
}

static void on_namespace(void *user, const XML_Char *prefix, const XML_Char *name)
{
    struct xml_reader *reader = user;
    (void)name;
    if (reader->status == STATUS_OK && prefix)
        note_name(reader, prefix);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public_name, int has_internal)
{
    (void)name;
    (void)system;
    (void)public_name;
    (void)has_internal;
    refuse(user, STATUS_INPUT,
           "has a document type declaration, by which entities could be smuggled in");
}

enum status xml_reader_open(struct zip_reader *zip, const char *part, struct arena *arena,
                            const struct xml_handlers *handlers, void *user,
                            struct xml_reader **out_reader)
{
    struct zip_part *opened = NULL;
    enum status status = zip_part_open(zip, part, &opened);
    if (status != STATUS_OK)
        return status;
    struct xml_reader *reader = arena_new_of(arena, struct xml_reader);
    reader->zip = zip;
    reader->part = opened;
    reader->part_name = arena_copy_text(arena, part);
    reader->handlers = handlers;
    reader->user = user;
    reader->parser = XML_ParserCreateNS(NULL, ' ');
    if (!reader->parser)
        abort();
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader->parser, on_text);
    XML_SetStartNamespaceDeclHandler(reader->parser, on_namespace);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
    *out_reader = reader;
    return STATUS_OK;
}

static enum XML_Status feed(struct xml_reader *reader)
{
    size_t length = 0;
    if (reader->fed - reader->event > LONGEST_TAG) {
        refuse(reader, STATUS_LIMIT, "has a tag or a comment longer than 1 MiB");
        return XML_STATUS_ERROR;
    }
    void *buffer = XML_GetBuffer(reader->parser, CHUNK);
    if (!buffer)
        abort();
    enum status status = zip_part_read(reader->part, buffer, CHUNK, &length);
    if (status != STATUS_OK) {
        reader->status = status;
        return XML_STATUS_ERROR;
    }
    reader->fed += (int64_t)length;
    return XML_ParseBuffer(reader->parser, (int)length, length == 0);
}

enum status xml_reader_run(struct xml_reader *reader)
{
    while (reader->status == STATUS_OK) {
        XML_ParsingStatus parsing;
        XML_GetParsingStatus(reader->parser, &parsing);
        if (parsing.parsing == XML_FINISHED)
            return STATUS_END;
        reader->is_paused = false;
        enum XML_Status answer = parsing.parsing == XML_SUSPENDED ? XML_ResumeParser(reader->parser)
                                                                  : feed(reader);
        if (answer == XML_STATUS_ERROR && reader->status == STATUS_OK)
            reader->status = work_fail(
                zip_reader_work(reader->zip), STATUS_INPUT,
                "%s is damaged: line %lu of its part %.200s is not XML (%s); save it "
                "again in a spreadsheet program.",
                zip_reader_name(reader->zip),
                (unsigned long)XML_GetCurrentLineNumber(reader->parser), reader->part_name,
                XML_ErrorString(XML_GetErrorCode(reader->parser)));
        if (answer == XML_STATUS_SUSPENDED && reader->status == STATUS_OK)
            return STATUS_OK;
    }
    return reader->status;
}

void xml_reader_pause(struct xml_reader *reader)
{
    if (reader->status == STATUS_OK && !reader->is_paused) {
        reader->is_paused = true;
        XML_StopParser(reader->parser, XML_TRUE);
    }
}

void xml_reader_stop(struct xml_reader *reader, enum status status)
{
    if (reader->status != STATUS_OK)
        return;
    reader->status = status;
    XML_StopParser(reader->parser, XML_FALSE);
}

void xml_reader_close(struct xml_reader *reader)
{
    if (!reader)
        return;
    if (reader->parser)
        XML_ParserFree(reader->parser);
    reader->parser = NULL;
    zip_part_close(reader->part);
}

enum status xml_read_part(struct zip_reader *zip, const char *part,
                          const struct xml_handlers *handlers, void *user)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct xml_reader *reader = NULL;
    enum status status = xml_reader_open(zip, part, arena, handlers, user, &reader);
    if (status != STATUS_OK)
        return status;
    do
        status = xml_reader_run(reader);
    while (status == STATUS_OK);
    xml_reader_close(reader);
    return status == STATUS_END ? STATUS_OK : status;
}

const char *xml_local(const char *name)
{
    const char *space = strrchr(name, ' ');
    return space ? space + 1 : name;
}

bool xml_is(const char *name, const char *local)
{
    return strcmp(xml_local(name), local) == 0;
}

const char *xml_attribute(const char **attributes, const char *local)
{
    for (; *attributes; attributes += 2)
        if (xml_is(*attributes, local))
            return attributes[1];
    return NULL;
}

const char *xml_attribute_whole(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0)
            return attributes[1];
    return NULL;
}
