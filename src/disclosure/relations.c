/* Builds and reads cells and relations; checks additivity and every limit. */
#include "disclosure/relations.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/plain.h"
#include "base/banned.h"

/* An array that grows by doubling; the last copy is the one that is used. */
struct growing {
    size_t count, room;
    void *items;
};

struct relations_builder {
    struct work *work;
    struct growing values;  /* int64_t */
    struct growing starts;  /* int64_t */
    struct growing members; /* int32_t */
    struct growing stamps;  /* int32_t: the last relation in which the cell stood, counted from 1 */
};

static void *grow(struct arena *arena, struct growing *growing, size_t size, size_t more)
{
    if (growing->count + more > growing->room) {
        size_t room = growing->room ? growing->room * 2 : 1024;
        if (room < growing->count + more)
            room = growing->count + more;
        void *items = arena_take_raw(arena, room * size);
        if (growing->count)
            memcpy(items, growing->items, growing->count * size);
        growing->items = items;
        growing->room = room;
    }
    void *place = (char *)growing->items + growing->count * size;
    growing->count += more;
    return place;
}

struct relations_builder *relations_builder_new(struct work *work)
{
    struct relations_builder *builder = arena_new_of(work->arena, struct relations_builder);
    builder->work = work;
    *(int64_t *)grow(work->arena, &builder->starts, sizeof(int64_t), 1) = 0;
    return builder;
}

enum status relations_add_cell(struct relations_builder *builder, int64_t value, int32_t *out_cell)
{
    struct arena *arena = builder->work->arena;
    if (builder->values.count == RELATIONS_MOST_CELLS)
        return work_fail(builder->work, STATUS_LIMIT,
                         "More than %d cells are too many to protect together; release fewer "
                         "tables at a time.",
                         RELATIONS_MOST_CELLS);
    assert(value >= 0 && value <= RELATIONS_MOST_VALUE);
    *out_cell = (int32_t)builder->values.count;
    *(int64_t *)grow(arena, &builder->values, sizeof(int64_t), 1) = value;
    *(int32_t *)grow(arena, &builder->stamps, sizeof(int32_t), 1) = 0;
    return STATUS_OK;
}

static enum status check_members(struct relations_builder *builder, const char *place, int64_t line,
                                 const int32_t *members, size_t count)
{
    struct work *work = builder->work;
    const int64_t *values = builder->values.items;
    int32_t *stamps = builder->stamps.items;
    int32_t stamp = (int32_t)builder->starts.count;
    int64_t left = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t cell = members[i];
        if (cell < 0 || (size_t)cell >= builder->values.count)
            return work_fail(work, STATUS_INPUT,
                             "%s, line %lld: a relation names cell %d, but the cells go from 0 to "
                             "%zu.",
                             place, (long long)line, cell, builder->values.count - 1);
        if (stamps[cell] == stamp)
            return work_fail(work, STATUS_INPUT,
                             "%s, line %lld: cell %d stands twice in one relation.", place,
                             (long long)line, cell);
        stamps[cell] = stamp;
        /* Members are fewer than 2^27 and values at most 2^53, so a partial sum may not fit. */
        if (__builtin_add_overflow(left, i ? -values[cell] : values[cell], &left))
            return work_fail(work, STATUS_LIMIT,
                             "%s, line %lld: the relation adds up to more than can be held.", place,
                             (long long)line);
    }
    if (left != 0)
        return work_fail(work, STATUS_INPUT,
                         "%s, line %lld: the relation does not add up; the total differs from its "
                         "parts by %lld.",
                         place, (long long)line, (long long)left);
    return STATUS_OK;
}

enum status relations_add(struct relations_builder *builder, const char *place, int64_t line,
                          const int32_t *members, size_t count)
{
    struct work *work = builder->work;
    if (count < 2)
        return work_fail(work, STATUS_INPUT,
                         "%s, line %lld: a relation needs a total and at least one part.", place,
                         (long long)line);
    if (builder->starts.count > RELATIONS_MOST_RELATIONS ||
        count > (size_t)RELATIONS_MOST_MEMBERS - builder->members.count)
        return work_fail(work, STATUS_LIMIT,
                         "More than %d relations or %d members of them are too many; release fewer "
                         "tables at a time.",
                         RELATIONS_MOST_RELATIONS, RELATIONS_MOST_MEMBERS);
    enum status status = check_members(builder, place, line, members, count);
    if (status != STATUS_OK)
        return status;
    memcpy(grow(work->arena, &builder->members, sizeof(int32_t), count), members,
           count * sizeof *members);
    *(int64_t *)grow(work->arena, &builder->starts, sizeof(int64_t),
                     1) = (int64_t)builder->members.count;
    return STATUS_OK;
}

void relations_index(struct arena *arena, struct relations *relations)
{
    int64_t count = relations->starts[relations->relation_count];
    relations->cell_starts = arena_array_of(arena, (size_t)relations->cell_count + 1, int64_t);
    relations->cell_relations = arena_take_raw(arena, (size_t)count * sizeof(int32_t));
    for (int64_t i = 0; i < count; i++)
        relations->cell_starts[relations->members[i] + 1]++;
    for (int32_t c = 0; c < relations->cell_count; c++)
        relations->cell_starts[c + 1] += relations->cell_starts[c];
    int64_t *next = arena_take_raw(arena, (size_t)relations->cell_count * sizeof *next);
    memcpy(next, relations->cell_starts, (size_t)relations->cell_count * sizeof *next);
    for (int32_t r = 0; r < relations->relation_count; r++)
        for (int64_t i = relations->starts[r]; i < relations->starts[r + 1]; i++)
            relations->cell_relations[next[relations->members[i]]++] = r;
}

struct relations *relations_finish(struct relations_builder *builder)
{
    struct relations *relations = arena_new_of(builder->work->arena, struct relations);
    *relations = (struct relations){
        .cell_count = (int32_t)builder->values.count,
        .relation_count = (int32_t)builder->starts.count - 1,
        .values = builder->values.items,
        .starts = builder->starts.items,
        .members = builder->members.items,
    };
    relations_index(builder->work->arena, relations);
    return relations;
}

/* ---- the plain form ---- */

static enum status read_cells(struct plain_file *plain, struct relations_builder *builder,
                              int64_t count)
{
    enum status status = STATUS_OK;
    for (int64_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t value = 0;
        int32_t cell = 0;
        status = plain_number(plain, "the value of a cell", RELATIONS_MOST_VALUE, &value);
        if (status == STATUS_OK)
            status = relations_add_cell(builder, value, &cell);
    }
    return status;
}

static enum status read_relation(struct plain_file *plain, struct relations_builder *builder,
                                 struct growing *members)
{
    int64_t count = 0, cell = 0;
    enum status status = plain_number(plain, "the number of cells in a relation",
                                      RELATIONS_MOST_CELLS, &count);
    const int64_t line = plain->line;
    members->count = 0;
    for (int64_t i = 0; i < count && status == STATUS_OK; i++) {
        status = plain_number(plain, "the number of a cell", INT32_MAX, &cell);
        if (status == STATUS_OK)
            *(int32_t *)grow(plain->work->arena, members, sizeof(int32_t), 1) = (int32_t)cell;
    }
    if (status != STATUS_OK)
        return status;
    return relations_add(builder, plain->name, line, members->items, members->count);
}

enum status relations_read_plain(struct work *work, const char *name, struct slice bytes,
                                 struct relations **out_relations)
{
    struct plain_file plain = plain_open(work, name, bytes);
    struct relations_builder *builder = relations_builder_new(work);
    struct growing members = { 0 };
    int64_t cells = 0, relations = 0;
    enum status status = plain_number(&plain, "the number of cells", RELATIONS_MOST_CELLS, &cells);
    if (status == STATUS_OK)
        status = plain_number(&plain, "the number of relations", RELATIONS_MOST_RELATIONS,
                              &relations);
    if (status == STATUS_OK && cells == 0)
        status = work_fail(work, STATUS_INPUT, "%s holds no cells.", name);
    if (status == STATUS_OK)
        status = read_cells(&plain, builder, cells);
    for (int64_t i = 0; i < relations && status == STATUS_OK; i++)
        status = read_relation(&plain, builder, &members);
    if (status != STATUS_OK)
        return status;
    if (!plain_is_over(&plain))
        return work_fail(work, STATUS_INPUT,
                         "%s, line %lld: there is more than the %lld relations that the first line "
                         "promises.",
                         name, (long long)plain.line, (long long)relations);
    *out_relations = relations_finish(builder);
    return STATUS_OK;
}
