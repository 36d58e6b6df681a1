/* Export: the rows of an entity as a file that can be imported unchanged. */
#ifndef SERVICE_EXPORT_H
#define SERVICE_EXPORT_H

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

#endif
