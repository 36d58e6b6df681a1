/* From the codes that people write to the ids that the store keeps, each asked for once. */
#ifndef SERVICE_REFERENCE_H
#define SERVICE_REFERENCE_H

#include "base/period.h"
#include "entity/entity.h"
#include "model/measure.h"
#include "model/unit.h"
#include "store/entity_store.h"

struct references;

/* A cache in an arena of its own; references_free ends it. */
struct references *references_new(void);
void references_free(struct references *references);
/* The id of the row of `entity` with that code, or else of the only one with that name or title;
 * INTEGER_MISSING in `*out_id` when there is none, or when several have the name. */
MUST_CHECK enum status reference_id(struct work *work, struct references *references,
                                    const struct entity *entity, struct slice code,
                                    int64_t *out_id);
/* Notes a row that was just inserted. */
void reference_add(struct references *references, const struct entity *entity, struct slice code,
                   int64_t id);
/* The code of the row with that id, kept in the cache's arena. */
MUST_CHECK enum status reference_code(struct work *work, struct references *references,
                                      const struct entity *entity, int64_t id,
                                      const char **out_code);
/* Where a figure stands: of which measure, for which unit, in which period. */
struct figure_place {
    const struct measure *measure;
    const struct unit *unit;
    struct period period;
};
/* The place by exact codes; STATUS_NOT_FOUND, in words, when there is no such measure, unit or
 * period. */
MUST_CHECK enum status reference_place(struct work *work, const char *measure, const char *unit,
                                       const char *period, struct figure_place *out_place);

#endif
