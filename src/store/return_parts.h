/* What the files that load a period's returns share among themselves. */
#ifndef STORE_RETURN_PARTS_H
#define STORE_RETURN_PARTS_H

#include "store/return_store.h"

/* The places in return_store_statements. */
enum return_statement {
    STATEMENT_AUTHORITY,
    STATEMENT_HEADS,
    STATEMENT_ROWS,
    STATEMENT_PLACES,
    STATEMENT_MEASURES,
    STATEMENT_TARGETS,
    STATEMENT_VALUES,
    STATEMENT_FORECASTS,
    STATEMENT_RATINGS,
    /* The same for one return. */
    STATEMENT_HEADS_ALONE,
    STATEMENT_ROWS_ALONE,
    STATEMENT_PLACES_ALONE,
    STATEMENT_TARGETS_ALONE,
    STATEMENT_VALUES_ALONE,
    STATEMENT_FORECASTS_ALONE,
    STATEMENT_RATINGS_ALONE,
    STATEMENT_PART_HAS_ROW,
    STATEMENT_SUPPLIERS,
    STATEMENT_VALUES_OF_PERIODS,
    STATEMENT_OTHER_PROGRESS,
    STATEMENT_VALUE_HISTORY,
    STATEMENT_TARGET_HISTORY,
    STATEMENT_COUNT
};

/* What is loaded before it is joined; lists are in the order of their statements. */
struct return_loading {
    struct work *work;
    struct return_view *view;
    const struct return_scope *scope;
    const char *previous_code, *year_before_code;
    struct list unfilled;     /* of struct unfilled *: measures for which more must be asked */
    struct list heads, lines; /* of struct return_head *, struct return_line * */
    struct list places, measures, targets, values, forecasts, ratings;
};

/* Runs one of the statements. */
MUST_CHECK enum status return_query(const struct return_loading *loading,
                                    enum return_statement statement,
                                    const struct parameter *parameters, size_t count,
                                    struct cursor **out_cursor);
/* Adds the rows that a cursor gives to the list. The cursor stays open. */
MUST_CHECK enum status return_take_rows(struct arena *arena, const struct entity *entity,
                                        struct cursor *cursor, struct list *out_list);
void return_sort(struct list *list, int (*order)(const void *, const void *));
/* The measure of that id among those loaded, or NULL. */
const struct measure *return_find_measure(const struct return_loading *loading, int64_t id);
/* Joins what was loaded and puts it into the view, then asks for what measures without a number, or
 * without a target, of the period want besides. */
MUST_CHECK enum status return_join(struct return_loading *loading);

#endif
