#include "codec/relations.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/xml_reader.h"
#include "base/banned.h"

enum { MOST_RELATIONS = 10000, LONGEST_NAME = 4096 };

struct collector {
    struct zip_reader *zip;
    struct arena *arena;
    struct slice folder; /* of the part that refers, with its slash */
    struct list list;
};

static const char *last_word(const char *address)
{
    const char *slash = strrchr(address, '/');
    return slash ? slash + 1 : address;
}

/* A target is relative to the folder of the part that refers to it, or absolute with a slash. */
static const char *resolve(const struct collector *collector, struct slice target)
{
    struct text name = text_new(collector->arena, LONGEST_NAME);
    if (slice_starts(target, "/"))
        target = slice_from(target, 1);
    else
        text_add_slice(&name, collector->folder);
    struct slice word;
    while (slice_split(&target, '/', &word)) {
        if (slice_is(word, ".") || word.length == 0)
            continue;
        if (slice_is(word, "..")) {
            size_t length = name.length ? name.length - 1 : 0;
            while (length > 0 && name.bytes[length - 1] != '/')
                length--;
            text_cut(&name, length);
            continue;
        }
        text_add_slice(&name, word);
        text_add_character(&name, '/');
    }
    if (name.length)
        text_cut(&name, name.length - 1);
    return name.bytes;
}

static void on_start(struct xml_reader *reader, void *user, const char *name,
                     const char **attributes)
{
    struct collector *collector = user;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (!xml_is(name, "Relationship") || !id || !type || !target)
        return;
    if (mode && strcmp(mode, "External") == 0)
        return;
    if (collector->list.count == MOST_RELATIONS) {
        xml_reader_stop(reader, work_fail(zip_reader_work(collector->zip), STATUS_LIMIT,
                                          "%s is refused: one of its parts refers to more than "
                                          "10,000 others; save it again in a spreadsheet program.",
                                          zip_reader_name(collector->zip)));
        return;
    }
    struct relation *relation = arena_new_of(collector->arena, struct relation);
    relation->id = arena_copy_text(collector->arena, id);
    relation->type = arena_copy_text(collector->arena, last_word(type));
    relation->target = resolve(collector, slice_of(target));
    list_add(collector->arena, &collector->list, relation);
}

static void on_end(struct xml_reader *reader, void *user, const char *name)
{
    (void)reader;
    (void)user;
    (void)name;
}

enum status relations_read(struct zip_reader *zip, const char *part, struct arena *arena,
                           struct list *out_relations)
{
    static const struct xml_handlers handlers = { .start = on_start, .end = on_end };
    const char *file = last_word(part);
    struct collector collector = { .zip = zip,
                                   .arena = arena,
                                   .folder = { part, (size_t)(file - part) } };
    const char *name = arena_format(arena, "%.*s_rels/%s.rels", (int)collector.folder.length, part,
                                    file);
    if (zip_reader_has(zip, name)) {
        enum status status = xml_read_part(zip, name, &handlers, &collector);
        if (status != STATUS_OK)
            return status;
    }
    *out_relations = collector.list;
    return STATUS_OK;
}

const struct relation *relation_by_id(const struct list *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++) {
        const struct relation *relation = relations->items[i];
        if (strcmp(relation->id, id) == 0)
            return relation;
    }
    return NULL;
}

const struct relation *relation_by_type(const struct list *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++) {
        const struct relation *relation = relations->items[i];
        if (strcmp(relation->type, type) == 0)
            return relation;
    }
    return NULL;
}
