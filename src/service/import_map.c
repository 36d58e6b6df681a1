#include "service/import_map.h"

#include <string.h>

#include "base/arena.h"
#include "model/model.h"
#include "base/banned.h"

/* What rules/headings.csv says of columns that are no field. */
static const struct {
    const char *words;
    enum import_use use;
} meanings[] = {
    { "ignore", IMPORT_IGNORED },
    { "priority:need", IMPORT_PRIORITY },
    { "outcome:wording", IMPORT_OUTCOME },
    { "reference", IMPORT_REFERENCE },
    { "characteristics", IMPORT_CHARACTERISTICS },
};

static struct import_column column_of(struct arena *arena, const struct heading_rules *rules,
                                      const struct entity *entity, struct slice heading)
{
    struct import_column column = { .use = IMPORT_UNKNOWN,
                                    .heading = slice_copy(arena, slice_trim(heading)) };
    const char *meaning = heading_match(arena, rules, entity, heading);
    if (!meaning)
        return column;
    if ((column.field = entity_field(entity, meaning)) != NULL) {
        column.use = IMPORT_FIELD;
        if (column.field->form == FORM_REFERENCE)
            column.reference = model_entity(column.field->reference);
    } else if (slice_starts(slice_of(meaning), HEADING_CHARACTERISTIC)) {
        column.use = IMPORT_CHARACTERISTIC;
        column.characteristic = meaning + strlen(HEADING_CHARACTERISTIC);
    }
    for (size_t i = 0; column.use == IMPORT_UNKNOWN && i < ARRAY_COUNT(meanings); i++)
        if (strcmp(meaning, meanings[i].words) == 0)
            column.use = meanings[i].use;
    return column;
}

void import_map_row(struct arena *arena, const struct heading_rules *rules,
                    const struct entity *entity, const struct table_row *row,
                    struct import_map *out_map)
{
    memset(out_map, 0, sizeof *out_map);
    out_map->entity = entity;
    for (size_t i = 0; i < row->count && i < IMPORT_MOST_COLUMNS; i++) {
        struct import_column column = column_of(arena, rules, entity, row->cells[i]);
        if (column.use == IMPORT_FIELD && import_map_find(out_map, column.field))
            column.use = IMPORT_UNKNOWN;
        if (column.use != IMPORT_IGNORED && column.use != IMPORT_UNKNOWN)
            out_map->understood++;
        out_map->columns[out_map->count++] = column;
    }
    while (out_map->count > 0 && !out_map->columns[out_map->count - 1].heading[0])
        out_map->count--;
}

bool import_map_is_heading(const struct import_map *map)
{
    return map->understood >= 2 || (map->understood > 0 && map->understood == map->count);
}

const struct import_column *import_map_find(const struct import_map *map, const struct field *field)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->columns[i].use == IMPORT_FIELD && map->columns[i].field == field)
            return &map->columns[i];
    return NULL;
}
