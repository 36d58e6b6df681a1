/* What a measure is to reach in a period; every revision is kept. */
#ifndef MODEL_TARGET_H
#define MODEL_TARGET_H

#include "entity/entity.h"

struct target {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *period;
    const char *kind;
    int64_t revision;
    int64_t latest;
    const char *comparator;
    int64_t value;
    int64_t upper;
    int64_t decimals;
    int64_t baseline;
    const char *baseline_period;
    int64_t change_percent;
    int64_t baseline_relative;
    const char *wording;
    const char *reason;
    const char *approved_by;
    int64_t event;
};

extern const struct entity target_entity;

#endif
