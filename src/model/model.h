/* THE table of entities, each after those that it refers to. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "entity/entity.h"

extern const struct entity *const model_entities[];
extern const size_t model_entity_count;

/* The entity of that name (`action`) or plural (`actions`, `action leads`, `action-leads`), or
 * NULL. */
const struct entity *model_entity(const char *name);

#endif
