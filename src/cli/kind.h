/* The kinds of rows that commands name: actions, measures, values, … */
#ifndef CLI_KIND_H
#define CLI_KIND_H

#include "base/work.h"
#include "entity/entity.h"

/* The entity of that name or plural; STATUS_USAGE with the list of kinds when there is none. */
MUST_CHECK enum status kind_find(struct work *work, const char *name,
                                 const struct entity **out_entity);

/* "The kinds are authorities, characteristics, units, …." */
const char *kinds_listed(struct arena *arena);

#endif
