/* What the pages of a return share. */
#ifndef WEB_PAGES_RETURN_PARTS_H
#define WEB_PAGES_RETURN_PARTS_H

#include "service/return_life.h"
#include "web/routes.h"

/* The code of the return that the address names by period and unit. */
const char *return_call_code(struct work *work, const struct call *call);
/* The address of the return's page and, with `rest`, of one below it: "/rows/1.4". */
const char *return_address(struct work *work, const struct return_sheet *sheet, const char *rest);
/* Sets "who" of the model: who can take the return on from where it is locked or waits, for
 * somebody who cannot; null where nothing is locked to them. */
MUST_CHECK enum status return_who_can(struct work *work, const struct return_sheet *sheet,
                                      json_t *model);
/* Where an answer came from, in the answer's language: "Notes, D7", "Scorecard, sum of E4, F4". */
const char *return_cell_words(struct arena *arena, const struct call *call, const char *sheet,
                              const char *cell);
/* Adds to a row's model what was asked about its figures of earlier periods and is to be followed
 * up, `followUps`, and the address of this period's comments, `commentsHref`. */
MUST_CHECK enum status return_row_comments(struct work *work, const struct return_sheet *sheet,
                                           const struct return_sheet_row *row, json_t *model);

#endif
