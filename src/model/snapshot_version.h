/* A sealed version of a snapshot. The key stands outside the database, in a file of that name. */
#ifndef MODEL_SNAPSHOT_VERSION_H
#define MODEL_SNAPSHOT_VERSION_H

#include "entity/entity.h"

struct snapshot_version {
    int64_t id;
    int64_t snapshot;
    int64_t number;
    const char *state;
    const char *sealed_at;
    const char *key_name;
    const char *sealed_hash;
    const char *source_hash;
    int64_t people;
    int64_t records;
    int64_t chunks;
    const char *reason;
    int64_t event;
};

extern const struct entity snapshot_version_entity;

#endif
