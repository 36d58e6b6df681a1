/* People who stand in a PostgreSQL database, or in several behind one (a table partitioned over
 * postgres_fdw): counted where they stand. What comes over the wire is groups and their numbers,
 * never a person. This is not a workspace, and nothing is written. */
#ifndef STORE_PEOPLE_DATABASE_H
#define STORE_PEOPLE_DATABASE_H

#include "base/columns.h"
#include "base/text.h"
#include "base/work.h"

struct people_database;

enum {
    PEOPLE_DATABASE_MOST_COLUMNS = 1600,   /* as PostgreSQL has it */
    PEOPLE_DATABASE_MOST_GROUPS = 4000000, /* that one count may give */
    PEOPLE_DATABASE_MOST_GROUPED = 64
};

/* What to count: people by every combination of some columns. */
struct people_database_count {
    const size_t *columns; /* places among people_database_columns */
    size_t column_count;   /* PEOPLE_DATABASE_MOST_GROUPED at most */
    ptrdiff_t weight;      /* a column of numbers that is summed too; -1: none */
};

/* Connects and looks at the relation ("people", "hr.people"). All counts up to the closing are of
 * the same people, whatever is written meanwhile. */
MUST_CHECK enum status people_database_open(struct work *work, const char *address,
                                            const char *relation,
                                            struct people_database **out_database);
/* NULL is allowed. */
void people_database_close(struct people_database *database);
/* For messages: the address without its password. */
const char *people_database_name(const struct people_database *database);
const char *const *people_database_columns(const struct people_database *database,
                                           size_t *out_count);
/* One row a group: a category for each column, then a decimal of people, and with a weight one of
 * its sum (NUMBER_PLACES decimals) and one of the people who have one. Sealed; the caller frees
 * it. Where the relation is partitioned, each partition is grouped by itself, so that shards can do
 * it, and the groups of the partitions are added up. */
MUST_CHECK enum status people_database_count(struct work *work, struct people_database *database,
                                             const struct people_database_count *count,
                                             struct columns **out_columns);
/* How the server would do the same: its plan, with what it sends to each shard. */
MUST_CHECK enum status people_database_explain(struct work *work, struct people_database *database,
                                               const struct people_database_count *count,
                                               struct text *out_plan);

#endif
