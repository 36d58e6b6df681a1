/* Two open-addressed tables: by code and by id. Both double when they are half full. */
#include "service/reference.h"

#include <stdlib.h>

#include "base/arena.h"
#include "store/text_store.h"
#include "base/banned.h"

enum { FIRST_ROOM = 256 };

struct entry {
    const struct entity *entity; /* NULL: empty */
    struct slice code;
    int64_t id;
};

struct table {
    struct entry *entries;
    size_t count, room;
};

struct references {
    struct arena *arena;
    struct table by_code, by_id;
};

struct references *references_new(void)
{
    struct arena *arena = arena_new();
    struct references *references = arena_new_of(arena, struct references);
    references->arena = arena;
    return references;
}

void references_free(struct references *references)
{
    if (references)
        arena_free(references->arena);
}

/* FNV-1a, 64 bits. */
static uint64_t mix(const struct entity *entity, struct slice bytes)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)(uintptr_t)entity;
    for (size_t i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.start[i]) * UINT64_C(1099511628211);
    return hash ^ (hash >> 29);
}

static struct slice id_bytes(const int64_t *id)
{
    return (struct slice){ (const char *)id, sizeof *id };
}

static struct entry *place(const struct table *table, const struct entity *entity,
                           struct slice code, int64_t id, bool by_id)
{
    size_t at = mix(entity, by_id ? id_bytes(&id) : code) & (table->room - 1);
    for (;; at = (at + 1) & (table->room - 1)) {
        struct entry *entry = &table->entries[at];
        if (!entry->entity ||
            (entry->entity == entity && (by_id ? entry->id == id : slice_equal(entry->code, code))))
            return entry;
    }
}

static void grow(struct arena *arena, struct table *table, bool by_id)
{
    if (table->count * 2 < table->room)
        return;
    struct table larger = { .room = table->room ? table->room * 2 : FIRST_ROOM,
                            .count = table->count };
    larger.entries = arena_array_of(arena, larger.room, struct entry);
    for (size_t i = 0; i < table->room; i++)
        if (table->entries[i].entity)
            *place(&larger, table->entries[i].entity, table->entries[i].code, table->entries[i].id,
                   by_id) = table->entries[i];
    *table = larger;
}

static struct entry *lookup(struct references *references, struct table *table,
                            const struct entity *entity, struct slice code, int64_t id)
{
    bool by_id = table == &references->by_id;
    grow(references->arena, table, by_id);
    return place(table, entity, code, id, by_id);
}

static struct entry *fill(struct references *references, struct table *table, struct entry *entry,
                          const struct entity *entity, struct slice code, int64_t id)
{
    if (!entry->entity)
        table->count++;
    char *copy = slice_copy(references->arena, code);
    *entry = (struct entry){ entity, { copy, code.length }, id };
    return entry;
}

enum status reference_id(struct work *work, struct references *references,
                         const struct entity *entity, struct slice code, int64_t *out_id)
{
    struct entry *entry = lookup(references, &references->by_code, entity, code, 0);
    if (entry->entity) {
        *out_id = entry->id;
        return STATUS_OK;
    }
    int64_t id = INTEGER_MISSING;
    enum status status = entity_store_id(work, entity, code, &id);
    bool several = false;
    if (status == STATUS_NOT_FOUND)
        status = text_store_named(work, entity, slice_copy(work->arena, code), &id, &several);
    if (status == STATUS_OK && id == INTEGER_MISSING) {
        *out_id = INTEGER_MISSING;
        return STATUS_OK;
    }
    if (status == STATUS_OK) {
        fill(references, &references->by_code, entry, entity, code, id);
        *out_id = id;
    }
    return status;
}

void reference_add(struct references *references, const struct entity *entity, struct slice code,
                   int64_t id)
{
    struct entry *entry = lookup(references, &references->by_code, entity, code, 0);
    fill(references, &references->by_code, entry, entity, code, id);
}

enum status reference_code(struct work *work, struct references *references,
                           const struct entity *entity, int64_t id, const char **out_code)
{
    struct entry *entry = lookup(references, &references->by_id, entity, (struct slice){ 0 }, id);
    if (!entry->entity) {
        const char *code = NULL;
        enum status status = entity_store_code(work, entity, id, &code);
        if (status != STATUS_OK)
            return status;
        fill(references, &references->by_id, entry, entity, slice_of(code), id);
    }
    *out_code = entry->code.start;
    return STATUS_OK;
}

static enum status find_named(struct work *work, const struct entity *entity, const char *code,
                              const void **out_row)
{
    int64_t id = INTEGER_MISSING;
    void *row = entity_row(work->arena, entity);
    enum status status = entity_store_id(work, entity, slice_of(code), &id);
    if (status == STATUS_OK)
        status = entity_store_get(work, entity, id, row);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no %s with the code \"%.60s\".", entity->name,
                         code);
    *out_row = row;
    return status;
}

enum status reference_place(struct work *work, const char *measure, const char *unit,
                            const char *period, struct figure_place *out_place)
{
    const void *found_measure = NULL, *found_unit = NULL;
    struct figure_place place;
    if (!period_read(slice_of(period), &place.period))
        return work_fail(work, STATUS_NOT_FOUND,
                         "\"%.40s\" is no period; write it as 2012-13-Q1 or 2012-13.", period);
    enum status status = find_named(work, &measure_entity, measure, &found_measure);
    if (status == STATUS_OK)
        status = find_named(work, &unit_entity, unit, &found_unit);
    if (status != STATUS_OK)
        return status;
    place.measure = found_measure;
    place.unit = found_unit;
    *out_place = place;
    return STATUS_OK;
}
