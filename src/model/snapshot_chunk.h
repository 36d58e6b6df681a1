/* A piece of what a snapshot's version holds: encrypted bytes in Base64. */
#ifndef MODEL_SNAPSHOT_CHUNK_H
#define MODEL_SNAPSHOT_CHUNK_H

#include "entity/entity.h"

struct snapshot_chunk {
    int64_t id;
    int64_t snapshot_version;
    int64_t number;
    const char *body;
    int64_t event;
};

extern const struct entity snapshot_chunk_entity;

#endif
