/* All returns of a period at a glance, and a return as JSON: the page's model and the API's. */
#ifndef SERVICE_RETURN_BOARD_H
#define SERVICE_RETURN_BOARD_H

#include <jansson.h>

#include "service/return_sheet.h"

struct return_board_entry {
    const struct directorate_return *head;
    const char *unit_code, *unit_name;
    const char *state_words; /* Sent back */
    const char *late_words;  /* "3 days late", "on time", "due in 5 days" */
    size_t rows, answered;
    int64_t days_late; /* INTEGER_MISSING where no day was set */
};

/* The returns of the period (its notation) as struct return_board_entry *, the latest first, then
 * by name. STATUS_NOT_FOUND with the remedy when none is open. */
MUST_CHECK enum status return_board_load(struct work *work, const char *period,
                                         struct list *out_entries);
/* How many rows a return has, and how many of them are answered, whether or not that can be read.
 */
MUST_CHECK enum status return_board_count(struct work *work, int64_t back, size_t *out_rows,
                                          size_t *out_answered);
json_t *return_board_json(const struct list *entries);
/* One row of it; the caller owns it. */
json_t *return_row_json(struct arena *arena, const struct return_sheet_row *row);
/* Everything of a sheet, by the names of its members; the caller owns it. */
json_t *return_sheet_json(struct arena *arena, const struct return_sheet *sheet);
/* The label of a state. */
const char *return_state_words(const char *state);

#endif
