/* Other tables of whole numbers that agree with what is shown, made by shifts: a few cells are
 * raised and others lowered so that every sum still holds. */
#ifndef DISCLOSURE_SHIFTS_H
#define DISCLOSURE_SHIFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/part.h"

/* Walks from the part's own table to others in which no cell is below `least`, what is outside the
 * part staying as it is, and marks in `cleared`, by cell of the part, those that differ in one of
 * them. The same part gives the same walk. */
void shifts_walk(const struct part *part, int64_t least, bool *cleared);

#endif
