/* The greedy of disclosure.h in relation space.
 *
 * After elimination every column is free or an expression of free columns: its support. Publishing
 * a free cell deletes its column; publishing a dependent one adds an equation, by which one of its
 * free columns is replaced everywhere. A cell may be published unless
 *   - its expression is proportional to a primary's, which it would give away, or
 *   - only cells at their bound are left in it, and no direction in which all of them move up keeps
 *     it still. Such a direction (the witness) is kept all along, so this is decided at once. */
#include "disclosure/publication.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/draw.h"
#include "disclosure/elimination.h"
#include "base/banned.h"

enum {
    MOST_FILL = 5000, /* terms that one replacement may touch; beyond, the cell stays hidden */
    LARGEST_FACTOR = 1 << 20 /* of a witness's equation */
};
#define LARGEST_WITNESS (INT64_C(1) << 40)

/* Rows that came to hold a column by a replacement. */
struct late_row {
    struct late_row *next;
    int32_t row;
};

struct publication {
    struct arena *arena;
    const struct universe *universe;
    struct pattern *pattern;
    struct elimination elimination;
    bool is_quick;        /* nothing is replaced, so rows stay as they are */
    bool *is_alive;       /* by column: free and not published */
    bool *is_published;   /* by column */
    int32_t *support;     /* by column: alive columns in its expression */
    int32_t *support_mix; /* their exclusive or: the column itself when there is one */
    int32_t *locks;       /* by column: primaries whose support is this column alone */
    int64_t *list_starts; /* rows that hold a column at the start */
    int32_t *list_rows;
    struct late_row **late; /* by column */
    int32_t *late_counts;
    int32_t *stamps; /* by column, for gathering each row once */
    int32_t stamp;
    int32_t *gathered;             /* rows that hold the column asked for */
    int32_t *alive;                /* scratch: a row's alive columns */
    uint64_t *weights[2];          /* random weights of the columns */
    uint64_t *sketches[2];         /* by column: its expression under the weights */
    struct term *scratch, *merged; /* rows being made */
};

static bool is_primary(const struct publication *p, int32_t column)
{
    return p->universe->kinds[column] == COLUMN_BOUND ||
           p->universe->kinds[column] == COLUMN_PRIMARY;
}

static bool is_bound(const struct publication *p, int32_t column)
{
    return p->universe->kinds[column] == COLUMN_BOUND;
}

static uint64_t residue_in(const struct publication *p, const struct term *term)
{
    return coefficient_residue(&p->elimination.coefficients, term->code);
}

/* The term of a column in a row; NULL when the row does not hold it. */
static const struct term *find_term(const struct publication *p, int32_t row, int32_t column)
{
    const struct row *terms = &p->elimination.rows[row];
    int32_t low = 0, high = terms->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (terms->terms[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < terms->count && terms->terms[low].column == column ? &terms->terms[low] : NULL;
}

static int32_t list_length(const struct publication *p, int32_t column)
{
    return (int32_t)(p->list_starts[column + 1] - p->list_starts[column]) + p->late_counts[column];
}

/* Walks the rows that hold a column or held it once; some come more than once. */
struct walk {
    int64_t next, end;
    const struct late_row *late;
};

static struct walk walk_rows(const struct publication *p, int32_t column)
{
    return (struct walk){ p->list_starts[column], p->list_starts[column + 1], p->late[column] };
}

static bool walk_next(const struct publication *p, struct walk *walk, int32_t *out_row)
{
    if (walk->next < walk->end) {
        *out_row = p->list_rows[walk->next++];
        return true;
    }
    if (!walk->late)
        return false;
    *out_row = walk->late->row;
    walk->late = walk->late->next;
    return true;
}

/* The rows that hold a column now, each once. */
static int32_t gather(struct publication *p, int32_t column)
{
    struct walk walk = walk_rows(p, column);
    int32_t count = 0, row = 0;
    p->stamp++;
    while (walk_next(p, &walk, &row)) {
        if (p->stamps[row] != p->stamp && find_term(p, row, column))
            p->gathered[count++] = row;
        p->stamps[row] = p->stamp;
    }
    p->elimination.work += (uint64_t)list_length(p, column) * 4;
    return count;
}

/* Counts a row's alive columns anew, with its sketches. */
static void measure_row(struct publication *p, int32_t row)
{
    const struct row *terms = &p->elimination.rows[row];
    p->support[row] = p->support_mix[row] = 0;
    p->sketches[0][row] = p->sketches[1][row] = 0;
    for (int32_t i = 0; i < terms->count; i++) {
        int32_t column = terms->terms[i].column;
        if (!p->is_alive[column])
            continue;
        p->support[row]++;
        p->support_mix[row] ^= column;
        for (int s = 0; s < 2 && !p->is_quick; s++)
            p->sketches[s][row] = residue_add(
                p->sketches[s][row],
                residue_multiply(residue_in(p, &terms->terms[i]), p->weights[s][column]));
    }
}

static void lock_row(struct publication *p, int32_t row)
{
    if (is_primary(p, row) && p->support[row] == 1)
        p->locks[p->support_mix[row]]++;
}

static void index_rows(struct publication *p)
{
    int32_t count = p->universe->count;
    const struct row *rows = p->elimination.rows;
    for (int32_t row = 0; row < count; row++)
        for (int32_t i = 0; p->elimination.is_pivot[row] && i < rows[row].count; i++)
            p->list_starts[rows[row].terms[i].column + 1]++;
    for (int32_t column = 0; column < count; column++)
        p->list_starts[column + 1] += p->list_starts[column];
    int64_t *next = arena_take_raw(p->arena, ((size_t)count + 1) * sizeof *next);
    memcpy(next, p->list_starts, ((size_t)count + 1) * sizeof *next);
    p->list_rows = arena_take_raw(p->arena, (size_t)p->list_starts[count] * sizeof(int32_t));
    for (int32_t row = 0; row < count; row++)
        for (int32_t i = 0; p->elimination.is_pivot[row] && i < rows[row].count; i++)
            p->list_rows[next[rows[row].terms[i].column]++] = row;
}

static void measure_all(struct publication *p)
{
    uint64_t draws = 1;
    for (int32_t column = 0; column < p->universe->count; column++) {
        p->weights[0][column] = draw_residue(&draws);
        p->weights[1][column] = draw_residue(&draws);
        p->is_alive[column] = !p->elimination.is_pivot[column];
    }
    for (int32_t column = 0; column < p->universe->count; column++) {
        if (p->elimination.is_pivot[column]) {
            measure_row(p, column);
        } else {
            p->support[column] = 1;
            p->support_mix[column] = column;
            p->sketches[0][column] = p->weights[0][column];
            p->sketches[1][column] = p->weights[1][column];
        }
        lock_row(p, column);
    }
}

/* ---- publishing ---- */

/* A free column without replacements: all rows of its list hold it, each once. */
static void publish_quickly(struct publication *p, int32_t column)
{
    for (int64_t i = p->list_starts[column]; i < p->list_starts[column + 1]; i++) {
        int32_t row = p->list_rows[i];
        p->support[row]--;
        p->support_mix[row] ^= column;
        lock_row(p, row);
    }
    p->is_published[column] = true;
    p->is_alive[column] = false;
    p->support[column] = 0;
}

static void publish_free(struct publication *p, int32_t column)
{
    if (p->is_quick) {
        publish_quickly(p, column);
        return;
    }
    int32_t count = gather(p, column);
    p->is_published[column] = true;
    p->is_alive[column] = false;
    p->support[column] = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = p->gathered[i];
        uint64_t residue = residue_in(p, find_term(p, row, column));
        for (int s = 0; s < 2; s++)
            p->sketches[s][row] = residue_subtract(
                p->sketches[s][row], residue_multiply(residue, p->weights[s][column]));
        p->support[row]--;
        p->support_mix[row] ^= column;
        assert(p->support[row] > 0 || !is_primary(p, row));
        lock_row(p, row);
    }
}

/* Would knowing this dependent cell tell a primary that stands in the same column's rows? */
static bool gives_primary_away(struct publication *p, int32_t cell, int32_t column)
{
    if (p->support[cell] == 1 && (p->locks[column] > 0 || is_primary(p, column)))
        return true;
    /* A row that is proportional holds the same columns, so none needs to be looked up. */
    struct walk walk = walk_rows(p, column);
    int32_t row = 0;
    p->elimination.work += (uint64_t)list_length(p, column);
    while (walk_next(p, &walk, &row)) {
        if (is_primary(p, row) && p->support[row] == p->support[cell] &&
            residue_multiply(p->sketches[0][row], p->sketches[1][cell]) ==
                residue_multiply(p->sketches[1][row], p->sketches[0][cell]))
            return true;
    }
    return false;
}

/* Can the witness of a free bound column move by `step`, with all that depend on it? */
static bool can_move(struct publication *p, int32_t column, int64_t step)
{
    const int64_t *witness = p->pattern->witness;
    const int32_t *cells = p->universe->cells;
    int64_t moved = witness[cells[column]] + step;
    if (moved < 1 || moved > LARGEST_WITNESS)
        return false;
    struct walk walk = walk_rows(p, column);
    int32_t row = 0;
    p->elimination.work += (uint64_t)list_length(p, column);
    while (walk_next(p, &walk, &row)) {
        const struct term *term = is_bound(p, row) ? find_term(p, row, column) : NULL;
        if (!term)
            continue;
        int64_t factor = residue_signed(residue_in(p, term));
        if (factor > LARGEST_FACTOR || factor < -LARGEST_FACTOR)
            return false;
        moved = witness[cells[row]] + factor * step;
        if (moved < 1 || moved > LARGEST_WITNESS)
            return false;
    }
    return true;
}

static void move_witness(struct publication *p, int32_t column, int64_t step)
{
    int32_t count = gather(p, column);
    int64_t *witness = p->pattern->witness;
    const int32_t *cells = p->universe->cells;
    witness[cells[column]] += step;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = p->gathered[i];
        if (is_bound(p, row))
            witness[cells[row]] += residue_signed(residue_in(p, find_term(p, row, column))) * step;
    }
}

/* Only cells at their bound are left in the expression: can all of them still move up while it
 * stands still? Keeps the witness as it is, or moves one column of it, by as little as it takes. */
static bool witness_allows(struct publication *p, int32_t cell, int32_t alive_count)
{
    int64_t sum = 0, best_step = 0;
    int32_t best = -1;
    for (int32_t i = 0; i < alive_count; i++) {
        int32_t column = p->alive[i];
        int64_t factor = residue_signed(residue_in(p, find_term(p, cell, column)));
        if (factor > LARGEST_FACTOR || factor < -LARGEST_FACTOR)
            return false;
        sum += factor * p->pattern->witness[p->universe->cells[column]];
        if (sum > LARGEST_WITNESS * LARGEST_FACTOR || sum < -LARGEST_WITNESS * LARGEST_FACTOR)
            return false;
    }
    if (sum == 0)
        return true;
    for (int32_t i = 0; i < alive_count; i++) {
        int32_t column = p->alive[i];
        int64_t factor = residue_signed(residue_in(p, find_term(p, cell, column)));
        int64_t step = -sum / factor;
        if (sum % factor || step > LARGEST_FACTOR || step < -LARGEST_FACTOR ||
            (best >= 0 && llabs(step) >= llabs(best_step)) || !can_move(p, column, step))
            continue;
        best = column;
        best_step = step;
    }
    if (best < 0)
        return false;
    move_witness(p, best, best_step);
    return true;
}

/* ---- replacing a column by the others of a published expression ---- */

static void add_late(struct publication *p, int32_t column, int32_t row)
{
    struct late_row *late = arena_new_of(p->arena, struct late_row);
    *late = (struct late_row){ p->late[column], row };
    p->late[column] = late;
    p->late_counts[column]++;
}

static void keep_row(struct publication *p, int32_t row, const struct term *terms, int32_t count)
{
    struct row *kept = &p->elimination.rows[row];
    if (count > kept->count)
        kept->terms = arena_take_raw(p->arena, (size_t)count * sizeof *terms);
    if (count)
        memcpy(kept->terms, terms, (size_t)count * sizeof *terms);
    kept->count = count;
}

/* row += factor * base, without `column` and without columns that are published. */
static void replace_in_row(struct publication *p, int32_t row, int32_t column, int32_t base_count)
{
    struct coefficients *coefficients = &p->elimination.coefficients;
    const struct row *old = &p->elimination.rows[row];
    uint64_t factor = residue_in(p, find_term(p, row, column));
    int32_t i = 0, j = 0, count = 0;
    while (i < old->count || j < base_count) {
        int32_t a = i < old->count ? old->terms[i].column : INT32_MAX;
        int32_t b = j < base_count ? p->scratch[j].column : INT32_MAX;
        if (a < b) {
            if (a != column && p->is_alive[a])
                p->merged[count++] = old->terms[i];
            i++;
            continue;
        }
        uint64_t sum = residue_multiply(factor, residue_in(p, &p->scratch[j]));
        if (a == b)
            sum = residue_add(sum, residue_in(p, &old->terms[i++]));
        else
            add_late(p, b, row);
        if (sum)
            p->merged[count++] = (struct term){ b, coefficient_code(coefficients, sum) };
        j++;
    }
    p->elimination.work += (uint64_t)(i + j);
    keep_row(p, row, p->merged, count);
}

static void remeasure(struct publication *p, int32_t row)
{
    if (is_primary(p, row) && p->support[row] == 1)
        p->locks[p->support_mix[row]]--;
    measure_row(p, row);
    lock_row(p, row);
}

static int32_t make_base(struct publication *p, int32_t cell, int32_t column)
{
    const struct row *row = &p->elimination.rows[cell];
    uint64_t inverse = residue_inverse(
        residue_subtract(0, residue_in(p, find_term(p, cell, column))));
    int32_t count = 0;
    for (int32_t i = 0; i < row->count; i++)
        if (row->terms[i].column != column && p->is_alive[row->terms[i].column])
            p->scratch[count++] = (struct term){
                row->terms[i].column,
                coefficient_code(&p->elimination.coefficients,
                                 residue_multiply(residue_in(p, &row->terms[i]), inverse)),
            };
    return count;
}

/* Publishes a dependent cell: `column` becomes dependent on the cell's other free columns. */
static void publish_dependent(struct publication *p, int32_t cell, int32_t column)
{
    int32_t base_count = make_base(p, cell, column);
    p->is_published[cell] = true;
    keep_row(p, cell, NULL, 0);
    int32_t count = gather(p, column);
    for (int32_t i = 0; i < count; i++)
        replace_in_row(p, p->gathered[i], column, base_count);
    p->elimination.is_pivot[column] = true;
    keep_row(p, column, p->scratch, base_count);
    for (int32_t i = 0; i < base_count; i++)
        add_late(p, p->scratch[i].column, column);
    p->is_alive[column] = false;
    remeasure(p, column);
    for (int32_t i = 0; i < count; i++)
        remeasure(p, p->gathered[i]);
    measure_row(p, cell);
}

/* Lists the alive columns of a dependent cell and picks the one to replace: not at its bound if
 * there is such a one, and standing in few rows. */
static int32_t pick_column(struct publication *p, int32_t cell, int32_t *out_alive_count)
{
    const struct row *row = &p->elimination.rows[cell];
    int32_t best = -1, count = 0;
    for (int32_t i = 0; i < row->count; i++) {
        int32_t column = row->terms[i].column;
        if (!p->is_alive[column])
            continue;
        p->alive[count++] = column;
        bool better = best < 0 || (is_bound(p, best) && !is_bound(p, column)) ||
                      (is_bound(p, best) == is_bound(p, column) &&
                       list_length(p, column) < list_length(p, best));
        best = better ? column : best;
    }
    *out_alive_count = count;
    return best;
}

static void try_dependent(struct publication *p, int32_t cell)
{
    int32_t alive_count = 0;
    if (p->support[cell] == 0) {
        p->is_published[cell] = true;
        return;
    }
    bool is_forced = p->universe->kinds[cell] == COLUMN_FORCED;
    if (!p->universe->substitutes && !is_forced)
        return;
    int32_t column = pick_column(p, cell, &alive_count);
    assert(column >= 0 && alive_count == p->support[cell]);
    if ((!is_forced && (int64_t)list_length(p, column) * alive_count > MOST_FILL) ||
        gives_primary_away(p, cell, column))
        return;
    if (is_bound(p, column) && !witness_allows(p, cell, alive_count))
        return;
    publish_dependent(p, cell, column);
}

static struct publication *publication_new(struct arena *arena, const struct universe *universe,
                                           struct pattern *pattern)
{
    struct publication *p = arena_new_of(arena, struct publication);
    size_t count = (size_t)universe->count;
    *p = (struct publication){
        .arena = arena,
        .universe = universe,
        .pattern = pattern,
        .is_alive = arena_array_of(arena, count, bool),
        .is_published = arena_array_of(arena, count, bool),
        .support = arena_array_of(arena, count, int32_t),
        .support_mix = arena_array_of(arena, count, int32_t),
        .locks = arena_array_of(arena, count, int32_t),
        .list_starts = arena_array_of(arena, count + 1, int64_t),
        .late = arena_array_of(arena, count, struct late_row *),
        .late_counts = arena_array_of(arena, count, int32_t),
        .stamps = arena_array_of(arena, count, int32_t),
        .gathered = arena_take_raw(arena, count * sizeof(int32_t)),
        .alive = arena_take_raw(arena, count * sizeof(int32_t)),
        .scratch = arena_take_raw(arena, count * sizeof(struct term)),
        .merged = arena_take_raw(arena, count * sizeof(struct term)),
    };
    for (int s = 0; s < 2; s++) {
        p->weights[s] = arena_take_raw(arena, count * sizeof(uint64_t));
        p->sketches[s] = arena_take_raw(arena, count * sizeof(uint64_t));
    }
    return p;
}

uint64_t publication_run(struct arena *arena, const struct relations *relations,
                         const struct universe *universe, struct pattern *pattern,
                         int32_t *out_exposed)
{
    struct publication *p = publication_new(arena, universe, pattern);
    int32_t exposed = 0;
    int32_t *columns = arena_take_raw(arena, (size_t)relations->cell_count * sizeof *columns);
    memset(columns, 0xFF, (size_t)relations->cell_count * sizeof *columns); /* -1 */
    for (int32_t i = 0; i < universe->count; i++)
        columns[universe->cells[i]] = i;
    elimination_run(arena, relations, columns, universe->count, &p->elimination);
    p->is_quick = !universe->substitutes;
    for (int32_t i = 0; i < universe->count; i++)
        p->is_quick &= universe->kinds[i] != COLUMN_FORCED;
    if (!p->is_quick)
        elimination_sort(&p->elimination);
    index_rows(p);
    measure_all(p);
    for (int32_t i = 0; i < universe->count; i++)
        exposed += is_primary(p, i) && p->support[i] == 0;
    for (int32_t i = 0; i < universe->count; i++) {
        if (is_primary(p, i) || universe->kinds[i] == COLUMN_UNSEEN)
            continue;
        if (p->elimination.is_pivot[i])
            try_dependent(p, i);
        else if (p->locks[i] == 0)
            publish_free(p, i);
    }
    for (int32_t i = 0; i < universe->count; i++)
        pattern->hidden[universe->cells[i]] = !p->is_published[i];
    *out_exposed = exposed;
    return p->elimination.work;
}
