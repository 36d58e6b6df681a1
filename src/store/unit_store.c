#include "store/unit_store.h"

#include <stdlib.h>
#include <string.h>

#include "store/entity_store.h"
#include "base/banned.h"

static enum status load(struct work *work, const struct entity *entity, struct list *out_rows)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = entity_store_all(work, entity, 0, &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        void *row = entity_row(work->arena, entity);
        entity_store_read(work->arena, entity, cursor, 0, row);
        list_add(work->arena, out_rows, row);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static int by_date(const void *a, const void *b)
{
    const struct unit_change *left = *(const struct unit_change *const *)a;
    const struct unit_change *right = *(const struct unit_change *const *)b;
    int order = strcmp(left->changed_on, right->changed_on);
    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

enum status unit_store_load(struct work *work, struct list *out_units, struct list *out_changes)
{
    struct list units = { 0 }, changes = { 0 };
    enum status status = load(work, &unit_entity, &units);
    if (status == STATUS_OK)
        status = load(work, &unit_change_entity, &changes);
    if (status != STATUS_OK)
        return status;
    if (changes.count > 1)
        qsort(changes.items, changes.count, sizeof *changes.items, by_date);
    *out_units = units;
    *out_changes = changes;
    return STATUS_OK;
}
