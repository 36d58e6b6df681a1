/* Suppression from end to end: primaries by threshold, secondaries, the audit, and the repair of
 * what the audit finds. */
#ifndef DISCLOSURE_SUPPRESSION_H
#define DISCLOSURE_SUPPRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/audit.h"
#include "disclosure/relations.h"
#include "disclosure/secondary.h"

enum { SUPPRESSION_LEAST_THRESHOLD = 5, SUPPRESSION_MOST_THRESHOLD = 1000000 };

struct suppression_options {
    int64_t threshold; /* cells from 1 to one below are primary; 0: none by its value */
    bool shows_zeros;  /* false: zeros are primary too, hidden in one band with the small numbers */
    enum safety safety;
    const int64_t *weights; /* by cell, or NULL */
    int64_t effort;
};

/* What is said of a reader who thinks of whole people over all linked tables. */
enum joint_proof {
    JOINT_NOT_ASKED, /* another safety, or zeros are hidden */
    JOINT_IS_TABLES, /* combinations are cells, so that reader knows no more than any other */
    JOINT_PROVED,
    JOINT_NOT_PROVED,
    JOINT_NOT_TRIED, /* there are too many combinations */
};

struct suppression {
    struct secondary_result secondary;
    struct audit_result audit;
    enum joint_proof joint;
    int64_t
        whole_open; /* primaries for which no other whole number was seen, nor that there is none */
    int64_t combination_count; /* of the joint space, where that is proved; else 0 */
    const char *certificate;   /* when refused: how a reader gets at a small number, or NULL */
};

/* `statuses`, by cell, comes with what is fixed beforehand (CELL_PRIMARY, CELL_KNOWN, else
 * CELL_PUBLISHED) and goes with the pattern. Fails with STATUS_REFUSED when it cannot be made safe;
 * `out_suppression` then says what is known about why. */
MUST_CHECK enum status suppression_run(struct work *work, const struct relations *relations,
                                       const struct suppression_options *options,
                                       unsigned char *statuses,
                                       struct suppression *out_suppression);
/* A sentence about that reader, ended by a line end; "" where there is nothing to say. */
const char *suppression_joint_words(struct arena *arena, enum joint_proof joint,
                                    int64_t combination_count);
/* The same about a reader who knows that counts are whole. */
const char *suppression_whole_words(struct arena *arena, int64_t whole_open);

#endif
