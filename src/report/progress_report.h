/* The progress report: the document made of service/progress.h. What it holds and why in that order
 * stands in docs/decisions/. */
#ifndef REPORT_PROGRESS_REPORT_H
#define REPORT_PROGRESS_REPORT_H

#include "document/document.h"
#include "service/progress.h"

struct progress_report_options {
    bool is_brief; /* summary, tables and findings alone: what fits on a terminal */
};

/* Builds the document in the work's arena. Words of the model that are quoted, such as a
 * directorate's narrative, are printed as they stand. `options` may be NULL. */
struct document_tree *progress_report(struct work *work, const struct progress *progress,
                                      const struct progress_report_options *options);

#endif
