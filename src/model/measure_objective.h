/* Where a measure stands in a scheme; one measure may stand under several objectives. */
#ifndef MODEL_MEASURE_OBJECTIVE_H
#define MODEL_MEASURE_OBJECTIVE_H

#include "entity/entity.h"

struct measure_objective {
    int64_t id;
    int64_t objective;
    const char *reference;
    int64_t measure;
    const char *success_criterion;
    int64_t sequence;
    int64_t event;
};

extern const struct entity measure_objective_entity;

#endif
