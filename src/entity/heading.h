/* Which field a column's heading means: the field's own name or label, or a council's wording that
 * rules/headings.csv (entity,field,heading) lists. Case, blanks and marks do not matter. */
#ifndef ENTITY_HEADING_H
#define ENTITY_HEADING_H

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"
#include "entity/entity.h"

struct heading_rules {
    struct list rows; /* of struct heading_rule * */
};

struct heading_rule {
    const char *entity, *field, *heading; /* the heading in its compared form */
};

/* Reads the rules from the bytes of a headings.csv; `name` stands in messages. */
MUST_CHECK enum status heading_rules_read(struct work *work, const char *name, struct slice bytes,
                                          struct heading_rules *out_rules);
/* The name of what a heading means for the entity: a field's name, or a word of the rules that is
 * no field (such as `characteristic:age` or `ignore`); NULL when it is not understood. */
const char *heading_match(struct arena *arena, const struct heading_rules *rules,
                          const struct entity *entity, struct slice heading);

#endif
