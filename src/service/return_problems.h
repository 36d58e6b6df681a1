/* What must be mended before a return is submitted: faults of form, row by row. What a careful
 * reader would doubt is the check's part (service/check.h). */
#ifndef SERVICE_RETURN_PROBLEMS_H
#define SERVICE_RETURN_PROBLEMS_H

#include "service/return_sheet.h"

/* Reads the typed words into `row->typed` and sets `has_answer`; what cannot be read is added to
 * the row's problems. Needs `row->row` and `row->measure`. */
void return_read_typed(struct arena *arena, struct return_sheet_row *row);
/* Adds the other problems of the row, whose ratings are known by now. */
void return_add_problems(struct arena *arena, struct return_sheet_row *row);

#endif
