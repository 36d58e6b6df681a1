/* Where an input of a return's row was filled from: the cell of the directorate's scorecard. */
#ifndef MODEL_SCORECARD_CELL_H
#define MODEL_SCORECARD_CELL_H

#include "entity/entity.h"

struct scorecard_cell {
    int64_t id;
    int64_t return_row;
    const char *input;
    int64_t source_file;
    const char *sheet;
    const char *cell;
    const char *words;
    int64_t event;
};

extern const struct entity scorecard_cell_entity;

#endif
