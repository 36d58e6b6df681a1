/* Who a recipe counts: "ethnicity=@ethnic-minorities; grade=PO5|PO6; sex=answered". Terms are
 * parted by semicolons and all must hold; a term names a column of the snapshot and what it may be
 * (= or
 * !=): labels or codes parted by |, a group of the column's list (@…), or `answered`; a date is
 * `before`, `within` or `after` the period. Empty text counts everybody. */
#ifndef SERVICE_RECIPE_FILTER_H
#define SERVICE_RECIPE_FILTER_H

#include "base/slice.h"
#include "base/work.h"
#include "service/code_list.h"

enum { FILTER_MOST_TERMS = 6, FILTER_MOST_VALUES = 40 };

struct filter_term {
    const char *column;
    bool is_not;       /* != */
    bool is_answered;  /* any answer that is none of the states */
    const char *group; /* of the column's list; NULL: the values are given */
    const char *values[FILTER_MOST_VALUES];
    size_t value_count;
};

struct recipe_filter {
    struct filter_term terms[FILTER_MOST_TERMS];
    size_t count;
};

/* Reads a filter; NULL and "" count everybody. STATUS_INPUT with a sentence that shows the form. */
MUST_CHECK enum status recipe_filter_read(struct work *work, const char *text,
                                          struct recipe_filter *out_filter);
/* Whether a label meets a term. `list` is the column's; NULL for a plain category. */
bool recipe_filter_meets(const struct filter_term *term, const struct code_list *list,
                         struct slice label);
/* STATUS_INPUT when a group or code of the term is not one of the column's list. */
MUST_CHECK enum status recipe_filter_check(struct work *work, const struct filter_term *term,
                                           const struct code_list *list);

#endif
