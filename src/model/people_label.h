/* What a label in extracts of people stands for, confirmed by the authority once. */
#ifndef MODEL_PEOPLE_LABEL_H
#define MODEL_PEOPLE_LABEL_H

#include "entity/entity.h"

struct people_label {
    int64_t id;
    const char *heading;
    const char *label;
    const char *list;
    const char *code;
    int64_t event;
};

extern const struct entity people_label_entity;

#endif
