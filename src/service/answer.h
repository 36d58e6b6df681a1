/* An answer to a request for information on its way out: its percentages and its table as somebody
 * typed them, held against what they tell by themselves and beside everything released before. */
#ifndef SERVICE_ANSWER_H
#define SERVICE_ANSWER_H

#include "base/problem.h"
#include "service/ledger.h"

struct answer_request {
    const char *name, *population, *definition, *period;
    const char *percentages; /* "16.13%, 47.58%"; "": none */
    const char *table;       /* CSV: a column a variable, then count; "": none */
    int64_t threshold;       /* INTEGER_MISSING: the standard */
    bool shows_zeros;        /* nought stands as 0 in the table, so what is hidden is at least 1 */
};

struct answer {
    const char *refusal; /* of the percentages, with the remedy; NULL: they tell of nobody */
    bool has_table;
    struct ledger ledger;
    size_t place; /* of the answer in it, where it has a table */
    struct ledger_verdict verdict;
    bool may_go_out; /* only what has a table can be put on record */
};

/* Looks at all of it; nothing is kept. What was typed wrong is a problem under the name of its
 * field (the name of the release under `code`). Needs the right to release tables. */
MUST_CHECK enum status answer_try(struct work *work, const struct answer_request *request,
                                  struct problems *problems, struct answer *out_answer);
/* Puts on record what was tried and may go out; refuses as ledger_record_add does. */
MUST_CHECK enum status answer_record(struct work *work, struct answer *answer);

#endif
