/* What is expected of a later period; held apart from values. */
#ifndef MODEL_FORECAST_H
#define MODEL_FORECAST_H

#include "entity/entity.h"

struct forecast {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *period;
    const char *made_in;
    int64_t revision;
    int64_t latest;
    int64_t value;
    int64_t decimals;
    const char *note;
    const char *reason;
    int64_t event;
};

extern const struct entity forecast_entity;

#endif
