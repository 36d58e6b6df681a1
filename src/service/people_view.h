/* What was found in an extract of people, for the analyst's own eyes: counts are unprotected. */
#ifndef SERVICE_PEOPLE_VIEW_H
#define SERVICE_PEOPLE_VIEW_H

#include <jansson.h>

#include "base/text.h"
#include "service/people.h"

/* The sentence that stands over every unprotected count. */
#define PEOPLE_UNPROTECTED                                                                         \
    "For your own eyes: small counts here are not protected. What may be published is released "   \
    "separately."

/* What stands behind a label, in words: "Indian", "Prefer not to say". */
const char *people_answer_words(const struct people_field *field,
                                const struct people_answer *answer);
/* The list and code as a map writes them: "state" and "prefer-not-to-say" for a state. */
void people_answer_map(const struct people_field *field, const struct people_answer *answer,
                       const char **out_list, const char **out_code);
/* "repeated" and so on: why rows were left out. */
const char *people_refusal_code(enum people_refusal refusal);
/* The period that is written "four weeks"; PAY_UNSAID for NULL and any other word. */
enum pay_period people_period_read(const char *words);
/* What the extract lacks, one sentence each: const char *, in the people's arena. */
struct list people_missing(const struct people *people);
/* The names of the sheets that were not read, in quotation marks, with commas between; NULL where
 * there are none. */
const char *people_other_sheets(const struct people *people);
/* Labels that were not understood. */
size_t people_unmatched(const struct people *people);
/* All of it as JSON; the caller owns it. */
json_t *people_as_json(const struct people *people);
/* The labels as CSV that is itself a map: column, label, list, code, then count, means, and how
 * it was found. With `only_unmatched`, those alone, each with its suggestion and likeness: confirm
 * or mend, and give the file back with --map. */
void people_labels_as_csv(const struct people *people, bool only_unmatched, struct text *out_text);

#endif
