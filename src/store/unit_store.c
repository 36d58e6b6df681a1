#include "store/unit_store.h"

#include <stdlib.h>
#include <string.h>

#include "store/entity_store.h"
#include "base/banned.h"

/* UNION, not UNION ALL: a unit that is its own ancestor ends the walk. */
static const char above_sql[] =
    "WITH RECURSIVE above (id, parent) AS (SELECT id, parent FROM unit WHERE id = $1 UNION "
    "SELECT u.id, u.parent FROM unit u JOIN above a ON u.id = a.parent) SELECT id FROM above";

const char *const unit_statements[] = { above_sql, NULL };

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

enum status unit_store_above(struct work *work, int64_t unit, int64_t out_units[UNIT_DEPTH_MOST],
                             size_t *out_count)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    size_t count = 0;
    enum status status = store_query(work, above_sql, PARAMETERS(parameter_integer(unit)), &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK)
        if (count < UNIT_DEPTH_MOST)
            out_units[count++] = cursor_integer(cursor, 0);
    if (status != STATUS_END)
        return status;
    *out_count = count;
    return STATUS_OK;
}
