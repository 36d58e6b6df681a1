/* From published figures to cells and equations. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "attack/published.h"
#include "base/arena.h"
#include "base/banned.h"

/* What a cell counts, without the table that shows it. */
struct key {
    int32_t population, period, category_count;
    struct category categories[PUBLISHED_MOST_VARIABLES];
};

struct maker {
    struct work *work;
    struct arena *arena; /* of what is needed only while the puzzle is made */
    struct published *published;
    struct puzzle_builder builder;
    struct published_meaning *meanings;
    size_t meaning_room;
    int32_t overlapping;
    int32_t *places; /* cell + 1 of the puzzle by hash of its key, or 0 */
    struct key *keys;
    size_t place_count;
};

static struct key key_of(const struct published_cell *cell)
{
    struct key key = { cell->population, cell->period, cell->category_count, { { 0, 0 } } };
    memcpy(key.categories, cell->categories,
           (size_t)cell->category_count * sizeof *cell->categories);
    return key;
}

static uint64_t mix(uint64_t hash, int32_t value)
{
    hash = (hash ^ (uint64_t)(uint32_t)value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static size_t key_place(const struct maker *maker, const struct key *key)
{
    uint64_t hash = mix(mix(7, key->population), key->period);
    for (int32_t i = 0; i < key->category_count; i++)
        hash = mix(mix(hash, key->categories[i].variable), key->categories[i].label);
    size_t at = hash & (maker->place_count - 1);
    while (maker->places[at] && memcmp(&maker->keys[maker->places[at] - 1], key, sizeof *key) != 0)
        at = (at + 1) & (maker->place_count - 1);
    return at;
}

/* The puzzle's cell for a key, or -1. */
static int32_t find_cell(const struct maker *maker, const struct key *key)
{
    return maker->places[key_place(maker, key)] - 1;
}

/* More places than cells, always at least twice as many. */
static void keys_grow(struct maker *maker)
{
    size_t count = maker->builder.cell_count;
    if (maker->places && 2 * (count + 1) <= maker->place_count)
        return;
    maker->place_count = maker->place_count ? 2 * maker->place_count : 1024;
    struct key *keys = arena_take_raw(maker->arena, maker->place_count / 2 * sizeof *keys);
    if (count > 0 && maker->keys)
        memcpy(keys, maker->keys, count * sizeof *keys);
    maker->keys = keys;
    maker->places = arena_array_of(maker->arena, maker->place_count, int32_t);
    for (size_t c = 0; c < count; c++)
        maker->places[key_place(maker, &keys[c])] = (int32_t)c + 1;
}

static void note_meaning(struct maker *maker, const struct published_cell *cell, bool is_difference)
{
    size_t at = maker->builder.cell_count - 1;
    if (at == maker->meaning_room || !maker->meanings) {
        size_t room = at ? 2 * at : 256;
        struct published_meaning *larger = arena_take_raw(maker->work->arena,
                                                          room * sizeof *larger);
        if (at)
            /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
            memcpy(larger, maker->meanings, at * sizeof *larger);
        maker->meanings = larger;
        maker->meaning_room = room;
    }
    maker->meanings[at] = (struct published_meaning){ cell, is_difference };
}

static enum status add_cell(struct maker *maker, const struct key *key,
                            const struct published_cell *cell, int32_t *out_cell)
{
    keys_grow(maker);
    size_t at = key_place(maker, key);
    enum status status = puzzle_add_cell(maker->work, &maker->builder, cell->state, cell->least,
                                         cell->most);
    if (status != STATUS_OK)
        return status;
    *out_cell = (int32_t)maker->builder.cell_count - 1;
    maker->keys[*out_cell] = *key;
    maker->places[at] = *out_cell + 1;
    note_meaning(maker, cell, false);
    return STATUS_OK;
}

/* One thing shown twice: the reader knows what both say. Where one shows it, it is not hidden. */
static enum status meet_cell(struct maker *maker, const struct published_cell *cell, int32_t other)
{
    struct puzzle_builder *builder = &maker->builder;
    if (cell->least > builder->least[other])
        builder->least[other] = cell->least;
    if (cell->most < builder->most[other])
        builder->most[other] = cell->most;
    if (cell->state < (enum cell_state)builder->state[other]) {
        builder->state[other] = (unsigned char)cell->state;
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        maker->meanings[other].cell = cell; /* the one that says most */
    }
    if (builder->least[other] <= builder->most[other])
        return STATUS_OK;
    return work_fail(maker->work, STATUS_INPUT,
                     "The tables show different figures for one count (%s); correct one of them.",
                     published_name(maker->published, maker->work->arena, cell));
}

static enum status add_cells(struct maker *maker)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < maker->published->cell_count; i++) {
        struct published_cell *cell = &maker->published->cells[i];
        struct key key = key_of(cell);
        keys_grow(maker);
        cell->cell = find_cell(maker, &key);
        status = cell->cell < 0 ? add_cell(maker, &key, cell, &cell->cell)
                                : meet_cell(maker, cell, cell->cell);
    }
    return status;
}

/* A cell as part of a total over one of its variables. */
struct part {
    int32_t table, variable, total, cell, label;
};

static int by_group(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    if (x->variable != y->variable)
        return x->variable < y->variable ? -1 : 1;
    if (x->total != y->total)
        return x->total < y->total ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static bool is_same_group(const struct part *a, const struct part *b)
{
    return a->table == b->table && a->variable == b->variable && a->total == b->total;
}

static struct key key_without(const struct key *key, int32_t place)
{
    struct key rest = { key->population, key->period, 0, { { 0, 0 } } };
    for (int32_t i = 0; i < key->category_count; i++)
        if (i != place)
            rest.categories[rest.category_count++] = key->categories[i];
    return rest;
}

static struct part *list_parts(const struct maker *maker, size_t *out_count)
{
    const struct published *published = maker->published;
    size_t room = 1, count = 0;
    for (size_t i = 0; i < published->cell_count; i++)
        room += (size_t)published->cells[i].category_count;
    struct part *parts = arena_take_raw(maker->arena, room * sizeof *parts);
    for (size_t i = 0; i < published->cell_count; i++) {
        const struct published_cell *cell = &published->cells[i];
        struct key key = key_of(cell);
        for (int32_t j = 0; j < cell->category_count; j++) {
            struct key rest = key_without(&key, j);
            int32_t total = find_cell(maker, &rest);
            if (total >= 0)
                parts[count++] = (struct part){ cell->table, cell->categories[j].variable, total,
                                                cell->cell, cell->categories[j].label };
        }
    }
    qsort(parts, count, sizeof *parts, by_group);
    *out_count = count;
    return parts;
}

static int by_label(const void *a, const void *b)
{
    int32_t x = ((const struct part *)a)->label, y = ((const struct part *)b)->label;
    return (x > y) - (x < y);
}

/* All labels that a variable has in a table. */
static size_t label_count(struct arena *arena, const struct part *parts, size_t from, size_t to)
{
    struct part *sorted = arena_take_raw(arena, (to - from) * sizeof *sorted);
    size_t count = 0;
    memcpy(sorted, parts + from, (to - from) * sizeof *sorted);
    qsort(sorted, to - from, sizeof *sorted, by_label);
    for (size_t i = 0; i < to - from; i++)
        count += i == 0 || sorted[i].label != sorted[i - 1].label;
    return count;
}

static enum status add_equation(struct maker *maker, const struct part *parts, size_t count,
                                bool has_rest)
{
    static const struct published_cell rest = {
        .population = -1, .period = -1, .state = CELL_UNPUBLISHED, .most = PUZZLE_UNBOUNDED
    };
    enum status status = puzzle_add_equation(maker->work, &maker->builder);
    if (status == STATUS_OK)
        status = puzzle_add_entry(maker->work, &maker->builder, parts[0].total, -1);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (i == 0 || parts[i].cell != parts[i - 1].cell)
            status = puzzle_add_entry(maker->work, &maker->builder, parts[i].cell, 1);
    if (status != STATUS_OK || !has_rest)
        return status;
    /* Rows that are not there: together a count of which nothing is known. */
    struct key key = { -2, (int32_t)maker->builder.cell_count, 0, { { 0, 0 } } };
    int32_t cell = -1;
    status = add_cell(maker, &key, &rest, &cell);
    return status == STATUS_OK ? puzzle_add_entry(maker->work, &maker->builder, cell, 1) : status;
}

/* The parts of one total by one variable in one table: parts [first, first + count). */
struct group {
    size_t first, count;
};

struct groups {
    const struct part *parts;
    struct group *items;
    size_t count;
    bool *is_dropped; /* by the place of the first part */
};

static int by_total(const void *a, const void *b, void *user)
{
    const struct group *x = a, *y = b;
    const struct part *parts = user, *p = &parts[x->first], *q = &parts[y->first];
    if (p->variable != q->variable)
        return p->variable < q->variable ? -1 : 1;
    if (p->total != q->total)
        return p->total < q->total ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* Every cell of `small` is in `large`; both are sorted. */
static bool is_within(const struct part *parts, struct group small, struct group large)
{
    size_t at = large.first, end = large.first + large.count;
    for (size_t i = small.first; i < small.first + small.count; i++) {
        while (at < end && parts[at].cell < parts[i].cell)
            at++;
        if (at == end || parts[at].cell != parts[i].cell)
            return false;
    }
    return true;
}

/* True when the parts could add up to their total; a table that shows but some of them does not. */
static bool can_add_up(struct maker *maker, const struct part *parts, size_t count)
{
    const struct puzzle_builder *builder = &maker->builder;
    int64_t least = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        least += builder->least[parts[i].cell];
        most += builder->most[parts[i].cell];
    }
    if (least > builder->most[parts[0].total])
        maker->overlapping = parts[0].variable;
    return least <= builder->most[parts[0].total] && most >= builder->least[parts[0].total];
}

/* Drops what another table says more wholly: an answer to one question shows some of the parts that
 * a table shows all of. */
static struct groups find_groups(struct maker *maker, struct part *parts, size_t count)
{
    struct groups groups = { .parts = parts,
                             .items = arena_array_of(maker->arena, count + 1, struct group),
                             .is_dropped = arena_array_of(maker->arena, count + 1, bool) };
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && is_same_group(&parts[i], &parts[end]))
            end++;
        groups.items[groups.count++] = (struct group){ i, end - i };
        groups.is_dropped[i] = !can_add_up(maker, parts + i, end - i);
        i = end;
    }
    struct group *sorted = arena_array_of(maker->arena, groups.count + 1, struct group);
    memcpy(sorted, groups.items, groups.count * sizeof *sorted);
    qsort_r(sorted, groups.count, sizeof *sorted, by_total, parts);
    for (size_t i = 0, largest = 0; i < groups.count; i++) {
        const struct part *own = &parts[sorted[i].first], *other = &parts[sorted[largest].first];
        if (own->variable != other->variable || own->total != other->total)
            largest = i;
        else if (i != largest && is_within(parts, sorted[i], sorted[largest]))
            groups.is_dropped[sorted[i].first] = true;
    }
    return groups;
}

/* The equations of one variable in one table: groups [from, to). */
static enum status add_variable(struct maker *maker, const struct groups *groups, size_t from,
                                size_t to)
{
    enum status status = STATUS_OK;
    const struct group *first = &groups->items[from], *last = &groups->items[to - 1];
    size_t most = 0;
    for (size_t i = from; i < to; i++)
        most = groups->items[i].count > most ? groups->items[i].count : most;
    /* A variable that lies within another (teams in departments) splits no total into all labels.
     */
    bool is_nested = most < label_count(maker->arena, groups->parts, first->first,
                                        last->first + last->count);
    for (size_t i = from; status == STATUS_OK && i < to; i++) {
        struct group group = groups->items[i];
        bool has_rest = !is_nested && group.count < most && maker->published->omits_zeros;
        if (!groups->is_dropped[group.first])
            status = add_equation(maker, groups->parts + group.first, group.count, has_rest);
    }
    return status;
}

static enum status add_equations(struct maker *maker)
{
    size_t count = 0;
    struct part *parts = list_parts(maker, &count);
    struct groups groups = find_groups(maker, parts, count);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < groups.count;) {
        const struct part *own = &parts[groups.items[i].first];
        size_t end = i + 1;
        while (end < groups.count && parts[groups.items[end].first].table == own->table &&
               parts[groups.items[end].first].variable == own->variable)
            end++;
        status = add_variable(maker, &groups, i, end);
        i = end;
    }
    return status;
}

static int by_outer(const void *a, const void *b)
{
    const struct published_nesting *x = a, *y = b;
    const int32_t xs[] = { x->outer.variable, x->outer.label, x->inner.variable, x->inner.label };
    const int32_t ys[] = { y->outer.variable, y->outer.label, y->inner.variable, y->inner.label };
    for (size_t i = 0; i < sizeof xs / sizeof *xs; i++)
        if (xs[i] != ys[i])
            return xs[i] < ys[i] ? -1 : 1;
    return 0;
}

/* The same key with one category for another. */
static struct key key_with(const struct key *key, int32_t place, struct category category)
{
    struct key other = key_without(key, place);
    int32_t at = other.category_count++;
    for (; at > 0 && other.categories[at - 1].variable > category.variable; at--)
        other.categories[at] = other.categories[at - 1];
    other.categories[at] = category;
    return other;
}

/* What is counted of a group is the sum of what is counted of the labels within it. */
static enum status add_group(struct maker *maker, int32_t cell, int32_t place,
                             const struct published_nesting *inner, size_t count)
{
    const struct key key = maker->keys[cell];
    struct part *parts = arena_take_raw(maker->arena, (count + 1) * sizeof *parts);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct key other = key_with(&key, place, inner[i].inner);
        int32_t part = find_cell(maker, &other);
        if (part >= 0)
            parts[found++] = (struct part){ -1, inner[i].inner.variable, cell, part,
                                            inner[i].inner.label };
    }
    bool has_rest = found < count && maker->published->omits_zeros;
    if (found == 0 || !can_add_up(maker, parts, found))
        return STATUS_OK;
    return add_equation(maker, parts, found, has_rest);
}

/* The nestings are sorted: those of one group beside each other, by the variable of its labels. */
static enum status add_groups_of(struct maker *maker, const struct published_nesting *nestings,
                                 size_t nesting_count, int32_t cell)
{
    enum status status = STATUS_OK;
    assert(maker->keys); /* there is a cell, so add_cells made them */
    for (int32_t place = 0; status == STATUS_OK && place < maker->keys[cell].category_count;
         place++) {
        struct category own = maker->keys[cell].categories[place];
        size_t low = 0, high = nesting_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            const struct category *outer = &nestings[middle].outer;
            if (outer->variable < own.variable ||
                (outer->variable == own.variable && outer->label < own.label))
                low = middle + 1;
            else
                high = middle;
        }
        while (status == STATUS_OK && low < nesting_count &&
               memcmp(&nestings[low].outer, &own, sizeof own) == 0) {
            size_t end = low + 1;
            while (end < nesting_count && memcmp(&nestings[end].outer, &own, sizeof own) == 0 &&
                   nestings[end].inner.variable == nestings[low].inner.variable)
                end++;
            status = add_group(maker, cell, place, nestings + low, end - low);
            low = end;
        }
    }
    return status;
}

static int by_inner(const void *a, const void *b)
{
    const struct published_nesting *x = a, *y = b;
    const int32_t xs[] = { x->outer.variable, x->inner.variable, x->inner.label, x->outer.label };
    const int32_t ys[] = { y->outer.variable, y->inner.variable, y->inner.label, y->outer.label };
    for (size_t i = 0; i < sizeof xs / sizeof *xs; i++)
        if (xs[i] != ys[i])
            return xs[i] < ys[i] ? -1 : 1;
    return 0;
}

/* Two columns of groups need not lie within each other: those of which a label lies in two groups
 * of the other column say nothing, and are dropped; so is what is said twice. */
static size_t tidy_nestings(struct published_nesting *nestings, size_t count)
{
    size_t kept = 0;
    qsort(nestings, count, sizeof *nestings, by_inner);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        bool is_split = false;
        for (; end < count && nestings[end].outer.variable == nestings[i].outer.variable &&
               nestings[end].inner.variable == nestings[i].inner.variable;
             end++)
            is_split = is_split ||
                       (end > i && nestings[end].inner.label == nestings[end - 1].inner.label &&
                        nestings[end].outer.label != nestings[end - 1].outer.label);
        if (!is_split) {
            memmove(nestings + kept, nestings + i, (end - i) * sizeof *nestings);
            kept += end - i;
        }
        i = end;
    }
    count = kept;
    kept = 0;
    qsort(nestings, count, sizeof *nestings, by_outer);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_outer(&nestings[i], &nestings[i - 1]) != 0)
            nestings[kept++] = nestings[i];
    return kept;
}

static enum status add_nestings(struct maker *maker)
{
    size_t cells = maker->builder.cell_count, count = maker->published->nesting_count;
    enum status status = STATUS_OK;
    if (count == 0)
        return STATUS_OK;
    struct published_nesting *nestings = arena_take_raw(maker->arena, count * sizeof *nestings);
    memcpy(nestings, maker->published->nestings, count * sizeof *nestings);
    count = tidy_nestings(nestings, count);
    for (size_t c = 0; status == STATUS_OK && c < cells; c++)
        status = add_groups_of(maker, nestings, count, (int32_t)c);
    return status;
}

/* A cell for people who are counted here and not there: like another, but of `population` and
 * `period`, which are words. */
static enum status add_difference(struct maker *maker, const struct key *key,
                                  const struct published_cell *like, int64_t most,
                                  int32_t *out_cell)
{
    struct published_cell *cell = arena_new_of(maker->work->arena, struct published_cell);
    *cell = *like;
    cell->table = cell->table_name = cell->shown = -1;
    cell->least = 0;
    cell->most = most;
    enum status status = add_cell(maker, key, cell, out_cell);
    if (status == STATUS_OK)
        maker->meanings[*out_cell].is_difference = true;
    return status;
}

/* whole = part + part - part …, for each thing that is counted of the whole. A part that nobody has
 * published is a cell too: what people could find out about it. */
static enum status add_whole(struct maker *maker, const struct population_part *parts, size_t count)
{
    enum status status = STATUS_OK;
    size_t cells = maker->builder.cell_count;
    for (size_t c = 0; status == STATUS_OK && c < cells; c++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        struct key key = maker->keys[c];
        const struct published_cell *like = maker->meanings[c].cell;
        if (key.population != parts[0].whole)
            continue;
        status = puzzle_add_equation(maker->work, &maker->builder);
        if (status == STATUS_OK)
            status = puzzle_add_entry(maker->work, &maker->builder, (int32_t)c, -1);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            struct published_cell other = *like;
            key.population = other.population = parts[i].part;
            other.state = CELL_DIFFERENCE;
            int32_t cell = find_cell(maker, &key);
            if (cell < 0)
                status = add_difference(maker, &key, &other, PUZZLE_UNBOUNDED, &cell);
            if (status == STATUS_OK)
                status = puzzle_add_entry(maker->work, &maker->builder, cell, parts[i].sign);
        }
    }
    return status;
}

/* later = earlier + joined, or earlier - left, for each thing that is counted in both. */
static enum status add_pair(struct maker *maker, const struct period_pair *pair)
{
    enum status status = STATUS_OK;
    const char *said = arena_format(maker->arena, "people who %s between %s and %s",
                                    pair->sign > 0 ? "joined" : "left",
                                    published_word_of(maker->published, pair->earlier),
                                    published_word_of(maker->published, pair->later));
    int32_t words = published_word(maker->published, slice_of(said));
    size_t cells = maker->builder.cell_count;
    for (size_t c = 0; status == STATUS_OK && c < cells; c++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        struct key key = maker->keys[c], change;
        struct published_cell moving = *maker->meanings[c].cell;
        int32_t moved = -1;
        if (key.population != pair->population || key.period != pair->later)
            continue;
        key.period = pair->earlier;
        int32_t earlier = find_cell(maker, &key);
        if (earlier < 0)
            continue;
        change = key;
        change.population = -3 - pair->later; /* a key of its own */
        moving.period = words;
        /* How many moved in all is no secret; who they are is. */
        moving.state = key.category_count == 0 ? CELL_UNPUBLISHED : CELL_DIFFERENCE;
        status = add_difference(maker, &change, &moving, pair->most, &moved);
        if (status == STATUS_OK)
            status = puzzle_add_equation(maker->work, &maker->builder);
        if (status == STATUS_OK)
            status = puzzle_add_entry(maker->work, &maker->builder, (int32_t)c, -1);
        if (status == STATUS_OK)
            status = puzzle_add_entry(maker->work, &maker->builder, earlier, 1);
        if (status == STATUS_OK)
            status = puzzle_add_entry(maker->work, &maker->builder, moved, pair->sign);
    }
    return status;
}

enum status published_as_puzzle(struct work *work, struct published *published,
                                const struct published_links *links,
                                struct published_puzzle *out_puzzle)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct maker maker = { .work = work,
                           .arena = arena,
                           .published = published,
                           .builder = puzzle_builder_new(work->arena),
                           .overlapping = -1 };
    enum status status = add_cells(&maker);
    if (status == STATUS_OK)
        status = add_equations(&maker);
    if (status == STATUS_OK)
        status = add_nestings(&maker);
    for (size_t i = 0; status == STATUS_OK && links && i < links->part_count;) {
        size_t end = i + 1;
        while (end < links->part_count && links->parts[end].whole == links->parts[i].whole)
            end++;
        status = add_whole(&maker, links->parts + i, end - i);
        i = end;
    }
    for (size_t i = 0; status == STATUS_OK && links && i < links->pair_count; i++)
        status = add_pair(&maker, &links->pairs[i]);
    if (status != STATUS_OK)
        return status;
    out_puzzle->puzzle = puzzle_of(&maker.builder);
    out_puzzle->meanings = maker.meanings;
    out_puzzle->overlapping = maker.overlapping;
    return STATUS_OK;
}
