/* Shared by the files that compare groups by an outcome; for nobody else. */
#ifndef SERVICE_OUTCOME_PARTS_H
#define SERVICE_OUTCOME_PARTS_H

#include "service/outcome.h"

/* Which labels of a column meet a condition; no column: everybody does. */
struct outcome_condition {
    const struct column *column;
    bool *meets; /* of each label */
};

/* Reads "Type=Disciplinary|Capability"; STATUS_USAGE for a column or value that is not there. */
MUST_CHECK enum status outcome_condition(struct work *work, const struct people *people,
                                         const char *words,
                                         struct outcome_condition *out_condition);

static inline bool outcome_meets(const struct outcome_condition *condition, int64_t row)
{
    return !condition->column || condition->meets[column_code(condition->column, row)];
}

/* Cases in an extract of their own, met with people by employee's number. */
struct outcome_cases;

/* Gathers the numbers of those cases that meet the request's condition. */
MUST_CHECK enum status outcome_cases_link(struct work *work, const struct people *people,
                                          const struct outcome_request *request,
                                          struct outcome_cases **out_cases);
/* Whether a person is one of the base, as far as the cases decide that. */
bool outcome_cases_counts(const struct outcome_cases *cases, int64_t row);
/* Whether a person has the outcome. */
bool outcome_cases_has(struct outcome_cases *cases, int64_t row);
/* How many cases the person has. */
int64_t outcome_cases_events(const struct outcome_cases *cases, int64_t row);
/* Gives the numbers that nobody in the base has, and frees. NULL is allowed. */
int64_t outcome_cases_end(struct outcome_cases *cases);

#endif
