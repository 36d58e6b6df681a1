/* A release in the ledger: tables that went out together, cell by cell, as lines of JSON. */
#ifndef MODEL_DISCLOSURE_RELEASE_H
#define MODEL_DISCLOSURE_RELEASE_H

#include "entity/entity.h"

struct disclosure_release {
    int64_t id;
    const char *code;
    const char *population, *definition, *period, *method;
    int64_t threshold;
    int64_t cells;
    const char *released_at, *released_by;
    const char *body;
    const char *chain_hash;
    const char *tables, *report; /* as JSON, in lines; NULL: only the cells are kept */
    int64_t event;
};

extern const struct entity disclosure_release_entity;

#endif
