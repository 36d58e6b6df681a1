/* A chart of a released table: of its figures alone, with what is hidden told in its description.
 */
#ifndef DOCUMENT_RELEASED_CHART_H
#define DOCUMENT_RELEASED_CHART_H

#include "base/text.h"
#include "disclosure/released_table.h"

/* What the chart says, in the language of whoever reads it. */
struct released_chart_words {
    const char *title;   /* of what the bars are */
    const char *people;  /* the name of the bars */
    const char *figures; /* where the figures stand */
    const char *hidden;  /* what has no bar and why; {1} stands for the labels */
};

/* Adds bars of the counts by the table's first variable, as an <svg> element. A table without
 * variables, with too many labels or with fewer than two figures shown has none: then nothing is
 * added. `id` is unique in the page. */
MUST_CHECK enum status released_chart(struct work *work, const struct released_table *table,
                                      const struct released_chart_words *words, const char *id,
                                      struct text *out_text);

#endif
