/* What councils' own words mean. Which field a column's heading means: the field's own name or
 * label, or a council's wording that rules/headings.csv (entity,field,heading) lists. Case, blanks
 * and marks do not matter. */
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
/* Reads the rules from the bytes of a words.csv (entity,field,words,code): what councils write
 * where a field has a list of codes. */
MUST_CHECK enum status word_rules_read(struct work *work, const char *name, struct slice bytes,
                                       struct list *out_rules);
/* The code that those words stand for in the field; `text` itself where no rule has them. */
struct slice word_match(const struct list *rules, const struct entity *entity,
                        const struct field *field, struct slice text);
/* A heading or label in the form in which they are compared: lower case letters and digits with
 * single blanks between. Bytes beyond ASCII stay, so Welsh ones work. */
const char *heading_compared(struct arena *arena, struct slice heading);
/* The name of what a heading means for the entity: a field's name, or a word of the rules that is
 * no field (such as `characteristic:age` or `ignore`); NULL when it is not understood. */
const char *heading_match(struct arena *arena, const struct heading_rules *rules,
                          const struct entity *entity, struct slice heading);

#endif
