/* People against a benchmark, characteristic by characteristic and unit by unit: share, interval,
 * index, shortfall. Only like is compared with like: both sides are brought to one list of groups
 * by the registry's crosswalks (19 categories to 18 to 5). Unprotected. */
#ifndef SERVICE_COMPARISON_H
#define SERVICE_COMPARISON_H

#include "service/benchmark.h"
#include "service/people.h"
#include "stats/representation.h"

struct comparison_group {
    const struct list_code *code;
    int64_t benchmark; /* per cent, in millionths */
};

/* Everybody, or a unit: a group's people and how they compare, in the order of the groups. */
struct comparison_part {
    const char *path, *level; /* of a unit; "" for everybody */
    int64_t base;             /* people whose group is known */
    int64_t *people;
    struct representation *found;
    const int64_t *shares; /* the benchmark's of each group, in millionths of a per cent */
    bool has_own_shares;   /* the benchmark has this place's own; else they are everybody's */
    bool *is_found; /* false: nobody's group is known, or the benchmark has none of the group */
};

struct comparison {
    enum people_role role;
    const char *heading;
    const struct code_list *asked, *list; /* of the file; that of the comparison */
    bool is_partial;                      /* as in the benchmark: the base is all who answered */
    int64_t states[ANSWER_STATE_COUNT];   /* of everybody, by what stands behind the cell */
    struct answer_rates rates;
    int64_t unplaced; /* who answered with something that the list of the comparison has not */
    struct comparison_group *groups;
    size_t group_count;
    struct comparison_part everybody;
    struct comparison_part *units;
    size_t unit_count;
};

struct comparison_request {
    const struct benchmark *benchmark;
    const char *const *units; /* headings, as in service/pay_report.h */
    size_t unit_count;
};

/* Compares every characteristic that both have. STATUS_INPUT when they have none in common.
 * `*out_comparisons` is a list of struct comparison *. */
MUST_CHECK enum status comparison_make(struct work *work, struct people_labels *labels,
                                       const struct people *people,
                                       const struct comparison_request *request,
                                       struct list *out_comparisons);
/* "under-represented, significant" and so on. */
const char *comparison_reading(struct arena *arena, const struct representation *found);

#endif
