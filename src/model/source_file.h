/* A file that was imported, known by its hash. */
#ifndef MODEL_SOURCE_FILE_H
#define MODEL_SOURCE_FILE_H

#include "entity/entity.h"

struct source_file {
    int64_t id;
    const char *hash;
    const char *name;
    int64_t size;
    const char *kind;
    int64_t event;
};

extern const struct entity source_file_entity;

#endif
