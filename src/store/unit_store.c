#include "store/unit_store.h"

#include <stdlib.h>
#include <string.h>

#include "store/entity_store.h"
#include "base/banned.h"

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
    enum status status = entity_store_list(work, &unit_entity, 0, &units);
    if (status == STATUS_OK)
        status = entity_store_list(work, &unit_change_entity, 0, &changes);
    if (status != STATUS_OK)
        return status;
    if (changes.count > 1)
        qsort(changes.items, changes.count, sizeof *changes.items, by_date);
    *out_units = units;
    *out_changes = changes;
    return STATUS_OK;
}
