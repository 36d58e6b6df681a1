/* Counts of a sealed snapshot by a list of tables: labels are the codes of the lists, and what
 * stands for an answer that is none. */
#include <string.h>

#include "base/arena.h"
#include "service/file_cube_parts.h"
#include "service/permission.h"
#include "service/sealed_people.h"
#include "base/banned.h"

/* The column that has a field's values, or what was written where nothing was made of it. */
static const char *column_name(const struct people *people, const struct people_field *field)
{
    ptrdiff_t place = field->values >= 0 ? field->values : field->written;
    return place >= 0 ? people->columns->column[place].name : NULL;
}

/* All levels of the units, or one field by its role's code or its heading. */
static const char *find_columns(struct work *work, const struct people *people, struct slice name)
{
    const char *found = NULL;
    if (slice_is(name, people_roles[PEOPLE_UNIT].code)) {
        for (int level = 0; level < CUBE_MOST_LEVELS; level++) {
            const struct people_field *field = people_unit_field(people, level);
            const char *column = field ? column_name(people, field) : NULL;
            if (column)
                found = found ? arena_format(work->arena, "%s/%s", found, column) : column;
        }
        return found;
    }
    for (size_t i = 0; i < people->field_count && !found; i++) {
        const struct people_field *field = &people->fields[i];
        const struct slice heading = slice_of(field->column->heading);
        if (columns_find_heading(&heading, 1, name) == 0)
            found = column_name(people, field);
    }
    return found ? found : slice_copy(work->arena, name); /* a column's own name, or unknown */
}

static const char *columns_of(struct counting *counting, const struct people *people,
                              const char *variable)
{
    struct work *work = counting->work;
    struct slice words = slice_of(variable), level;
    (void)file_cube_find_choice(counting->request, words, &words);
    const char *joined = NULL;
    for (struct slice rest = words; slice_split(&rest, '/', &level);) {
        const char *column = find_columns(work, people, slice_trim(level));
        joined = joined && column ? arena_format(work->arena, "%s/%s", joined, column) : column;
    }
    return joined ? joined : variable;
}

enum status snapshot_cube_count(struct counting *counting, struct file_cube *cube)
{
    struct work *work = counting->work;
    struct people_labels labels;
    struct sealed_people sealed = { .snapshot = NULL };
    struct snapshot_table *tables = arena_array_of(work->arena, cube->list.count,
                                                   struct snapshot_table);
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = people_labels_read(work, &labels);
    if (status == STATUS_OK)
        status = sealed_people_open(work, &labels.lists, counting->request->snapshot, NULL,
                                    &sealed);
    if (status != STATUS_OK)
        return status;
    cube->snapshot = sealed.snapshot;
    for (size_t i = 0; i < cube->list.count; i++) {
        const struct listed_table *listed = &cube->list.tables[i];
        tables[i] = (struct snapshot_table){ .name = listed->name,
                                             .variable_count = listed->variable_count,
                                             .with_margins = listed->with_margins };
        for (size_t k = 0; k < listed->variable_count; k++)
            tables[i].variables[k] = columns_of(counting, &sealed.people, listed->variables[k]);
    }
    return snapshot_people_count(work, sealed.snapshot, tables, cube->list.count, &cube->cube);
}
