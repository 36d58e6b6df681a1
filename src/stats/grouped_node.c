/* The measures of one unit from its sorted people. Labels are counted in chunks of the list: the
 * sums of chunks give the bands, and a label's middle lies in the chunk where its count passes
 * half. */
#include <stdlib.h>
#include <string.h>

#include "stats/grouped_parts.h"
#include "base/banned.h"

enum {
    CHUNKS_OF_BAND = 16,
    LEAST_CHUNK = 64,
    MOST_CHUNKS = GROUPED_BANDS * CHUNKS_OF_BAND,
    BLOCK = 1024,
    WAYS = 4 /* the same label comes again and again; each way has a count of its own */
};

/* The list of a unit, cut in chunks that never cross a band's end. */
struct chunks {
    const uint64_t *items;
    size_t item_count;
    size_t ends[MOST_CHUNKS], count;
    size_t band_ends[GROUPED_BANDS], band_chunks[GROUPED_BANDS]; /* chunks up to the band's end */
};

/* What one node's measuring needs, for the labels of one group. */
struct tally {
    struct grouping *grouping;
    const struct grouped_group *group;
    const struct chunks *chunks;
    size_t label_count;
    uint32_t *counts; /* for each chunk and label, with all chunks before */
    uint32_t *ways;   /* WAYS times the labels, as many sums beside them */
    int64_t *sums;
    struct grouped_cell *cells; /* by label node */
};

static size_t end_of_ties(const uint64_t *items, size_t count, size_t rank)
{
    if (rank == 0)
        return 0;
    while (rank < count && item_key(items[rank]) == item_key(items[rank - 1]))
        rank++;
    return rank;
}

static void cut(const uint64_t *items, size_t count, struct chunks *chunks)
{
    const size_t ends[GROUPED_BANDS] = { end_of_ties(items, count, (count + 3) / 4),
                                         end_of_ties(items, count, (count + 1) / 2),
                                         end_of_ties(items, count, (3 * count + 3) / 4), count };
    size_t start = 0;
    *chunks = (struct chunks){ .items = items, .item_count = count };
    for (size_t band = 0; band < GROUPED_BANDS; band++) {
        size_t length = ends[band] - start, wanted = length / LEAST_CHUNK;
        wanted = wanted < 1 ? 1 : wanted > CHUNKS_OF_BAND ? CHUNKS_OF_BAND : wanted;
        for (size_t i = 1; i <= wanted; i++)
            chunks->ends[chunks->count++] = start + length * i / wanted;
        chunks->band_ends[band] = ends[band];
        chunks->band_chunks[band] = chunks->count;
        start = ends[band];
    }
}

/* The codes of a group, for a run of items. */
static void read_codes(const struct grouping *grouping, const struct grouped_group *group,
                       const uint64_t *items, size_t count, uint32_t *out_codes)
{
    if (grouping->holds_rows)
        for (size_t i = 0; i < count; i++)
            out_codes[i] = cube_code(group->vector, (int64_t)(items[i] & UINT32_MAX));
    else
        for (size_t i = 0; i < count; i++)
            out_codes[i] = (uint32_t)items[i] >> group->shift & group->mask;
}

static void count_chunk(struct tally *tally, size_t start, size_t end, uint32_t *counts)
{
    uint32_t codes[BLOCK], *ways = tally->ways;
    size_t labels = tally->label_count;
    for (size_t at = start; at < end; at += BLOCK) {
        size_t length = end - at < BLOCK ? end - at : BLOCK, i = 0;
        read_codes(tally->grouping, tally->group, tally->chunks->items + at, length, codes);
        for (; i + WAYS <= length; i += WAYS) {
            ways[codes[i]]++;
            ways[labels + codes[i + 1]]++;
            ways[2 * labels + codes[i + 2]]++;
            ways[3 * labels + codes[i + 3]]++;
        }
        for (; i < length; i++)
            ways[codes[i]]++;
    }
    for (size_t way = 0; way < WAYS; way++)
        for (size_t label = 0; label < labels; label++) {
            counts[label] += ways[way * labels + label];
            ways[way * labels + label] = 0;
        }
}

static void count_chunks(struct tally *tally)
{
    size_t start = 0, labels = tally->label_count;
    uint32_t *counts = tally->counts;
    for (size_t i = 0; i < tally->chunks->count; i++, counts += labels) {
        if (i == 0)
            memset(counts, 0, labels * sizeof *counts);
        else
            memcpy(counts, counts - labels, labels * sizeof *counts);
        count_chunk(tally, start, tally->chunks->ends[i], counts);
        start = tally->chunks->ends[i];
    }
}

/* The amount of the label's person of that rank, counted from 0. */
static int64_t amount_at(const struct tally *tally, uint32_t label, uint32_t rank)
{
    const struct chunks *chunks = tally->chunks;
    size_t chunk = 0, labels = tally->label_count;
    while (tally->counts[chunk * labels + label] <= rank)
        chunk++;
    uint32_t seen = chunk ? tally->counts[(chunk - 1) * labels + label] : 0;
    size_t at = chunk ? chunks->ends[chunk - 1] : 0;
    for (;; at++) {
        uint32_t code = 0;
        read_codes(tally->grouping, tally->group, chunks->items + at, 1, &code);
        if (code == label && seen++ == rank)
            return grouping_amount(tally->grouping, item_key(chunks->items[at]));
    }
}

static struct grouped_cell *cell_of_code(const struct tally *tally, uint32_t code)
{
    const struct cube_vector *vector = tally->group->vector;
    return &tally->cells[vector->axis.first_leaf + vector->leaves[code]];
}

static void fill_labels(const struct tally *tally)
{
    size_t labels = tally->label_count;
    const uint32_t *last = tally->counts + (tally->chunks->count - 1) * labels;
    for (uint32_t label = 0; label < labels; label++) {
        struct grouped_cell *cell = cell_of_code(tally, label);
        uint32_t before = 0;
        cell->count = last[label];
        for (size_t band = 0; band < GROUPED_BANDS; band++) {
            uint32_t now = tally->counts[(tally->chunks->band_chunks[band] - 1) * labels + label];
            cell->bands[band] = now - before;
            before = now;
        }
        cell->middle[0] = cell->middle[1] = INTEGER_MISSING;
        if (last[label]) {
            cell->middle[0] = amount_at(tally, label, (last[label] - 1) / 2);
            cell->middle[1] = last[label] % 2 ? cell->middle[0]
                                              : amount_at(tally, label, last[label] / 2);
        }
    }
}

/* Everybody of the unit, whatever the label. */
static void fill_everybody(const struct tally *tally)
{
    const struct chunks *chunks = tally->chunks;
    struct grouped_cell *cell = &tally->cells[0];
    size_t count = chunks->item_count, before = 0;
    cell->count = (int64_t)count;
    for (size_t band = 0; band < GROUPED_BANDS; band++) {
        cell->bands[band] = (int64_t)(chunks->band_ends[band] - before);
        before = chunks->band_ends[band];
    }
    cell->middle[0] = cell->middle[1] = INTEGER_MISSING;
    if (count) {
        cell->middle[0] = grouping_amount(tally->grouping,
                                          item_key(chunks->items[(count - 1) / 2]));
        cell->middle[1] = grouping_amount(tally->grouping, item_key(chunks->items[count / 2]));
    }
}

/* Sums are added up only where the list is shortest; the units above add those of their parts. */
static void add_sums(const struct tally *tally)
{
    uint32_t codes[BLOCK];
    size_t labels = tally->label_count;
    const struct chunks *chunks = tally->chunks;
    for (size_t at = 0; at < chunks->item_count; at += BLOCK) {
        size_t left = chunks->item_count - at, length = left < BLOCK ? left : BLOCK;
        const uint64_t *items = chunks->items + at;
        read_codes(tally->grouping, tally->group, items, length, codes);
        for (size_t i = 0; i < length; i++)
            tally->sums[i % WAYS * labels + codes[i]] += grouping_amount(tally->grouping,
                                                                         item_key(items[i]));
    }
    for (size_t way = 0; way < WAYS; way++)
        for (uint32_t label = 0; label < labels; label++) {
            cell_of_code(tally, label)->sum += tally->sums[way * labels + label];
            tally->cells[0].sum += tally->sums[way * labels + label];
        }
}

/* ---- the top earners ---- */

__extension__ typedef __int128 wide;

static int64_t weight_of(const struct grouping *grouping, uint64_t item)
{
    int64_t value = column_decimal(grouping->weight, (int64_t)(item & UINT32_MAX));
    return value == INTEGER_MISSING ? 0 : value;
}

/* Where the top earners begin in the list. */
static size_t top_start(const struct grouping *grouping, const struct chunks *chunks)
{
    wide total = 0, taken = 0;
    size_t start = chunks->item_count;
    const uint64_t *items = chunks->items;
    int64_t share = grouping->request->top_share;
    for (size_t i = 0; grouping->weight && i < start; i++)
        total += weight_of(grouping, items[i]);
    if (!grouping->weight)
        total = (wide)start;
    while (start > 0 && taken * NUMBER_ONE < total * share) {
        start--;
        taken += grouping->weight ? weight_of(grouping, items[start]) : 1;
    }
    while (start > 0 && start < chunks->item_count &&
           item_key(items[start - 1]) == item_key(items[start]))
        start--;
    return start;
}

static void add_top(const struct tally *tally, size_t start)
{
    const struct chunks *chunks = tally->chunks;
    for (size_t at = start; at < chunks->item_count; at++) {
        uint32_t code = 0;
        read_codes(tally->grouping, tally->group, chunks->items + at, 1, &code);
        int64_t weight = tally->grouping->weight ? weight_of(tally->grouping, chunks->items[at])
                                                 : 0;
        struct grouped_cell *cell = cell_of_code(tally, code);
        cell->top++;
        cell->top_weight += weight;
        tally->cells[0].top++;
        tally->cells[0].top_weight += weight;
    }
}

static void take_room(struct tally *tally)
{
    size_t labels = tally->label_count;
    tally->sums = calloc(labels + 1,
                         WAYS * sizeof *tally->sums + (MOST_CHUNKS + WAYS) * sizeof *tally->counts);
    if (!tally->sums)
        abort();
    tally->counts = (uint32_t *)(tally->sums + WAYS * labels);
    tally->ways = tally->counts + MOST_CHUNKS * labels;
}

void grouping_measure_items(struct grouping *grouping, size_t node, const uint64_t *items,
                            size_t count)
{
    struct chunks chunks;
    const struct grouped_request *request = grouping->request;
    bool is_leaf = node >= grouping->first_leaf;
    cut(items, count, &chunks);
    size_t top = request->top_share > 0 ? top_start(grouping, &chunks) : chunks.item_count;
    for (size_t i = 0; i < request->group_count; i++) {
        const struct grouped_group *group = &grouping->groups[i];
        struct tally tally = { .grouping = grouping,
                               .group = group,
                               .chunks = &chunks,
                               .label_count = group->vector->count };
        tally.cells = group->cells + node * group->vector->axis.node_count;
        take_room(&tally);
        count_chunks(&tally);
        fill_labels(&tally);
        fill_everybody(&tally);
        if (is_leaf)
            add_sums(&tally);
        add_top(&tally, top);
        free(tally.sums);
    }
}
