/* What people are compared with: a census or another population, as data with source and base. From
 * rules/benchmarks.csv and rules/benchmark_values.csv by name, or from a file of the analyst's. */
#ifndef SERVICE_BENCHMARK_H
#define SERVICE_BENCHMARK_H

#include "service/people_labels.h"

struct benchmark_value {
    const char *code; /* of the list */
    int64_t percent;  /* in millionths: of those who answered, or of all where it is partial */
};

/* One characteristic. */
struct benchmark_set {
    const struct code_list *list;
    struct list values; /* of struct benchmark_value * */
    bool is_partial;    /* only some groups are given, so shares could not be based on answers */
};

/* The same groups of one ward or other part, for the unit of that name. */
struct benchmark_place {
    const char *name;
    struct list sets; /* of struct benchmark_set * */
};

struct benchmark {
    const char *name, *title;
    const char *place, *date, *population, *source; /* NULL: not said */
    const char *standing; /* how well the numbers are known; NULL: not said */
    struct list sets;     /* of struct benchmark_set *, of everybody */
    struct list places;   /* of struct benchmark_place *; none: everybody is one */
};

/* Loads the benchmark of that name, or the file of that path: CSV, XLSX or ODS with a column
 * `group` (code or label), a column `percent` or `count`, and `list` or `characteristic` where the
 * file has more than one. A column `place` or `ward` gives each its own shares; rows without one
 * are of everybody, which is the sum of all counts where there are none. Rows of totals are passed
 * over. STATUS_INPUT with file and row when a group is not understood, STATUS_NOT_FOUND with the
 * names there are. */
MUST_CHECK enum status benchmark_load(struct work *work, struct people_labels *labels,
                                      const char *name_or_path, struct benchmark *out_benchmark);

#endif
