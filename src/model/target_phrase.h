/* The turns of phrase of target dates, as tables: how often, in which role a date stands, how sure
 * it is, and how conditions begin; used by target_date.c alone. */
#ifndef MODEL_TARGET_PHRASE_H
#define MODEL_TARGET_PHRASE_H

#include "model/target_date.h"
#include "model/target_reader.h"

/* What the words before a date make of it. */
enum target_role {
    TARGET_ROLE_NONE,
    TARGET_ROLE_DUE,
    TARGET_ROLE_BEFORE,
    TARGET_ROLE_FROM,
    TARGET_ROLE_UNTIL,
    TARGET_ROLE_THROUGHOUT,
    TARGET_ROLE_REVIEW,
    TARGET_ROLE_EVERY,
    TARGET_ROLE_REVISED, /* takes the place of a due date named before */
};

/* Each takes its words, if they stand at the reader's place, with the empty words around them. */
bool target_take_recurrence(struct target_reader *reader,
                            enum target_date_recurrence *out_recurrence);
bool target_take_role(struct target_reader *reader, enum target_role *out_role);
bool target_take_status(struct target_reader *reader, enum target_date_status *out_status);
/* Words that carry nothing beside what was read: "thereafter", "by the same month", commas. */
void target_skip_filling(struct target_reader *reader);
/* True when a condition begins here; with a date known, more beginnings count ("all meetings"). */
bool target_is_condition(const struct target_reader *reader, bool has_date);
/* "12 months": a number in digits or words, and its unit in months, or in days. */
bool target_take_span(struct target_reader *reader, int *out_months, int *out_days);

#endif
