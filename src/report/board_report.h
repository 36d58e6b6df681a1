/* The report that a directorate takes to its Improvement Board: what it answers in its return, in
 * the order in which a board asks. */
#ifndef REPORT_BOARD_REPORT_H
#define REPORT_BOARD_REPORT_H

#include "document/document.h"
#include "service/return_sheet.h"

/* Builds the document of one return in the work's arena: the ratings at a glance, what is red and
 * what is done about it, what came of the last corrective action, then every measure. A return that
 * is still being written is marked as a draft; figures that are recorded are citations. `authority`
 * may be NULL. */
struct document_tree *board_report(struct work *work, const struct return_sheet *sheet,
                                   const char *authority);

#endif
