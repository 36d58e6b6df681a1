/* The one who supplies a measure for a unit. */
#ifndef MODEL_MEASURE_SUPPLIER_H
#define MODEL_MEASURE_SUPPLIER_H

#include "entity/entity.h"

struct measure_supplier {
    int64_t id;
    int64_t measure;
    int64_t unit;
    int64_t post;
    int64_t partner;
    const char *roll_up;
    const char *note;
    int64_t event;
};

extern const struct entity measure_supplier_entity;

#endif
