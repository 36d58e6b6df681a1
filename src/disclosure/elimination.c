/* Echelon form from the shortest relation to the longest, then each pivot in free columns alone. */
#include "disclosure/elimination.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { LARGE_FIRST_ROOM = 256, SHORT_ROW = 24 };

int32_t coefficient_code(struct coefficients *coefficients, uint64_t residue)
{
    if (residue < COEFFICIENT_SMALL)
        return (int32_t)residue;
    if (RESIDUE_PRIME - residue < COEFFICIENT_SMALL)
        return -(int32_t)(RESIDUE_PRIME - residue);
    if (coefficients->count == coefficients->room) {
        uint32_t room = coefficients->room ? coefficients->room * 2 : LARGE_FIRST_ROOM;
        uint64_t *large = arena_take_raw(coefficients->arena, room * sizeof *large);
        if (coefficients->count)
            memcpy(large, coefficients->large, coefficients->count * sizeof *large);
        coefficients->large = large;
        coefficients->room = room;
    }
    /* 2^29 rational coefficients are far beyond what memory allows the rows. */
    assert(coefficients->count < INT32_MAX - COEFFICIENT_SMALL);
    coefficients->large[coefficients->count] = residue;
    return COEFFICIENT_SMALL + (int32_t)coefficients->count++;
}

/* A row under work: residues as they are, by descending column. */
struct open_term {
    uint64_t residue;
    int32_t column;
};

struct echelon {
    struct arena *arena;
    const struct relations *relations;
    const int32_t *columns;
    struct elimination *out;
    struct open_term *current, *next; /* each with room for every column */
    int32_t current_count;
};

static int compare_open(const void *a, const void *b)
{
    int32_t x = ((const struct open_term *)a)->column, y = ((const struct open_term *)b)->column;
    return (x < y) - (x > y);
}

/* By descending column. Most relations are short. */
static void sort_open(struct open_term *terms, int32_t count)
{
    if (count > SHORT_ROW) {
        qsort(terms, (size_t)count, sizeof *terms, compare_open);
        return;
    }
    for (int32_t i = 1; i < count; i++) {
        struct open_term term = terms[i];
        int32_t k = i;
        for (; k > 0 && terms[k - 1].column < term.column; k--)
            terms[k] = terms[k - 1];
        terms[k] = term;
    }
}

static void load_relation(struct echelon *echelon, int32_t relation)
{
    const struct relations *relations = echelon->relations;
    int32_t count = 0;
    for (int64_t i = relations->starts[relation]; i < relations->starts[relation + 1]; i++) {
        int32_t column = echelon->columns[relations->members[i]];
        if (column >= 0)
            echelon->current[count++] = (struct open_term){
                i == relations->starts[relation] ? 1 : RESIDUE_PRIME - 1, column
            };
    }
    sort_open(echelon->current, count);
    echelon->current_count = count;
}

/* Takes the pivot row of the leading column, as often as it goes in, off the current row. Pivot
 * rows are kept by descending column here, with the leading coefficient 1. */
static void reduce_by(struct echelon *echelon, const struct row *pivot)
{
    const struct coefficients *coefficients = &echelon->out->coefficients;
    const struct open_term *current = echelon->current;
    uint64_t factor = current[0].residue;
    int32_t i = 1, j = 1, count = 0;
    while (i < echelon->current_count || j < pivot->count) {
        int32_t a = i < echelon->current_count ? current[i].column : -1;
        int32_t b = j < pivot->count ? pivot->terms[j].column : -1;
        if (a > b) {
            echelon->next[count++] = current[i++];
            continue;
        }
        uint64_t taken = residue_multiply(factor,
                                          coefficient_residue(coefficients, pivot->terms[j].code));
        uint64_t left = residue_subtract(a == b ? current[i].residue : 0, taken);
        if (left)
            echelon->next[count++] = (struct open_term){ left, b };
        i += a == b;
        j++;
    }
    echelon->out->work += (uint64_t)(i + j);
    struct open_term *swap = echelon->current;
    echelon->current = echelon->next;
    echelon->next = swap;
    echelon->current_count = count;
}

static void keep_pivot(struct echelon *echelon)
{
    struct elimination *out = echelon->out;
    int32_t count = echelon->current_count, column = echelon->current[0].column;
    uint64_t inverse = residue_inverse(echelon->current[0].residue);
    struct term *terms = arena_take_raw(echelon->arena, (size_t)count * sizeof *terms);
    for (int32_t i = 0; i < count; i++)
        terms[i] = (struct term){
            echelon->current[i].column,
            coefficient_code(&out->coefficients,
                             residue_multiply(echelon->current[i].residue, inverse)),
        };
    out->is_pivot[column] = true;
    out->rows[column] = (struct row){ terms, count };
}

/* Relations by ascending length among the columns, ties in their own order. */
static int32_t *order_relations(const struct echelon *echelon, int32_t *out_count)
{
    const struct relations *relations = echelon->relations;
    int32_t count = relations->relation_count, longest = 0, used = 0;
    int32_t *lengths = arena_array_of(echelon->arena, (size_t)count, int32_t);
    for (int32_t r = 0; r < count; r++) {
        for (int64_t i = relations->starts[r]; i < relations->starts[r + 1]; i++)
            lengths[r] += echelon->columns[relations->members[i]] >= 0;
        longest = lengths[r] > longest ? lengths[r] : longest;
        used += lengths[r] > 0;
    }
    int32_t *places = arena_array_of(echelon->arena, (size_t)longest + 2, int32_t);
    for (int32_t r = 0; r < count; r++)
        if (lengths[r])
            places[lengths[r] + 1]++;
    for (int32_t i = 1; i <= longest; i++)
        places[i + 1] += places[i];
    int32_t *order = arena_take_raw(echelon->arena, (size_t)used * sizeof *order);
    for (int32_t r = 0; r < count; r++)
        if (lengths[r])
            order[places[lengths[r]]++] = r;
    *out_count = used;
    return order;
}

static void run_echelon(struct echelon *echelon)
{
    int32_t count = 0;
    const int32_t *order = order_relations(echelon, &count);
    for (int32_t i = 0; i < count; i++) {
        load_relation(echelon, order[i]);
        while (echelon->current_count && echelon->out->is_pivot[echelon->current[0].column])
            reduce_by(echelon, &echelon->out->rows[echelon->current[0].column]);
        if (echelon->current_count)
            keep_pivot(echelon);
    }
}

/* ---- each pivot in free columns alone ---- */

struct spread {
    uint64_t *sums;  /* by column; 0 where nothing was added */
    bool *is_listed; /* by column */
    int32_t *listed; /* the columns that have a sum */
    int32_t count;
};

static inline void spread_add(struct spread *spread, int32_t column, uint64_t residue)
{
    if (!spread->is_listed[column]) {
        spread->is_listed[column] = true;
        spread->listed[spread->count++] = column;
    }
    spread->sums[column] = residue_add(spread->sums[column], residue);
}

static struct row spread_take(struct arena *arena, struct coefficients *coefficients,
                              struct spread *spread)
{
    struct row row = { arena_take_raw(arena, (size_t)spread->count * sizeof *row.terms), 0 };
    for (int32_t i = 0; i < spread->count; i++) {
        int32_t column = spread->listed[i];
        if (spread->sums[column])
            row.terms[row.count++] = (struct term){
                column, coefficient_code(coefficients, spread->sums[column])
            };
        spread->sums[column] = 0;
        spread->is_listed[column] = false;
    }
    spread->count = 0;
    return row;
}

static void reduce_fully(struct arena *arena, struct elimination *out)
{
    struct coefficients *coefficients = &out->coefficients;
    struct spread spread = {
        .sums = arena_array_of(arena, (size_t)out->count, uint64_t),
        .is_listed = arena_array_of(arena, (size_t)out->count, bool),
        .listed = arena_take_raw(arena, (size_t)out->count * sizeof(int32_t)),
    };
    for (int32_t column = 0; column < out->count; column++) {
        if (!out->is_pivot[column])
            continue;
        const struct row *echelon = &out->rows[column];
        for (int32_t i = 1; i < echelon->count; i++) {
            const struct term *term = &echelon->terms[i];
            uint64_t factor = residue_subtract(0, coefficient_residue(coefficients, term->code));
            const struct row *inner = &out->rows[term->column];
            if (!out->is_pivot[term->column])
                spread_add(&spread, term->column, factor);
            for (int32_t k = 0; out->is_pivot[term->column] && k < inner->count; k++)
                spread_add(&spread, inner->terms[k].column,
                           residue_multiply(
                               factor, coefficient_residue(coefficients, inner->terms[k].code)));
            out->work += (uint64_t)(out->is_pivot[term->column] ? inner->count : 1);
        }
        out->rows[column] = spread_take(arena, coefficients, &spread);
    }
}

void elimination_echelon(struct arena *arena, const struct relations *relations,
                         const int32_t *columns, int32_t count, struct elimination *out_elimination)
{
    *out_elimination = (struct elimination){
        .coefficients = { .arena = arena },
        .count = count,
        .is_pivot = arena_array_of(arena, (size_t)count, bool),
        .rows = arena_array_of(arena, (size_t)count, struct row),
    };
    struct echelon echelon = {
        .arena = arena,
        .relations = relations,
        .columns = columns,
        .out = out_elimination,
        .current = arena_take_raw(arena, (size_t)count * sizeof(struct open_term)),
        .next = arena_take_raw(arena, (size_t)count * sizeof(struct open_term)),
    };
    run_echelon(&echelon);
}

void elimination_run(struct arena *arena, const struct relations *relations, const int32_t *columns,
                     int32_t count, struct elimination *out_elimination)
{
    elimination_echelon(arena, relations, columns, count, out_elimination);
    reduce_fully(arena, out_elimination);
}

static int compare_terms(const void *a, const void *b)
{
    int32_t x = ((const struct term *)a)->column, y = ((const struct term *)b)->column;
    return (x > y) - (x < y);
}

void elimination_sort(struct elimination *elimination)
{
    for (int32_t column = 0; column < elimination->count; column++) {
        struct term *terms = elimination->rows[column].terms;
        int32_t count = elimination->rows[column].count;
        if (count > SHORT_ROW)
            qsort(terms, (size_t)count, sizeof *terms, compare_terms);
        for (int32_t i = 1; count <= SHORT_ROW && i < count; i++) {
            struct term term = terms[i];
            int32_t k = i;
            for (; k > 0 && terms[k - 1].column > term.column; k--)
                terms[k] = terms[k - 1];
            terms[k] = term;
        }
    }
}
