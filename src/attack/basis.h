/* The inverse of a basis as a product of simple factors (product form, Dantzig and Orchard-Hays,
 * 1954). In tables a basis is nearly triangular, and then the factors are its columns. */
#ifndef ATTACK_BASIS_H
#define ATTACK_BASIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Columns of an equation system, packed: column c has entries [start[c], start[c + 1]). */
struct matrix {
    int32_t rows, columns;
    size_t *start;
    int32_t *row;
    double *factor;
};

struct basis;

struct basis *basis_new(struct arena *arena, const struct matrix *matrix);
/* Inverts the basis of the given columns, and says which row each of them gives: `basic` comes with
 * a column for each row in any order, and goes in the order of the rows. False when the columns do
 * not give every row. */
bool basis_invert(struct basis *basis, int32_t *basic);
/* vector = inverse * vector, by row. */
void basis_forward(const struct basis *basis, double *vector);
/* vector = vector * inverse, by row. */
void basis_backward(const struct basis *basis, double *vector);
/* Puts another column into a row; `direction` is inverse * that column. */
void basis_replace(struct basis *basis, int32_t row, const double *direction);
/* True when so many columns were put in that inverting anew is quicker. */
bool basis_is_worn(const struct basis *basis);

#endif
