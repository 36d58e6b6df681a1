/* The life of a return: opened, written, submitted, approved or sent back, frozen, revised. The
 * table of model/states/return_states.h says what may follow what; here it happens, each step in
 * one transaction with one audit event. */
#ifndef SERVICE_RETURN_LIFE_H
#define SERVICE_RETURN_LIFE_H

#include "base/problem.h"
#include "model/states/return_states.h"
#include "service/return_sheet.h"
#include "store/audit.h"

/* Opens the period: a return for each unit that supplies a measure of the scheme in force (or of
 * the scheme of that code), with a row for each measure, dated by service/return_calendar.h. A
 * return that is there keeps its rows and gets those that are missing; so opening twice changes
 * nothing. `*out_opened` counts the returns that are new. */
MUST_CHECK enum status return_open_period(struct work *work, struct period period,
                                          const char *scheme, int64_t *out_opened);

/* What was typed into one input of a row. */
struct return_input {
    const char
        *name; /* a member of struct return_row that people fill in: value_text, progress … */
    const char *text; /* "" empties it */
};

struct return_answer {
    const char *code;      /* of the return */
    const char *reference; /* of the row */
    const struct return_input *inputs;
    size_t count;
    int64_t version; /* of the row that the person saw; INTEGER_MISSING: whatever it is by now */
};

struct return_saved {
    struct return_row *row;   /* as it stands now */
    struct problems problems; /* of the inputs that could not be kept, such as text too long */
    bool is_conflict;         /* somebody else wrote since: nothing was saved, `row` is theirs */
    bool is_changed;
};

/* Saves what was typed, right or wrong: a draft is kept as it is, and return_sheet_load tells what
 * is wrong with it. An input that does not fit its member is a problem and is not saved. With
 * `is_conflict` the caller shows both versions. STATUS_REFUSED, with why and who can change it,
 * when the return is not open; STATUS_NOT_FOUND for no such row. */
MUST_CHECK enum status return_answer_save(struct work *work, const struct return_answer *answer,
                                          struct return_saved *out_saved);

/* The parts of the sheet (flags of return_sheet_part) that the step `action` looks at. */
unsigned return_step_parts(const char *action);
/* Whether the step freezes words that may give somebody away, so that it needs a reason. */
bool return_step_asks_why(const struct return_sheet *sheet,
                          const struct return_transition *transition);
/* The same under an event that has begun, for many rows at once: nothing is committed. */
MUST_CHECK enum status return_answer_write(struct work *work, struct audit *audit,
                                           const struct return_answer *answer,
                                           struct return_saved *out_saved);

/* Takes the step `action` of the table. Submitting and what follows it records the values,
 * forecasts and ratings of the rows, as revisions where they differ from what is recorded, with
 * `reason`. STATUS_REFUSED in words when the state does not allow the step, a reason is missing, or
 * rows have problems (then `*out_sheet`, when not NULL, has them). */
MUST_CHECK enum status return_take_step(struct work *work, const char *code, const char *action,
                                        const char *reason, struct return_sheet **out_sheet);
/* Lets a locked return be written until the end of that day (ISO), for a reason. */
MUST_CHECK enum status return_allow_exception(struct work *work, const char *code,
                                              const char *until, const char *reason);

/* The inputs that people fill in, ended by NULL. */
extern const char *const return_input_names[];

#endif
