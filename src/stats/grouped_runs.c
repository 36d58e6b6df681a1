/* Where rows stand in the order of their units, as in a sealed snapshot, a unit's people are made
 * into a list, sorted and measured while they are in the nearest cache, and the list is then used
 * for the next unit. Everybody's measures come from how many people of each label have each amount,
 * which is counted on the way: the list of all people never stands in memory, nor is it sorted.
 * Only where the amounts are far more than the people (a bonus that few get) the lists are kept and
 * sorted once more. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"
#include "stats/grouped_parts.h"
#include "base/banned.h"

/* The rows of a unit. */
struct run {
    int64_t start, end;
};

struct thread_room {
    struct region items, scratch;
    struct region counts; /* for each key the people of each label, group after group */
    struct region kept;   /* instead of counts: the lists of the units */
    size_t kept_count;
};

struct running {
    struct grouping *grouping;
    const struct column *amount;
    struct run *runs; /* by leaf */
    size_t leaf_count, key_count, label_count;
    bool is_counted;                     /* by amount and label; else the lists are kept */
    size_t offsets[GROUPED_MOST_GROUPS]; /* of each group's labels among those of a key */
    struct thread_room rooms[THREADS_MOST];
    atomic_size_t next_leaf;
};

/* ---- whether it can be done so ---- */

/* Finds the run of each leaf; false when the rows of one stand in more than one place. */
static bool find_runs(struct running *running, int64_t rows)
{
    const struct cube_vector *unit = running->grouping->unit;
    for (int64_t row = 0; row < rows;) {
        int64_t end = cube_run_end(unit, row, rows);
        struct run *run = &running->runs[unit->leaves[cube_code(unit, row)]];
        if (run->end > 0)
            return false;
        *run = (struct run){ row, end };
        row = end;
    }
    return true;
}

/* The counts of a thread take no more room than half of everybody's list would. */
static bool counts_are_small(const struct running *running)
{
    size_t cells = 0;
    size_t list = running->grouping->item_count * sizeof(uint64_t);
    return !__builtin_mul_overflow(running->key_count, running->label_count, &cells) &&
           cells <= list / 2 / sizeof(uint32_t);
}

/* ---- a unit ---- */

/* The people of a run as items, counted by amount and label on the way where that is wanted. */
static size_t make_items(const struct running *running, struct thread_room *room, struct run run)
{
    const struct grouping *grouping = running->grouping;
    size_t group_count = grouping->request->group_count, count = 0;
    uint64_t *items = room->items.bytes;
    uint32_t *counts = room->counts.bytes;
    for (int64_t row = run.start; row < run.end; row++) {
        int64_t value = column_decimal(running->amount, row);
        if (value == INTEGER_MISSING)
            continue;
        uint64_t key = (uint64_t)(value - grouping->least), item = key << ITEM_SHIFT;
        uint32_t *of_key = counts ? counts + key * running->label_count : NULL;
        for (size_t i = 0; i < group_count; i++) {
            uint32_t code = cube_code(grouping->groups[i].vector, row);
            item |= (uint64_t)code << grouping->groups[i].shift;
            if (of_key)
                of_key[running->offsets[i] + code]++;
        }
        items[count++] = item;
    }
    return count;
}

static void measure_leaf(const struct running *running, struct thread_room *room, size_t leaf)
{
    struct run run = running->runs[leaf];
    size_t rows = (size_t)(run.end - run.start);
    region_reach(&room->items, rows * sizeof(uint64_t));
    region_reach(&room->scratch, rows * sizeof(uint64_t));
    size_t count = make_items(running, room, run);
    if (count > 0)
        grouping_sort(room->items.bytes, room->scratch.bytes, count);
    grouping_measure_items(running->grouping, running->grouping->first_leaf + leaf,
                           room->items.bytes, count);
    if (running->is_counted || count == 0)
        return;
    region_reach(&room->kept, (room->kept_count + count) * sizeof(uint64_t));
    memcpy((uint64_t *)room->kept.bytes + room->kept_count, room->items.bytes,
           count * sizeof(uint64_t));
    room->kept_count += count;
}

static void measure_some(void *context, size_t index)
{
    struct running *running = context;
    struct thread_room *room = &running->rooms[index];
    if (running->is_counted)
        region_reach(&room->counts, running->key_count * running->label_count * sizeof(uint32_t));
    for (;;) {
        size_t leaf = atomic_fetch_add(&running->next_leaf, 1);
        if (leaf >= running->leaf_count)
            return;
        measure_leaf(running, room, leaf);
    }
}

/* ---- everybody ---- */

static void add_counts(struct running *running)
{
    size_t cells = running->key_count * running->label_count;
    uint32_t *to = running->rooms[0].counts.bytes;
    for (size_t i = 1; i < running->grouping->threads; i++) {
        const uint32_t *from = running->rooms[i].counts.bytes;
        for (size_t cell = 0; from && cell < cells; cell++)
            to[cell] += from[cell];
    }
}

/* The last key of each band, that is of the person whose rank ends it, and the first of the top
 * earners. */
struct ends {
    size_t bands[GROUPED_BANDS];
    size_t top;
};

/* People of a key: any group has all of them. */
static uint64_t people_of(const struct running *running, size_t key)
{
    const uint32_t *of_key = (const uint32_t *)running->rooms[0].counts.bytes +
                             key * running->label_count;
    size_t labels = running->grouping->groups[0].vector->count;
    uint64_t people = 0;
    for (size_t label = 0; label < labels; label++)
        people += of_key[label];
    return people;
}

static struct ends find_ends(const struct running *running)
{
    __extension__ typedef unsigned __int128 wide;
    uint64_t count = running->grouping->item_count, seen = 0, taken = 0;
    uint64_t share = (uint64_t)running->grouping->request->top_share;
    const uint64_t ranks[] = { (count + 3) / 4, (count + 1) / 2, (3 * count + 3) / 4 };
    struct ends ends = { .top = running->key_count };
    size_t band = 0;
    for (size_t key = 0; key < running->key_count; key++) {
        seen += people_of(running, key);
        while (band + 1 < GROUPED_BANDS && seen >= ranks[band])
            ends.bands[band++] = key;
    }
    ends.bands[GROUPED_BANDS - 1] = running->key_count - 1;
    while (ends.top > 0 && (wide)taken * NUMBER_ONE < (wide)count * share)
        taken += people_of(running, --ends.top);
    return ends;
}

/* Adds the people of one key to a cell that has those below it. */
static void add_key(struct grouped_cell *cell, int64_t people, int64_t amount, int64_t all)
{
    if (cell->count <= (all - 1) / 2 && cell->count + people > (all - 1) / 2)
        cell->middle[0] = amount;
    if (cell->count <= all / 2 && cell->count + people > all / 2)
        cell->middle[1] = amount;
    cell->count += people;
}

/* The cell of one label, from its people key by key. `step` keys lie between two of its counts. */
static void fill_cell(const struct running *running, const struct ends *ends,
                      const uint32_t *counts, size_t label_count, struct grouped_cell *cell)
{
    int64_t all = 0;
    size_t band = 0, step = running->label_count;
    for (size_t key = 0; key < running->key_count; key++)
        for (size_t label = 0; label < label_count; label++)
            all += counts[key * step + label];
    cell->count = cell->top = 0;
    cell->middle[0] = cell->middle[1] = INTEGER_MISSING;
    memset(cell->bands, 0, sizeof cell->bands);
    for (size_t key = 0; key < running->key_count; key++) {
        int64_t people = 0;
        for (size_t label = 0; label < label_count; label++)
            people += counts[key * step + label];
        while (key > ends->bands[band])
            band++;
        if (people == 0)
            continue;
        add_key(cell, people, grouping_amount(running->grouping, (uint32_t)key), all);
        cell->bands[band] += people;
        cell->top += key >= ends->top ? people : 0;
    }
}

/* From the lists of all threads, put into one and sorted. */
static void measure_kept(struct running *running)
{
    struct grouping *grouping = running->grouping;
    size_t count = 0;
    region_reach(&grouping->items, grouping->item_count * sizeof(uint64_t));
    uint64_t *items = grouping->items.bytes;
    for (size_t i = 0; i < grouping->threads; i++) {
        struct thread_room *room = &running->rooms[i];
        if (room->kept_count > 0)
            memcpy(items + count, room->kept.bytes, room->kept_count * sizeof *items);
        count += room->kept_count;
        region_free(&room->kept);
    }
    region_reach(&grouping->scratch, count * sizeof *items);
    grouping_sort(items, grouping->scratch.bytes, count);
    grouping_measure_items(grouping, 0, items, count);
}

static void measure_counted(struct running *running)
{
    const struct grouping *grouping = running->grouping;
    add_counts(running);
    const struct ends ends = find_ends(running);
    for (size_t i = 0; i < grouping->request->group_count; i++) {
        const struct grouped_group *group = &grouping->groups[i];
        const struct cube_vector *vector = group->vector;
        const uint32_t *counts = (const uint32_t *)running->rooms[0].counts.bytes +
                                 running->offsets[i];
        for (size_t code = 0; code < vector->count; code++)
            fill_cell(running, &ends, counts + code, 1,
                      &group->cells[vector->axis.first_leaf + vector->leaves[code]]);
        fill_cell(running, &ends, counts, vector->count, &group->cells[0]);
    }
}

bool grouping_measure_runs(struct grouping *grouping)
{
    const struct grouped_request *request = grouping->request;
    struct running running = { .grouping = grouping,
                               .amount = &request->columns->column[request->amount] };
    if (request->unit.level_count != 1 || request->group_count == 0 || grouping->holds_rows ||
        grouping->amounts.bytes || grouping->item_count == 0)
        return false;
    running.leaf_count = grouping->node_count - grouping->first_leaf;
    running.key_count = (size_t)(grouping->most - grouping->least) + 1;
    for (size_t i = 0; i < request->group_count; i++) {
        running.offsets[i] = running.label_count;
        running.label_count += grouping->groups[i].vector->count;
    }
    running.runs = arena_array_of(grouping->work->arena, running.leaf_count + 1, struct run);
    if (!find_runs(&running, request->columns->rows))
        return false;
    running.is_counted = counts_are_small(&running);
    threads_run(grouping->threads, measure_some, &running);
    if (running.is_counted)
        measure_counted(&running);
    else
        measure_kept(&running);
    for (size_t i = 0; i < grouping->threads; i++) {
        region_free(&running.rooms[i].items);
        region_free(&running.rooms[i].scratch);
        region_free(&running.rooms[i].counts);
    }
    return true;
}
