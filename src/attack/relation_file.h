/* Cells, relations and patterns in their plain form: the one in which test instances are exchanged.
 *
 * A relations file: the number of cells and of relations; then one count a line; then a line a
 * relation: how many numbers follow, the total's number, the numbers of its parts (from 0).
 * A pattern: line i is the status of cell i: published, primary, secondary, known, unpublished. */
#ifndef ATTACK_RELATION_FILE_H
#define ATTACK_RELATION_FILE_H

#include "attack/puzzle.h"
#include "base/slice.h"

/* How the published values and the hidden ones are to be read. */
struct publication {
    bool shows_zeros; /* so a hidden cell is at least 1 */
    int64_t rounding; /* to the nearest multiple of this; 0: not rounded */
    int64_t band;     /* counts below it are shown as one band; 0: there is no band */
};

struct relation_file {
    int32_t cell_count, relation_count;
    const int64_t *counts;
    const int32_t *numbers; /* the relations one after the other: length, total, parts */
};

/* Reads a relations file. Fails with a sentence that names the file and the line. */
MUST_CHECK enum status relation_file_read(struct work *work, const char *path,
                                          struct relation_file *out_file);
/* The same from bytes; `name` is what messages call them. */
MUST_CHECK enum status relation_file_parse(struct work *work, const char *name, struct slice bytes,
                                           struct relation_file *out_file);
/* Reads a pattern of `cell_count` lines into states (enum cell_state). */
MUST_CHECK enum status pattern_read(struct work *work, const char *path, int32_t cell_count,
                                    unsigned char **out_states);
MUST_CHECK enum status pattern_parse(struct work *work, const char *name, struct slice bytes,
                                     int32_t cell_count, unsigned char **out_states);
/* The states where no pattern is given: primary below the band, else shown. */
unsigned char *pattern_of_band(struct arena *arena, const struct relation_file *file,
                               const struct publication *publication);
/* True when the pattern shows a zero: then an attacker knows that no hidden cell is one. */
bool pattern_shows_zeros(const struct relation_file *file, const unsigned char *states);
/* What an attacker makes of it: the counts of shown and known cells as they are published, for the
 * others only what the publication says of all of them. The counts stay beside it as the truth. */
MUST_CHECK enum status relation_file_as_puzzle(struct work *work, const struct relation_file *file,
                                               const unsigned char *states,
                                               const struct publication *publication,
                                               struct puzzle *out_puzzle);

#endif
