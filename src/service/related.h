/* Lists of rows put in the order of what they refer to, so that those of one row are found at once.
 */
#ifndef SERVICE_RELATED_H
#define SERVICE_RELATED_H

#include "base/list.h"
#include "entity/entity.h"

struct related {
    struct list rows;
    const struct field *by;
    size_t from, to; /* of the last related_find */
};

/* Sorts `rows` of `entity` by the reference `by`, keeping the order of ids within it. */
struct related related_by(const struct entity *entity, struct list rows, const char *by);
/* Finds those that refer to `id`; then rows.items[from] up to but without rows.items[to]. */
void related_find(struct related *related, int64_t id);
/* The row with that id in a list in the order of ids, or NULL. */
const void *related_get(const struct list *rows, const struct entity *entity, int64_t id);

#endif
