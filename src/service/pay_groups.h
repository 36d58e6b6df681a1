/* Which people are compared in a pay gap: men and women, ethnic groups with White British, disabled
 * people and others. */
#ifndef SERVICE_PAY_GROUPS_H
#define SERVICE_PAY_GROUPS_H

#include "service/people.h"
#include "stats/pay_rank.h"

enum pay_by { PAY_BY_SEX, PAY_BY_ETHNICITY, PAY_BY_DISABILITY, PAY_BY_COUNT };

/* How finely ethnic groups are told apart. */
enum pay_detail {
    PAY_DETAIL_BROAD,    /* the five groups, White in two */
    PAY_DETAIL_CATEGORY, /* each category of the list that was asked */
    PAY_DETAIL_BINARY,   /* the comparator and everybody else */
};

struct pay_group {
    const char *code, *title; /* "men", "Men"; of a list: its code and label */
    const char *words;        /* within a sentence: "men" */
};

struct pay_groups {
    enum pay_by by;
    struct pay_group groups[PAY_MOST_GROUPS]; /* the comparator first */
    size_t count;
    uint8_t *of_label; /* group of each label of the values' column, or PAY_NO_GROUP */
    int64_t least_people, robust_people; /* of rules/pay_gap_rules.csv */
};

/* Finds the groups in the field of the characteristic. STATUS_INPUT when the file has no such
 * column, or its answers are of a list that does not tell the groups apart. */
MUST_CHECK enum status pay_groups_find(struct work *work, struct code_lists *lists,
                                       const struct people *people, enum pay_by by,
                                       enum pay_detail detail, struct pay_groups *out_groups);
/* "sex", "ethnicity", "disability", and back; false when it is none. */
const char *pay_by_code(enum pay_by by);
bool pay_by_read(const char *code, enum pay_by *out_by);
/* "broad", "category", "binary". */
bool pay_detail_read(const char *code, enum pay_detail *out_detail);
/* The role of the column that is compared by. */
enum people_role pay_by_role(enum pay_by by);

#endif
