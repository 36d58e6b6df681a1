/* Export: the rows of an entity as a file that can be imported unchanged. */
#ifndef SERVICE_EXPORT_H
#define SERVICE_EXPORT_H

#include <jansson.h>

#include "base/text.h"
#include "entity/entity.h"
#include "store/store.h"

enum { EXPORT_MOST_BYTES = 512 * 1024 * 1024 };

enum export_format { EXPORT_CSV, EXPORT_JSON };

struct export_options {
    enum export_format format;
    bool all_revisions; /* of a revised entity; else only the latest */
};

/* Gives the bytes out piece by piece: called with each piece, in order. */
typedef enum status (*export_sink)(struct work *work, void *context, struct slice piece);

/* References are written as codes, decimals as decimals, missing as nothing (JSON: null). */
MUST_CHECK enum status export_entity(struct work *work, const struct entity *entity,
                                     const struct export_options *options, export_sink sink,
                                     void *context);
/* Some rows of an entity for a program: at most `limit`, those after the row with the number
 * `after` (0: from the first). `*out_next` is what `after` must be for the next ones,
 * INTEGER_MISSING when there are none. The caller owns the array. Needs RIGHT_DATA_EXPORT. */
MUST_CHECK enum status export_page(struct work *work, const struct entity *entity, int64_t after,
                                   size_t limit, json_t **out_rows, int64_t *out_next);
/* The row with that code, where the entity has codes. */
MUST_CHECK enum status export_one(struct work *work, const struct entity *entity, const char *code,
                                  json_t **out_row);
/* The same of a row that the caller has, without asking for the right: who calls has. */
MUST_CHECK enum status export_row(struct work *work, const struct entity *entity, const void *row,
                                  json_t **out_row);

#endif
