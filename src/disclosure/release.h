/* The way out: from a plan of raw counts, by a profile, to tables that may leave, with a report of
 * what was done. Refuses when it cannot be made safe. */
#ifndef DISCLOSURE_RELEASE_H
#define DISCLOSURE_RELEASE_H

#include <stdint.h>

#include "disclosure/release_plan.h"
#include "disclosure/cell_key.h"
#include "disclosure/profile.h"
#include "disclosure/released_table.h"

enum { RELEASE_STANDARD_EFFORT = 1 }; /* that of secondary.h */

/* What columns and labels are called where the people's columns hold codes. */
struct release_words {
    const char *(*heading)(void *context, const char *column);
    const char *(*label)(void *context, const char *column, struct slice label);
    void *context;
};

struct release_options {
    const struct profile *profile;
    int64_t effort;                     /* of the search for secondaries */
    const struct cell_key_table *noise; /* of a cell-key profile; the plan then has key sums */
    const size_t *amount;               /* the people's column that means are of; NULL: none */
    const struct release_words *words;  /* NULL: columns and labels stand as they are */
};

struct release {
    const struct released_table **tables;
    size_t table_count;
    int64_t cell_count, relation_count;
    int64_t primary_count;   /* small counts */
    int64_t secondary_count; /* hidden or withheld so that small counts cannot be worked out */
    int64_t withheld_count;  /* crossed with what is counted for the whole organisation only */
    int64_t found_count;     /* small counts that rounding alone would have given away */
    int64_t band;            /* every hidden count is below it, which a reader can take from the
                                report; 0: some are not */
    int64_t changed_count, largest_change; /* by small count or controlled rounding */
    int64_t base;                          /* of controlled and small count rounding */
    int64_t reach; /* of methods that move counts: what is shown may be off by this at most */
    bool is_widened, is_least; /* as in controlled.h */
    int64_t uniform_count;     /* groups in which everybody has the same label: the table says it of
                                  each of them */
    const char
        *joint_words; /* of suppression: what holds for a reader who thinks of whole people */
    bool has_amounts;
    int64_t few_count, dominated_count, amount_secondary_count; /* means hidden: amounts.h */
    const char *certificate; /* when refused: how a reader gets at a small number, or NULL */
};

/* Protects all tables of the plan together. STATUS_REFUSED when that cannot be done. */
MUST_CHECK enum status release_make(struct work *work, const struct release_plan *plan,
                                    const struct release_options *options,
                                    struct release *out_release);
/* What was done and why, in plain words. */
const char *release_report(struct work *work, const struct release *release,
                           const struct profile *profile);

#endif
