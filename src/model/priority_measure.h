/* A KPI of a priority. */
#ifndef MODEL_PRIORITY_MEASURE_H
#define MODEL_PRIORITY_MEASURE_H

#include "entity/entity.h"

struct priority_measure {
    int64_t id;
    int64_t priority;
    int64_t measure;
    int64_t number;
    int64_t event;
};

extern const struct entity priority_measure_entity;

#endif
