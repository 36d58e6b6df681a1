/* Units are numbered by the pair of the unit above and the label. */
#include "service/people_units.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "entity/heading.h"
#include "base/banned.h"

const struct column *people_values(const struct people *people, const struct people_field *field)
{
    return field && field->values >= 0 ? &people->columns->column[field->values] : NULL;
}

const struct people_field *people_field_under(struct work *work, const struct people *people,
                                              struct slice heading)
{
    const char *wanted = heading_compared(work->arena, heading);
    for (size_t i = 0; i < people->field_count; i++) {
        const struct people_field *field = &people->fields[i];
        const char *own = heading_compared(work->arena, slice_of(field->column->heading));
        if (people_values(people, field) && strcmp(own, wanted) == 0)
            return field;
    }
    return NULL;
}

/* The field of a level: one of categories, or NULL. */
static const struct people_field *unit_under(struct work *work, const struct people *people,
                                             struct slice heading)
{
    const struct people_field *field = people_field_under(work, people, heading);
    const struct column *column = people_values(people, field);
    return column && column->kind == COLUMN_CATEGORY ? field : NULL;
}

static void name_units(struct arena *arena, const struct column *column,
                       const struct people_level *above, const struct dictionary *pairs,
                       struct people_level *level)
{
    level->count = dictionary_count(pairs);
    level->names = arena_array_of(arena, level->count + 1, const char *);
    level->paths = arena_array_of(arena, level->count + 1, const char *);
    assert(!above || above->paths); /* the level above was named before */
    for (uint32_t i = 0; i < level->count; i++) {
        uint32_t pair[2];
        memcpy(pair, dictionary_label(pairs, i).start, sizeof pair);
        struct slice label = column_label(column, pair[1]);
        level->names[i] = label.length > 0 ? slice_copy(arena, label) : "(blank)";
        level->paths[i] = above
                              ? arena_format(arena, "%s/%s", above->paths[pair[0]], level->names[i])
                              : level->names[i];
    }
}

/* Room for a number a person, in the arena: as wide as all units that there could be want. */
static struct column numbers_for(struct arena *arena, const struct column *column,
                                 const struct people_level *above, size_t rows)
{
    size_t most = column_label_count(column) * (above ? above->count : 1);
    most = most < rows ? most : rows;
    struct column numbers = { .kind = COLUMN_CATEGORY, .width = column_width_of_codes(most) };
    numbers.values.bytes = arena_take_raw(arena, (rows + 1) * (size_t)numbers.width);
    return numbers;
}

static enum status add_level(struct work *work, const struct people *people,
                             const struct people_field *field, struct people_hierarchy *hierarchy)
{
    if (hierarchy->depth == PEOPLE_MOST_LEVELS)
        return work_fail(work, STATUS_USAGE, "Units have %d levels at most.", PEOPLE_MOST_LEVELS);
    const struct column *column = people_values(people, field);
    const struct people_level *above = hierarchy->depth > 0
                                           ? &hierarchy->levels[hierarchy->depth - 1]
                                           : NULL;
    struct people_level *level = &hierarchy->levels[hierarchy->depth];
    struct dictionary *pairs = dictionary_new();
    size_t rows = (size_t)people->columns->rows;
    *level = (struct people_level){ .heading = field->column->heading };
    level->of_person = numbers_for(work->arena, column, above, rows);
    uint32_t last[2] = { UINT32_MAX, UINT32_MAX }, number = 0;
    size_t label_count = column_label_count(column);
    uint32_t *met = above ? NULL : arena_array_of(work->arena, label_count + 1, uint32_t);
    bool fits = true;
    for (size_t row = 0; row < rows && fits; row++) {
        uint32_t pair[2] = { above ? column_code(&above->of_person, (int64_t)row) : 0,
                             column_code(column, (int64_t)row) };
        if (met && met[pair[1]] > 0) {
            number = met[pair[1]] - 1; /* a label of the top level, as most are, was met before */
        } else if (pair[0] != last[0] || pair[1] != last[1]) {
            number = dictionary_add(pairs, (struct slice){ (const char *)pair, sizeof pair });
            fits = number < PEOPLE_MOST_UNITS;
        }
        if (met)
            met[pair[1]] = number + 1;
        memcpy(last, pair, sizeof last);
        if (fits)
            column_set_code(&level->of_person, (int64_t)row, number);
    }
    if (fits)
        name_units(work->arena, column, above, pairs, level);
    dictionary_free(pairs);
    hierarchy->depth++;
    return fits ? STATUS_OK
                : work_fail(work, STATUS_LIMIT, "There are more than %d units under \"%s\".",
                            PEOPLE_MOST_UNITS, field->column->heading);
}

static enum status find_found(struct work *work, const struct people *people,
                              struct people_hierarchy *hierarchy)
{
    enum status status = STATUS_OK;
    for (int depth = 0; depth < PEOPLE_MOST_LEVELS && status == STATUS_OK; depth++) {
        const struct people_field *field = people_unit_field(people, depth);
        const struct column *column = people_values(people, field);
        if (!column || column->kind != COLUMN_CATEGORY)
            break;
        status = add_level(work, people, field, hierarchy);
    }
    return status;
}

enum status people_units_find(struct work *work, const struct people *people, const char *headings,
                              struct people_hierarchy *out_hierarchy)
{
    struct slice rest = slice_of(headings), part;
    out_hierarchy->depth = 0;
    if (!headings)
        return find_found(work, people, out_hierarchy);
    const struct people_field *whole = unit_under(work, people, rest); /* a heading with a slash */
    if (whole)
        return add_level(work, people, whole, out_hierarchy);
    while (slice_split(&rest, '/', &part)) {
        const struct people_field *field = unit_under(work, people, slice_trim(part));
        if (!field)
            return work_fail(work, STATUS_USAGE,
                             "--unit %.80s: the file has no column of categories under \"%.*s\".",
                             headings, (int)part.length, part.start);
        enum status status = add_level(work, people, field, out_hierarchy);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

int people_units_compare(const char *left, const char *right)
{
    while (*left == *right && *left != '\0') {
        left++;
        right++;
    }
    int first = *left == '/' ? 1 : (unsigned char)*left;
    int second = *right == '/' ? 1 : (unsigned char)*right;
    return first - second;
}
