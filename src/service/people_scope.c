#include "service/people_scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "entity/heading.h"
#include "service/permission.h"
#include "store/unit_store.h"
#include "base/banned.h"

#define PEOPLE_TOP_UNIT "unit-1"

/* The unit on record at the top of the path; INTEGER_MISSING for none. */
static int64_t unit_of(struct work *work, const struct list *units, const char *path)
{
    const char *wanted = heading_compared(work->arena, (struct slice){ path, strcspn(path, "/") });
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = units->items[i];
        if (strcmp(heading_compared(work->arena, slice_of(unit->name)), wanted) == 0 ||
            strcmp(heading_compared(work->arena, slice_of(unit->code)), wanted) == 0)
            return unit->id;
    }
    return INTEGER_MISSING;
}

/* The labels of the topmost units that somebody is in. */
static struct list labels_of(struct work *work, const struct columns *columns)
{
    struct list labels = { 0 };
    ptrdiff_t place = columns_find(columns, PEOPLE_TOP_UNIT);
    if (place < 0 || columns->column[place].kind != COLUMN_CATEGORY)
        return labels;
    const struct column *column = &columns->column[place];
    size_t count = column_label_count(column);
    bool *is_used = arena_array_of(work->arena, count + 1, bool);
    for (int64_t row = 0; row < columns->rows; row++)
        is_used[column_code(column, row)] = true;
    for (uint32_t i = 0; i < count; i++)
        if (is_used[i] && column_label(column, i).length > 0)
            list_add(work->arena, &labels, slice_copy(work->arena, column_label(column, i)));
    return labels;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

enum status people_scope_choose(struct work *work, const struct columns *columns, const char *asked,
                                struct people_scope *out_scope)
{
    struct people_scope scope = { .unit = asked };
    struct list units = { 0 }, changes = { 0 }, labels = labels_of(work, columns);
    enum status status = permission_allows(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING,
                                           &scope.is_whole);
    if (status == STATUS_OK)
        status = unit_store_load(work, &units, &changes);
    for (size_t i = 0; status == STATUS_OK && i < labels.count; i++) {
        bool allows = scope.is_whole;
        if (!allows)
            status = permission_allows(work, RIGHT_PEOPLE_COUNT,
                                       unit_of(work, &units, labels.items[i]), &allows);
        if (allows)
            list_add(work->arena, &scope.units, labels.items[i]);
    }
    if (status != STATUS_OK)
        return status;
    if (scope.units.count > 0)
        qsort(scope.units.items, scope.units.count, sizeof *scope.units.items, by_name);
    if (!asked && !scope.is_whole && scope.units.count > 0)
        scope.unit = scope.units.items[0];
    if (!scope.is_whole)
        status = permission_require(work, RIGHT_PEOPLE_COUNT,
                                    scope.unit ? unit_of(work, &units, scope.unit)
                                               : INTEGER_MISSING);
    if (status == STATUS_OK)
        *out_scope = scope;
    return status;
}
