#include "service/related.h"

#include <stdlib.h>

#include "base/banned.h"

static int64_t key(const struct related *related, size_t i)
{
    return field_integer(related->by, related->rows.items[i]);
}

static int compare(const void *a, const void *b, void *context)
{
    const struct field *by = context;
    const void *left = *(void *const *)a, *right = *(void *const *)b;
    int64_t x = field_integer(by, left), y = field_integer(by, right);
    if (x == y) { /* the first member of every row is its id */
        x = *(const int64_t *)left;
        y = *(const int64_t *)right;
    }
    return (x > y) - (x < y);
}

struct related related_by(const struct entity *entity, struct list rows, const char *by)
{
    struct related related = { .rows = rows, .by = entity_field(entity, by) };
    assert(related.by);
    if (rows.count > 1)
        qsort_r(rows.items, rows.count, sizeof *rows.items, compare, (void *)(uintptr_t)related.by);
    return related;
}

void related_find(struct related *related, int64_t id)
{
    size_t low = 0, high = related->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key(related, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    related->from = related->to = low;
    while (related->to < related->rows.count && key(related, related->to) == id)
        related->to++;
}

const void *related_get(const struct list *rows, const struct entity *entity, int64_t id)
{
    const struct field *field = &entity->fields[0];
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t found = field_integer(field, rows->items[middle]);
        if (found == id)
            return rows->items[middle];
        if (found < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
