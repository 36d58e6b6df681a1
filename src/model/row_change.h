/* What one field of one row was before and after an event; the audit itself holds no value. */
#ifndef MODEL_ROW_CHANGE_H
#define MODEL_ROW_CHANGE_H

#include "entity/entity.h"

struct row_change {
    int64_t id;
    int64_t event;
    const char *entity;
    int64_t row_id;
    const char *field;
    const char *old_value;
    const char *new_value;
};

extern const struct entity row_change_entity;

#endif
