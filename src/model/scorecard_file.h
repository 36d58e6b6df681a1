/* A directorate's own scorecard as it was read for a return: the cells, by sheet and row. */
#ifndef MODEL_SCORECARD_FILE_H
#define MODEL_SCORECARD_FILE_H

#include "entity/entity.h"

struct scorecard_file {
    int64_t id;
    int64_t directorate_return;
    int64_t source_file;
    const char *name;
    const char *cells;
    const char *taken_at;
    const char *taken_by;
    int64_t event;
};

extern const struct entity scorecard_file_entity;

#endif
