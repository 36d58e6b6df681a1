/* Which people are compared with whom: women with men, ethnic groups with White British, disabled
 * people with others, and of any other characteristic each group with the largest. */
#ifndef SERVICE_PEOPLE_GROUPS_H
#define SERVICE_PEOPLE_GROUPS_H

#include "service/people.h"
#include "stats/pay_rank.h"

/* How finely ethnic groups are told apart. */
enum people_detail {
    PEOPLE_DETAIL_BROAD,    /* the five groups, White in two */
    PEOPLE_DETAIL_CATEGORY, /* each category of the list that was asked */
    PEOPLE_DETAIL_BINARY,   /* the comparator and everybody else */
};

struct people_group {
    const char *code, *title; /* "men", "Men"; of a list: its code and label */
    const char *words;        /* within a sentence: "men" */
};

struct people_groups {
    enum people_role role;
    struct people_group groups[PAY_MOST_GROUPS]; /* the comparator first */
    size_t count;
    const struct column *values;         /* people's answers */
    const char *heading;                 /* under which they stand in the file */
    uint8_t *of_label;                   /* group of each of their labels, or PAY_NO_GROUP */
    int64_t least_people, robust_people; /* of rules/pay_gap_rules.csv; 0 where it has no row */
};

/* Finds the groups in the column of the characteristic: of the two questions on disability what
 * follows from both, of ages the ten-year bands. STATUS_INPUT when the file has no such column, or
 * none of its answers belongs to a group. */
MUST_CHECK enum status people_groups_find(struct work *work, struct code_lists *lists,
                                          const struct people *people, enum people_role role,
                                          enum people_detail detail,
                                          struct people_groups *out_groups);
/* "broad", "category", "binary". */
bool people_detail_read(const char *code, enum people_detail *out_detail);

#endif
