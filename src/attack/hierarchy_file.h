/* Which labels lie within which: a table in which one column has the labels of a variable (the one
 * with its name, or else the first) and the others have the groups that each of them belongs to. */
#ifndef ATTACK_HIERARCHY_FILE_H
#define ATTACK_HIERARCHY_FILE_H

#include "attack/published.h"

/* One variable's labels; all levels of them stand in the one column of published tables. */
struct hierarchy {
    struct slice variable; /* the column's heading */
    const char *path;      /* of its file */
    int32_t *level;        /* of a word: the variable to which it belongs as a label, or -1 */
    int32_t word_count;    /* words that have a level */
};

/* Reads the file's bytes, and notes in `published` which labels lie within which; `hierarchy` has
 * its variable and path. Fails with a sentence that names file, row and remedy. */
MUST_CHECK enum status hierarchy_file_parse(struct work *work, struct slice bytes,
                                            struct published *published,
                                            struct hierarchy *hierarchy);
/* The variable to which a label belongs, at whatever level; -1 where the file does not have it. */
int32_t hierarchy_variable_of(const struct hierarchy *hierarchy, int32_t label);

#endif
