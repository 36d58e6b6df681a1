/* Puts one validated row into the store: new, changed or as it was; and says which. */
#ifndef SERVICE_IMPORT_PUT_H
#define SERVICE_IMPORT_PUT_H

#include "entity/entity.h"
#include "service/reference.h"
#include "store/audit.h"

enum put_outcome { PUT_INSERTED, PUT_CHANGED, PUT_UNCHANGED, PUT_REFUSED };

struct put {
    const struct entity *entity;
    struct audit *audit;
    struct references *references;
    const bool *present; /* by field: whether the file says anything of it; NULL: it says all */
    struct problems *problems;
    bool describe; /* fill `words` */
    const char *words;
};

/* `row` holds what the file said; what it did not say keeps its old value, or takes its standard
 * when the row is new. A row that the same event has already written with other values is refused.
 */
MUST_CHECK enum status put_row(struct work *work, struct put *put, void *row,
                               enum put_outcome *out_outcome);
/* The natural key in words: codes and texts, with slashes between. */
MUST_CHECK enum status put_key_words(struct work *work, struct references *references,
                                     const struct entity *entity, const void *row,
                                     const char **out_words);

#endif
