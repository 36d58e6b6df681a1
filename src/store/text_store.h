/* Finds rows by what they say, for files that carry no codes. */
#ifndef STORE_TEXT_STORE_H
#define STORE_TEXT_STORE_H

#include "base/list.h"
#include "store/store.h"

/* Each gives the id of the first row with those words under that parent, INTEGER_MISSING for none.
 */
MUST_CHECK enum status text_store_objective(struct work *work, int64_t scheme, const char *title,
                                            int64_t *out_id);
MUST_CHECK enum status text_store_priority(struct work *work, int64_t objective, const char *need,
                                           int64_t *out_id);
MUST_CHECK enum status text_store_outcome(struct work *work, int64_t priority, const char *wording,
                                          int64_t *out_id);
MUST_CHECK enum status text_store_action(struct work *work, int64_t objective, const char *wording,
                                         int64_t *out_id);
MUST_CHECK enum status text_store_measure_referenced(struct work *work, int64_t objective,
                                                     const char *reference, int64_t *out_id);
/* The number after the highest under that parent; 1 for the first. */
MUST_CHECK enum status text_store_next_objective(struct work *work, int64_t scheme,
                                                 int64_t *out_number);
MUST_CHECK enum status text_store_next_priority(struct work *work, int64_t objective,
                                                int64_t *out_number);
MUST_CHECK enum status text_store_next_outcome(struct work *work, int64_t priority,
                                               int64_t *out_number);
MUST_CHECK enum status text_store_next_action(struct work *work, int64_t objective,
                                              int64_t *out_number);

/* The scheme where there is only one; INTEGER_MISSING where there are none or several. */
MUST_CHECK enum status text_store_only_scheme(struct work *work, int64_t *out_id);
/* The objective with that number; INTEGER_MISSING for none. */
MUST_CHECK enum status text_store_objective_numbered(struct work *work, int64_t scheme,
                                                     int64_t number, int64_t *out_id);
/* The reference of the row of a return with that success criterion; NULL for none. */
MUST_CHECK enum status text_store_return_reference(struct work *work, int64_t directorate_return,
                                                   int64_t objective, const char *criterion,
                                                   const char **out_reference);
/* The reference and the measure that stand under an objective with that success criterion. */
MUST_CHECK enum status text_store_measure_reference(struct work *work, int64_t objective,
                                                    const char *criterion,
                                                    const char **out_reference,
                                                    int64_t *out_measure);
/* The objective's number, and the next free place under it in all returns of the same period. */
MUST_CHECK enum status text_store_next_reference(struct work *work, int64_t objective,
                                                 int64_t directorate_return, int64_t *out_number,
                                                 int64_t *out_place);
/* The id of the one row of `entity` that is called so, in any case: INTEGER_MISSING when there is
 * none or the entity has no name. `*out_several` tells that more than one is called so. */
MUST_CHECK enum status text_store_named(struct work *work, const struct entity *entity,
                                        const char *name, int64_t *out_id, bool *out_several);

/* The ids of the characteristics of the Act, as int64_t * in the work's arena. */
MUST_CHECK enum status text_store_statutory_characteristics(struct work *work,
                                                            struct list *out_ids);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const text_statements[];

#endif
