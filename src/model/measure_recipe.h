/* How a measure's value comes from a snapshot of people: who is counted, among whom. */
#ifndef MODEL_MEASURE_RECIPE_H
#define MODEL_MEASURE_RECIPE_H

#include "entity/entity.h"

struct measure_recipe {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *breakdown;
    const char *population;
    const char *numerator;
    const char *denominator;
    const char *note;
    const char *among_population;
    int64_t event;
};

extern const struct entity measure_recipe_entity;

#endif
