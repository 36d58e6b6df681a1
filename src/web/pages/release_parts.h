/* What the pages of releases share. */
#ifndef WEB_PAGES_RELEASE_PARTS_H
#define WEB_PAGES_RELEASE_PARTS_H

#include <jansson.h>

#include "disclosure/released_table.h"
#include "service/ledger.h"

struct call;

struct released_list {
    const struct released_table *const *tables;
    size_t count;
};

/* Released tables as a page shows them: each with its rows, a chart, and how many of its figures
 * are hidden, in words. Nothing else may be shown of what was counted. The caller owns the array.
 */
MUST_CHECK enum status released_tables_json(struct work *work, const struct call *call,
                                            const struct released_list *list, json_t **out_array);
/* The counts that would become known, each with the steps that lead there; the first `left_out`
 * lines, which say what the count is, are left out where not everybody may count people. */
json_t *release_exposures_json(struct work *work, const struct ledger_verdict *verdict,
                               size_t left_out);
/* The button that looks before anything is released: the page's main one until what was looked at
 * (`result`, or NULL) may go out, because then the one that releases is. */
json_t *release_look_button(const char *words, const char *act, const json_t *result);
/* Lines of text as an array. */
json_t *release_lines_json(struct work *work, const char *lines);

#endif
