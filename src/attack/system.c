#include "attack/system.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

/* The largest prime below 2^62; sums of two residues fit. */
#define PRIME ((UINT64_C(1) << 62) - 57)

__extension__ typedef unsigned __int128 wide; /* a product of residues */

struct member {
    int32_t row;
    struct member *next;
};

static int by_column(const void *a, const void *b)
{
    int32_t left = ((const struct term *)a)->column, right = ((const struct term *)b)->column;
    return (left > right) - (left < right);
}

int32_t system_tidy(struct term *terms, int32_t count)
{
    bool is_sorted = true;
    int32_t kept = 0;
    for (int32_t i = 1; i < count && is_sorted; i++)
        is_sorted = terms[i - 1].column < terms[i].column;
    if (is_sorted)
        return count;
    qsort(terms, (size_t)count, sizeof *terms, by_column);
    for (int32_t i = 0; i < count; i++) {
        if (kept > 0 && terms[kept - 1].column == terms[i].column)
            terms[kept - 1].factor += terms[i].factor;
        else
            terms[kept++] = terms[i];
        if (terms[kept - 1].factor == 0)
            kept--;
    }
    return kept;
}

static void column_join(struct system *system, int32_t column, int32_t row)
{
    struct member *member = arena_take_raw(system->arena, sizeof *member);
    *member = (struct member){ row, system->members[column] };
    system->members[column] = member;
    system->degree[column]++;
}

struct system system_of(struct arena *arena, struct system_row *rows, int32_t row_count,
                        int32_t column_count)
{
    struct system system = {
        .arena = arena, .rows = rows, .row_count = row_count, .column_count = column_count
    };
    system.degree = arena_array_of(arena, (size_t)column_count + 1, int32_t);
    system.members = arena_array_of(arena, (size_t)column_count + 1, struct member *);
    system.order = arena_array_of(arena, (size_t)row_count + 1, int32_t);
    for (int32_t r = 0; r < row_count; r++) {
        rows[r].pivot = -1;
        for (int32_t k = 0; k < rows[r].count; k++)
            column_join(&system, rows[r].terms[k].column, r);
    }
    return system;
}

/* The factor of a column in a row; 0 when it does not stand there. */
static int64_t system_factor(const struct system_row *row, int32_t column)
{
    int32_t from = 0, to = row->count;
    while (from < to) {
        int32_t middle = from + (to - from) / 2;
        if (row->terms[middle].column < column)
            from = middle + 1;
        else
            to = middle;
    }
    return from < row->count && row->terms[from].column == column ? row->terms[from].factor : 0;
}

void system_each_row(const struct system *system, int32_t column, const struct system_touched *call)
{
    for (const struct member *m = system->members[column]; m; m = m->next)
        if (system->rows[m->row].pivot < 0 && system_factor(&system->rows[m->row], column))
            call->tell(call->user, m->row);
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Divides a row by what its factors have in common. */
static void row_shorten(struct system_row *row)
{
    int64_t divisor = 0;
    for (int32_t k = 0; k < row->count && divisor != 1; k++)
        divisor = common_divisor(divisor, row->terms[k].factor);
    for (int32_t k = 0; k < row->count && divisor > 1; k++)
        row->terms[k].factor /= divisor;
}

/* a * x - b * y; false when it does not fit. */
static bool combined(int64_t a, int64_t x, int64_t b, int64_t y, int64_t *out)
{
    int64_t left, right;
    return !__builtin_mul_overflow(a, x, &left) && !__builtin_mul_overflow(b, y, &right) &&
           !__builtin_sub_overflow(left, right, out) && *out != INT64_MIN;
}

/* row = a * row - b * pivot, merged by column. */
static void row_combine(struct system *system, int32_t index, int64_t a,
                        const struct system_row *pivot, int64_t b)
{
    struct system_row *row = &system->rows[index];
    const struct term *x = row->terms, *y = pivot->terms;
    const struct term *x_end = x + row->count, *y_end = y + pivot->count;
    struct term *terms = arena_take_raw(system->arena,
                                        (size_t)(row->count + pivot->count) * sizeof *terms);
    struct system_row sum = { terms, 0, -1 };
    while (x < x_end || y < y_end) {
        bool has_x = x < x_end && (y == y_end || x->column <= y->column);
        bool has_y = y < y_end && (x == x_end || y->column <= x->column);
        struct term term = { has_x ? x->column : y->column, 0 };
        if (!combined(a, has_x ? x->factor : 0, b, has_y ? y->factor : 0, &term.factor))
            system->has_overflowed = true;
        if (term.factor)
            sum.terms[sum.count++] = term;
        if (term.factor && !has_x)
            column_join(system, term.column, index);
        if (!term.factor && has_x)
            system->degree[term.column]--;
        x += has_x;
        y += has_y;
    }
    if (a != 1 && a != -1)
        row_shorten(&sum);
    *row = sum;
}

void system_pivot(struct system *system, int32_t row, int32_t column,
                  const struct system_touched *touched)
{
    struct system_row *pivot = &system->rows[row];
    int64_t own = system_factor(pivot, column);
    assert(own != 0 && pivot->pivot < 0);
    pivot->pivot = column;
    system->order[system->pivot_count++] = row;
    for (int32_t k = 0; k < pivot->count; k++)
        system->degree[pivot->terms[k].column]--;
    struct member *next = NULL;
    for (struct member *m = system->members[column]; m && !system->has_overflowed; m = next) {
        next = m->next;
        int64_t other = system->rows[m->row].pivot < 0
                            ? system_factor(&system->rows[m->row], column)
                            : 0;
        if (!other)
            continue;
        int64_t divisor = common_divisor(own, other);
        /* The sign of the row that is changed stays, so that 1 remains 1. */
        int64_t times = own / divisor, minus = other / divisor;
        row_combine(system, m->row, times < 0 ? -times : times, pivot, times < 0 ? -minus : minus);
        if (touched)
            touched->tell(touched->user, m->row);
    }
}

/* A heap of columns by degree; an entry whose degree has changed since is put back when met. */
struct waiting {
    int32_t column, degree;
};

struct heap {
    struct arena *arena;
    struct waiting *items;
    size_t count, room;
};

static bool is_before(struct waiting a, struct waiting b)
{
    return a.degree != b.degree ? a.degree < b.degree : a.column < b.column;
}

static void heap_add(struct heap *heap, struct waiting item)
{
    if (heap->count == heap->room) {
        heap->room = heap->room ? 2 * heap->room : 64;
        struct waiting *items = arena_take_raw(heap->arena, heap->room * sizeof *items);
        if (heap->count)
            memcpy(items, heap->items, heap->count * sizeof *items);
        heap->items = items;
    }
    size_t at = heap->count++;
    for (size_t up = (at - 1) / 2; at > 0 && is_before(item, heap->items[up]); up = (at - 1) / 2) {
        heap->items[at] = heap->items[up];
        at = up;
    }
    heap->items[at] = item;
}

static struct waiting heap_take(struct heap *heap)
{
    struct waiting first = heap->items[0], last = heap->items[--heap->count];
    size_t at = 0;
    for (size_t child = 1; child < heap->count; child = 2 * at + 1) {
        if (child + 1 < heap->count && is_before(heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(heap->items[child], last))
            break;
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return first;
}

/* The shortest active row in which the column stands. */
static int32_t shortest_row(const struct system *system, int32_t column)
{
    int32_t best = -1;
    for (const struct member *m = system->members[column]; m; m = m->next) {
        const struct system_row *row = &system->rows[m->row];
        if (row->pivot >= 0 || !system_factor(row, column))
            continue;
        bool is_better = best < 0 || row->count < system->rows[best].count ||
                         (row->count == system->rows[best].count && m->row < best);
        if (is_better)
            best = m->row;
    }
    return best;
}

void system_eliminate(struct system *system, const bool *may)
{
    struct heap heap = { .arena = system->arena };
    for (int32_t c = 0; c < system->column_count; c++)
        if (may[c] && system->degree[c] > 0)
            heap_add(&heap, (struct waiting){ c, system->degree[c] });
    while (heap.count && !system->has_overflowed) {
        struct waiting item = heap_take(&heap);
        int32_t degree = system->degree[item.column];
        if (degree == 0)
            continue;
        /* One whose degree fell comes a little late, which is well; one whose degree rose waits. */
        if (degree > item.degree) {
            heap_add(&heap, (struct waiting){ item.column, degree });
            continue;
        }
        int32_t row = shortest_row(system, item.column);
        assert(row >= 0);
        system_pivot(system, row, item.column, NULL);
        const struct system_row *pivot = &system->rows[row];
        for (int32_t k = 0; k < pivot->count; k++) {
            int32_t other = pivot->terms[k].column;
            if (may[other] && system->degree[other] == 1)
                heap_add(&heap, (struct waiting){ other, 1 });
        }
    }
}

/* Random numbers of SplitMix64 (Steele, Lea and Flood, 2014), always the same. */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t residue_of(int64_t number)
{
    int64_t rest = number % (int64_t)PRIME;
    return (uint64_t)(rest < 0 ? rest + (int64_t)PRIME : rest);
}

static uint64_t product(uint64_t a, uint64_t b)
{
    return (uint64_t)((wide)a * b % PRIME);
}

/* By Fermat: a to the power of the prime less 2. */
static uint64_t inverse(uint64_t a)
{
    uint64_t result = 1;
    for (uint64_t power = PRIME - 2; power; power >>= 1) {
        if (power & 1)
            result = product(result, a);
        a = product(a, a);
    }
    return result;
}

static uint64_t scaled(int64_t factor, uint64_t value)
{
    if (factor == 1)
        return value;
    if (factor == -1)
        return value ? PRIME - value : 0;
    return product(residue_of(factor), value);
}

void system_solve(const struct system *system, const bool *is_zero, uint64_t *out_values)
{
    uint64_t state = 20261125;
    for (int32_t c = 0; c < system->column_count; c++) {
        uint64_t value = random_next(&state) % PRIME;
        out_values[c] = is_zero[c] ? 0 : value;
    }
    for (int32_t i = system->pivot_count - 1; i >= 0; i--) {
        const struct system_row *row = &system->rows[system->order[i]];
        uint64_t sum = 0;
        int64_t own = 0;
        for (int32_t k = 0; k < row->count; k++) {
            const struct term *term = &row->terms[k];
            if (term->column == row->pivot)
                own = term->factor;
            else
                sum = (sum + scaled(term->factor, out_values[term->column])) % PRIME;
        }
        uint64_t negative = sum ? PRIME - sum : 0;
        if (own == 1 || own == -1)
            out_values[row->pivot] = scaled(own, negative);
        else
            out_values[row->pivot] = product(negative, inverse(residue_of(own)));
    }
}
