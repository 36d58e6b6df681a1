/* What the files that read a scorecard share among themselves. */
#ifndef SERVICE_SCORECARD_PARTS_H
#define SERVICE_SCORECARD_PARTS_H

#include "entity/heading.h"
#include "service/scorecard_reading.h"

/* The words by which a measure of the return is known, in their compared form. */
struct scorecard_names {
    const char *words[4];
};

enum { SCORECARD_MONTHS_MOST = 12 };

/* A cell of one month of the return's period. */
struct scorecard_month {
    struct scorecard_answer answer;
    size_t number; /* from 0 */
};

struct scorecard_context {
    struct arena *arena;
    const struct return_sheet *back;
    struct scorecard_names *names; /* by the return's rows */
    struct list saved;             /* of struct scorecard_match * */
    struct list sources;
    struct heading_rules headings;
    struct list codes;  /* rules/words.csv */
    struct list months; /* of struct scorecard_month *: cells of the period's months */
    size_t month_count; /* that the period has; 0: it is not made of months */
    struct scorecard_reading *out;
};

/* Words without the "*" of a period. */
const char *scorecard_plain_words(struct arena *arena, const char *words);
/* What a heading of rules/headings.csv says: an input, or SCORECARD_IGNORED for what the return
 * knows itself; NULL for words that are none. */
const char *scorecard_known_meaning(const struct scorecard_context *reading, const char *words);
/* When all sheets are read: the columns that are open, the measures that the file does not have,
 * what each is like, and whether a person should look. */
void scorecard_find_gaps(const struct scorecard_context *reading);

/* Adds what a cell answers, as the row takes it, with what becomes of it. */
void scorecard_add_answer(const struct scorecard_context *reading, struct scorecard_answer *answer);
/* When all sheets are read: the answers that follow from cells of months, where no cell of the
 * period itself gives one. */
void scorecard_take_months(const struct scorecard_context *reading);

#endif
