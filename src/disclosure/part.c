#include "disclosure/part.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

struct part_maker part_maker_new(struct arena *arena, const struct relations *relations)
{
    size_t count = (size_t)relations->cell_count;
    struct part_maker maker = {
        relations,
        arena_take_raw(arena, count * sizeof(int32_t)),
        arena_array_of(arena, (size_t)relations->relation_count + 1, bool),
    };
    memset(maker.places, 0xff, count * sizeof(int32_t)); /* -1 */
    return maker;
}

/* Makes the maker as it was before these cells. */
static void forget(struct part_maker *maker, const int32_t *cells, int32_t count)
{
    const struct relations *relations = maker->relations;
    for (int32_t i = 0; i < count; i++) {
        maker->places[cells[i]] = -1;
        for (int64_t k = relations->cell_starts[cells[i]]; k < relations->cell_starts[cells[i] + 1];
             k++)
            maker->is_taken[relations->cell_relations[k]] = false;
    }
}

/* Adds one relation: the cells of the part by their numbers there, and a cell that holds the rest.
 */
static void add_relation(struct part *part, const struct part_maker *maker, int32_t relation)
{
    const struct relations *relations = maker->relations;
    struct relations *own = &part->relations;
    int64_t start = relations->starts[relation], at = own->starts[own->relation_count];
    int64_t others = 0;
    int32_t total = maker->places[relations->members[start]], rest = own->cell_count++;
    own->members[at++] = total >= 0 ? total : rest;
    for (int64_t i = start + 1; i < relations->starts[relation + 1]; i++) {
        int32_t cell = relations->members[i];
        if (maker->places[cell] >= 0)
            own->members[at++] = maker->places[cell];
        else
            others += relations->values[cell];
    }
    if (total >= 0)
        own->members[at++] = rest;
    own->values[rest] = total >= 0 ? others : relations->values[relations->members[start]] - others;
    own->starts[++own->relation_count] = at;
}

struct part part_of(struct part_maker *maker, struct arena *arena, const int32_t *cells,
                    int32_t count)
{
    const struct relations *relations = maker->relations;
    struct part part = { .count = count, .cells = cells };
    struct relations *own = &part.relations;
    int64_t most = 0;
    for (int32_t i = 0; i < count; i++) {
        maker->places[cells[i]] = i;
        most += relations->cell_starts[cells[i] + 1] - relations->cell_starts[cells[i]];
    }
    own->cell_count = count;
    own->values = arena_array_of(arena, (size_t)(count + most), int64_t);
    own->starts = arena_array_of(arena, (size_t)most + 1, int64_t);
    own->members = arena_array_of(arena, (size_t)most * 2, int32_t);
    for (int32_t i = 0; i < count; i++)
        own->values[i] = relations->values[cells[i]];
    for (int32_t i = 0; i < count; i++)
        for (int64_t k = relations->cell_starts[cells[i]]; k < relations->cell_starts[cells[i] + 1];
             k++) {
            int32_t relation = relations->cell_relations[k];
            if (!maker->is_taken[relation])
                add_relation(&part, maker, relation);
            maker->is_taken[relation] = true;
        }
    forget(maker, cells, count);
    relations_index(arena, own);
    return part;
}

int32_t part_gather(struct part_maker *maker, const bool *counts, int32_t *cells, int32_t count,
                    int32_t most)
{
    const struct relations *relations = maker->relations;
    for (int32_t i = 0; i < count; i++)
        maker->places[cells[i]] = i;
    for (int32_t from = 0; from < count && count < most; from++) {
        int32_t near = cells[from];
        for (int64_t k = relations->cell_starts[near]; k < relations->cell_starts[near + 1]; k++) {
            int32_t relation = relations->cell_relations[k];
            if (maker->is_taken[relation])
                continue;
            maker->is_taken[relation] = true;
            for (int64_t m = relations->starts[relation];
                 m < relations->starts[relation + 1] && count < most; m++) {
                int32_t other = relations->members[m];
                if (!counts[other] || maker->places[other] >= 0)
                    continue;
                maker->places[other] = count;
                cells[count++] = other;
            }
        }
    }
    forget(maker, cells, count);
    return count;
}
