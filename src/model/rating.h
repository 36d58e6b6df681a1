/* The rating that a directorate declared, with its reason where it differs from the computed one.
 */
#ifndef MODEL_RATING_H
#define MODEL_RATING_H

#include "entity/entity.h"

struct rating {
    int64_t id;
    int64_t measure;
    int64_t unit;
    const char *period;
    int64_t revision;
    int64_t latest;
    const char *declared;
    const char *declared_reason;
    const char *declared_by;
    const char *reason;
    int64_t event;
};

extern const struct entity rating_entity;

#endif
