/* One objective in the progress report: its table, and under it what the rows say. */
#ifndef REPORT_PROGRESS_DETAIL_H
#define REPORT_PROGRESS_DETAIL_H

#include "document/document.h"
#include "service/progress.h"

void progress_detail_objective(struct document_tree *tree,
                               const struct progress_objective *objective, bool with_details);
/* What a unit is called in the report: the authority itself stands for all directorates. */
const char *progress_unit_name(const struct unit *unit);

#endif
