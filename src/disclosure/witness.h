/* A first direction in which every hidden cell at its bound can move up at once. */
#ifndef DISCLOSURE_WITNESS_H
#define DISCLOSURE_WITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/publication.h"
#include "disclosure/relations.h"

/* Fills `witness`, by cell, for the universe's cells at their bound, each at least 1, so that some
 * direction within the relations has these values there. False when none is found. */
bool witness_start(const struct relations *relations, const struct universe *universe,
                   int64_t *witness);

#endif
