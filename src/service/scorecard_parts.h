/* What the files that read a scorecard share among themselves. */
#ifndef SERVICE_SCORECARD_PARTS_H
#define SERVICE_SCORECARD_PARTS_H

#include "entity/heading.h"
#include "service/scorecard_reading.h"

/* The words by which a measure of the return is known, in their compared form. */
struct scorecard_names {
    const char *words[4];
};

struct scorecard_context {
    struct arena *arena;
    const struct return_sheet *back;
    struct scorecard_names *names; /* by the return's rows */
    struct list saved;             /* of struct scorecard_match * */
    struct list sources;
    struct heading_rules headings;
    struct list codes; /* rules/words.csv */
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

#endif
