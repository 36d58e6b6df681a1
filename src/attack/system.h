/* Sparse homogeneous equations with whole factors, eliminated exactly: no rounding, no residues. A
 * row is divided by what its factors have in common, so they stay small; where one would not fit
 * any more, the system says so and nothing is claimed from it. */
#ifndef ATTACK_SYSTEM_H
#define ATTACK_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct term {
    int32_t column;
    int64_t factor;
};

struct system_row {
    struct term *terms; /* sorted by column, no factor 0 */
    int32_t count;
    int32_t pivot; /* the column that this row gives, or -1 while the row is active */
};

struct member; /* a row in which a column may stand */

struct system {
    struct arena *arena;
    struct system_row *rows;
    int32_t row_count, column_count;
    int32_t *degree; /* of a column: in how many active rows it stands */
    struct member **members;
    int32_t *order; /* the rows that became pivots, in that order */
    int32_t pivot_count;
    bool has_overflowed;
};

/* Sorts terms by column and adds up those of one column; gives how many are left. */
int32_t system_tidy(struct term *terms, int32_t count);
/* Takes over the rows, whose terms live in `arena`. */
struct system system_of(struct arena *arena, struct system_row *rows, int32_t row_count,
                        int32_t column_count);
/* Makes `row` give `column`, and takes the column out of every other active row. The active rows
 * that changed, and those that the column stood in, are told to `touched` when it is not NULL. */
struct system_touched {
    void (*tell)(void *user, int32_t row);
    void *user;
};
void system_pivot(struct system *system, int32_t row, int32_t column,
                  const struct system_touched *touched);
/* Eliminates every column that `may` allows, the ones in fewest rows first. What is left active has
 * none of them. */
void system_eliminate(struct system *system, const bool *may);
/* Gives a solution modulo a prime: the columns that no row gives are random, but 0 where `is_zero`
 * says so; the others follow. A column that is 0 here is 0 in every such solution, but for a chance
 * of one in 2^61 a column; one that is not 0 is not 0 in some. */
void system_solve(const struct system *system, const bool *is_zero, uint64_t *out_values);
/* Calls for each active row in which the column stands. */
void system_each_row(const struct system *system, int32_t column,
                     const struct system_touched *call);

#endif
