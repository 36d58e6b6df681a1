/* One echelon with the cells at their bound first gives the witness's proof and the null vector. */
#include "disclosure/audit.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "disclosure/draw.h"
#include "disclosure/elimination.h"
#include "disclosure/intervals.h"
#include "base/banned.h"

enum { LONGEST_CERTIFICATE = 600, DRAWS_OF_AUDIT = 20240601 };

static bool is_hidden(const unsigned char *statuses, int32_t cell)
{
    return statuses[cell] != CELL_PUBLISHED && statuses[cell] != CELL_KNOWN;
}

struct audit {
    struct arena *arena; /* for the audit's own time */
    const struct relations *relations;
    const unsigned char *statuses;
    const struct audit_options *options;
    struct audit_result *result;
    int32_t *columns; /* by cell, or -1 */
    int32_t *cells;   /* by column */
    int32_t bound_count, count;
};

static bool is_at_bound(const struct audit *audit, int32_t cell)
{
    return audit->options->knows_least && audit->relations->values[cell] <= audit->options->least;
}

/* What interval propagation pins down is known, and no unknown for what follows. */
static void narrow(struct audit *audit)
{
    const struct relations *relations = audit->relations;
    size_t count = (size_t)relations->cell_count;
    struct intervals intervals = {
        arena_take_raw(audit->arena, count * sizeof(int64_t)),
        arena_take_raw(audit->arena, count * sizeof(int64_t)),
    };
    if (!audit->options->knows_least)
        return;
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        bool hidden = is_hidden(audit->statuses, cell);
        int64_t least = audit->statuses[cell] == CELL_UNPUBLISHED ? 0 : audit->options->least;
        intervals.low[cell] = hidden ? least : relations->values[cell];
        intervals.high[cell] = hidden ? INTERVAL_OPEN : relations->values[cell];
    }
    (void)intervals_narrow(relations, &intervals); /* the true table fits, so nothing contradicts */
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (is_hidden(audit->statuses, cell) && intervals.low[cell] == intervals.high[cell]) {
            audit->result->is_exposed[cell] = true;
            audit->result->narrowed++;
        }
}

static void arrange(struct audit *audit)
{
    audit->count = audit->bound_count = 0;
    memset(audit->columns, 0xFF, (size_t)audit->relations->cell_count * sizeof(int32_t)); /* -1 */
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t cell = 0; cell < audit->relations->cell_count; cell++) {
            if (!is_hidden(audit->statuses, cell) || audit->result->is_exposed[cell] ||
                is_at_bound(audit, cell) != (pass == 0))
                continue;
            audit->cells[audit->count] = cell;
            audit->columns[cell] = audit->count++;
        }
        if (pass == 0)
            audit->bound_count = audit->count;
    }
}

/* Rows whose pivot is at its bound hold such cells alone; all others can be met by their pivot. So
 * the witness stands for a direction exactly when it satisfies these rows. */
static int32_t check_witness(struct audit *audit, const struct elimination *echelon)
{
    int32_t failures = 0;
    for (int32_t column = 0; column < audit->bound_count; column++) {
        const struct row *row = &echelon->rows[column];
        uint64_t sum = 0;
        for (int32_t i = 0; echelon->is_pivot[column] && i < row->count; i++) {
            int32_t cell = audit->cells[row->terms[i].column];
            uint64_t witness = audit->options->witness ? residue_of(audit->options->witness[cell])
                                                       : 1;
            sum = residue_add(sum,
                              residue_multiply(witness, coefficient_residue(&echelon->coefficients,
                                                                            row->terms[i].code)));
        }
        for (int32_t i = 0; sum && i < row->count; i++) {
            int32_t cell = audit->cells[row->terms[i].column];
            failures += !audit->result->is_exposed[cell];
            audit->result->is_exposed[cell] = true;
        }
    }
    return failures;
}

static void draw_null_vector(struct audit *audit, const struct elimination *echelon)
{
    uint64_t *values = arena_take_raw(audit->arena, (size_t)audit->count * sizeof *values);
    uint64_t draws = DRAWS_OF_AUDIT;
    for (int32_t column = 0; column < audit->count; column++) {
        const struct row *row = &echelon->rows[column];
        if (!echelon->is_pivot[column]) {
            values[column] = draw_residue(&draws);
            continue;
        }
        uint64_t sum = 0;
        for (int32_t i = 1; i < row->count; i++)
            sum = residue_add(sum, residue_multiply(values[row->terms[i].column],
                                                    coefficient_residue(&echelon->coefficients,
                                                                        row->terms[i].code)));
        values[column] = residue_subtract(0, sum);
        if (values[column] == 0)
            audit->result->is_exposed[audit->cells[column]] = true;
    }
}

static bool has_proper_witness(const struct audit *audit)
{
    for (int32_t column = 0; audit->options->witness && column < audit->bound_count; column++)
        if (audit->options->witness[audit->cells[column]] < 1)
            return false;
    return true;
}

void audit_pattern(struct work *work, const struct relations *relations,
                   const unsigned char *statuses, const struct audit_options *options,
                   struct audit_result *out_result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t count = (size_t)relations->cell_count;
    struct elimination echelon;
    *out_result = (struct audit_result){ .is_exposed = arena_array_of(work->arena, count, bool) };
    struct audit audit = {
        .arena = arena,
        .relations = relations,
        .statuses = statuses,
        .options = options,
        .result = out_result,
        .columns = arena_take_raw(arena, count * sizeof(int32_t)),
        .cells = arena_take_raw(arena, count * sizeof(int32_t)),
    };
    narrow(&audit);
    arrange(&audit);
    elimination_echelon(arena, relations, audit.columns, audit.count, &echelon);
    out_result->unproved = has_proper_witness(&audit) ? check_witness(&audit, &echelon)
                                                      : audit.bound_count;
    draw_null_vector(&audit, &echelon);
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        out_result->exposed_primaries += statuses[cell] == CELL_PRIMARY &&
                                         out_result->is_exposed[cell];
        out_result->exposed_secondaries += statuses[cell] == CELL_SECONDARY &&
                                           out_result->is_exposed[cell];
    }
}

/* ---- certificates ---- */

static void say_row(struct text *text, const struct elimination *solved, const struct row *row,
                    const int32_t *cells)
{
    for (int32_t i = 0; i < row->count; i++) {
        int64_t factor = residue_signed(
            coefficient_residue(&solved->coefficients, row->terms[i].code));
        text_add(text, factor < 0 ? (i ? " - " : "-") : (i ? " + " : ""));
        if (factor != 1 && factor != -1)
            text_add_format(text, "%lld x ", factor < 0 ? -(long long)factor : (long long)factor);
        text_add_format(text, "cell %d", cells[row->terms[i].column]);
    }
}

const char *audit_certificate(struct work *work, const struct relations *relations,
                              const unsigned char *statuses, int32_t cell)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t room = (size_t)relations->cell_count;
    int32_t *columns = arena_take_raw(arena, room * sizeof *columns);
    int32_t *cells = arena_take_raw(arena, room * sizeof *cells), count = 0, shown = 0;
    struct elimination solved;
    memset(columns, 0xFF, room * sizeof *columns); /* -1 */
    /* Shown cells first: what can be written in them alone will be. Shown zeros say nothing more
     * than the relations do without them. */
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t c = 0; c < relations->cell_count; c++) {
            if (is_hidden(statuses, c) != (pass == 1) || (pass == 0 && relations->values[c] == 0))
                continue;
            cells[count] = c;
            columns[c] = count++;
        }
        shown = pass == 0 ? count : shown;
    }
    elimination_run(arena, relations, columns, count, &solved);
    elimination_sort(&solved);
    int32_t column = columns[cell];
    if (column < shown || !solved.is_pivot[column])
        return NULL;
    const struct row *row = &solved.rows[column];
    if (row->count == 0 || row->terms[row->count - 1].column >= shown)
        return NULL;
    struct text text = text_new(work->arena, LONGEST_CERTIFICATE);
    text_add_format(&text, "cell %d = ", cell);
    say_row(&text, &solved, row, cells);
    return text.is_full ? arena_format(work->arena,
                                       "cell %d is a sum of shown cells, too long to "
                                       "print",
                                       cell)
                        : text.bytes;
}
