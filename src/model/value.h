/* What a measure was for a unit in a period; every revision is kept. */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "entity/entity.h"

struct value {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *period;
    const char *breakdown;
    int64_t revision;
    int64_t latest;
    int64_t numerator;
    int64_t denominator;
    int64_t value;
    int64_t decimals;
    const char *as_at;
    const char *state;
    const char *missing;
    const char *milestone;
    const char *quality_note;
    const char *source_hash;
    const char *reason;
    int64_t event;
};

extern const struct entity value_entity;

#endif
