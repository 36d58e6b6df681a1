/* A return as the person who writes it needs it: each row with its target, what was said before,
 * what has been typed so far, the rating as it will be printed, and all that is wrong with it.
 *
 * Plain data in the work's arena; a pointer is NULL where there is no such thing. */
#ifndef SERVICE_RETURN_SHEET_H
#define SERVICE_RETURN_SHEET_H

#include "base/problem.h"
#include "model/return_step.h"
#include "service/permission.h"
#include "service/rating_of.h"
#include "store/return_store.h"

enum { RETURN_HISTORY = RETURN_PERIODS_MOST };

/* What a sheet can have beside its rows with their targets, ratings and problems. */
enum return_sheet_part {
    RETURN_SHEET_SUPPLIERS = 1, /* `supplier` of each row */
    RETURN_SHEET_PAST = 2,      /* `past` of each row */
    RETURN_SHEET_FINDINGS = 4,  /* `findings` and `disclosing`: by far the dearest */
    RETURN_SHEET_ALL = 7,
};

/* What an earlier period had. */
struct return_past {
    const char *period_words; /* Quarter 4 2011/12 */
    const char *words;        /* "40.23%", or why there is no value; NULL: nothing is recorded */
};

struct return_sheet_row {
    const struct return_row *row; /* as it was typed */
    const struct objective *objective;
    const struct measure *measure;
    const struct target *annual, *profile;    /* of the year, of the period */
    const char *target_words, *profile_words; /* the same in words */
    bool is_target_wording;                   /* the year's target is words as they were written */
    const char *supplier;                     /* the one post or partner that supplies it */
    bool is_supplier_vacant;                  /* nobody holds that post today */
    struct return_past past[RETURN_HISTORY];  /* the newest first */
    const struct return_row *last;            /* what the last return said of it */
    struct value typed;                       /* the value that the typed words make */
    const struct value *recorded;             /* the value that is on record for the period */
    bool has_answer; /* a value, a reason for none, or that there is nothing to report */
    bool is_due;     /* its frequency asks for a value in this period */
    const struct scale_level *computed, *declared;
    const char *reasoning; /* how the rating came about, or why there is none */
    struct list problems;  /* of struct problem *: each must be mended before submission */
    struct list findings;  /* of const struct finding *: what the check says of it */
};

struct return_sheet {
    struct directorate_return head;
    struct period period;
    int start_month; /* of the reporting year */
    const char *period_words, *year_code, *unit_code, *unit_name;
    const struct scale *scale;
    struct list rows;   /* of struct return_sheet_row *, in the order of the scheme */
    struct list steps;  /* of struct return_step *, the oldest first */
    const char *locked; /* why nothing may be written and who can change that; NULL: open */
    size_t answered, with_problems;
    struct list findings;   /* of const struct finding *: those of all rows */
    const char *disclosing; /* the rows that may give somebody away, "1.7, 1.9"; NULL: none */
};

/* The code of the return of a unit for a period, both by their own: 2012-13-Q2-place-shaping. */
const char *return_code(struct arena *arena, const char *period, const char *unit);
/* Loads the return of that code with the parts that are wanted, flags of return_sheet_part.
 * STATUS_NOT_FOUND with the remedy when there is none. */
MUST_CHECK enum status return_sheet_load(struct work *work, const char *code, unsigned parts,
                                         struct return_sheet **out_sheet);
/* Loads the return with all parts of one row; of the others as return_sheet_load without any. A
 * reference that it has not leaves them all without. */
MUST_CHECK enum status return_sheet_load_row(struct work *work, const char *code,
                                             const char *reference,
                                             struct return_sheet **out_sheet);
/* The row of that reference, or NULL. */
struct return_sheet_row *return_sheet_find(const struct return_sheet *sheet, const char *reference);
/* Why the return may not be written on that day (ISO), and who can change it; NULL when it may. */
const char *return_locked_words(struct arena *arena, const struct directorate_return *head,
                                const char *day);
/* STATUS_REFUSED in those words, which say that the return is locked. */
MUST_CHECK enum status
return_refuse_locked(struct work *work, const struct directorate_return *head, const char *locked);
/* STATUS_REFUSED in those words, because the step does not follow its state. Where it is not
 * locked, nobody is to be asked. */
MUST_CHECK enum status return_refuse_step(struct work *work, const struct return_sheet *sheet,
                                          const char *words);
/* The right of those for whom a return in that state waits, or who can unlock it. */
enum right return_right_awaited(const char *state);
/* Days between the day it was due and the day it was received (or `day`, while it is not): above 0
 * is late; INTEGER_MISSING when no day was set. */
int64_t return_days_late(const struct directorate_return *head, const char *day);
/* Whether a level is one of the red ones, which call for corrective action. */
bool return_level_is_red(const struct scale_level *level);

#endif
