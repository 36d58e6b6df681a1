/* A figure that a document printed, with the revision that it printed. */
#ifndef MODEL_CITATION_H
#define MODEL_CITATION_H

#include "entity/entity.h"

struct citation {
    int64_t id;
    int64_t document;
    int64_t number;
    int64_t measure;
    int64_t unit;
    const char *period;
    const char *breakdown;
    int64_t revision;
    const char *printed;
    const char *subject;
    const char *detail;
    int64_t event;
};

extern const struct entity citation_entity;

#endif
