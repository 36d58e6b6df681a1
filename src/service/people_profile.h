/* The workforce of a snapshot by characteristic, for everybody or for one unit. Counts are
 * unprotected: for those who have the right to count people, and for nobody else. */
#ifndef SERVICE_PEOPLE_PROFILE_H
#define SERVICE_PEOPLE_PROFILE_H

#include "base/list.h"
#include "service/benchmark.h"
#include "store/snapshot_store.h"

struct profile_row {
    const char *code, *label;
    int64_t count;
    int64_t share; /* of those who answered, per cent in millionths; INTEGER_MISSING without any */
    int64_t compared; /* the benchmark's per cent, in millionths; INTEGER_MISSING without one */
};

struct profile_table {
    const char *column, *title, *list_title;
    struct list answers; /* of struct profile_row *, in the order of the list */
    struct list groups;  /* the same in five high-level groups, where the list leads there */
    struct list states;  /* of struct profile_row *: prefer not to say, not answered, … */
    int64_t total, answered;
    int64_t response; /* share of all who answered or preferred not to say, in millionths */
    bool is_compared; /* the benchmark has this list, for the groups where there are groups */
};

/* A benchmark that can be chosen. */
struct profile_benchmark {
    const char *name, *title;
};

struct people_profile {
    struct snapshot_entry entry;
    struct list tables;                /* of struct profile_table * */
    struct list units;                 /* of const char *: the topmost units that may be seen */
    bool is_whole;                     /* the whole workforce may be seen */
    struct list benchmarks;            /* of struct profile_benchmark * */
    const struct benchmark *benchmark; /* what is compared with; NULL: nothing */
    const char *unit;                  /* NULL: everybody */
    int64_t people;                    /* records counted */
};

/* Counts every characteristic of the latest version. `unit` is a topmost unit's name, or NULL;
 * `benchmark` one of rules/benchmarks.csv, or NULL. One that is not there is STATUS_NOT_FOUND. Only
 * like is compared with like: a benchmark in five groups stands beside the workforce in five.
 * Without a unit, who may not see the whole workforce sees the first unit that they may. */
MUST_CHECK enum status people_profile_load(struct work *work, const char *code, const char *unit,
                                           const char *benchmark,
                                           struct people_profile *out_profile);

#endif
