/* What a label in a directorate's own scorecard stands for, said once and used every quarter. */
#ifndef MODEL_SCORECARD_MATCH_H
#define MODEL_SCORECARD_MATCH_H

#include "entity/entity.h"

/* Where a label stands. */
#define SCORECARD_SHEET "sheet"
#define SCORECARD_COLUMN "column"
#define SCORECARD_ROW "row"

/* What it can stand for, besides an input of a return's row. */
#define SCORECARD_MEASURE "measure"
#define SCORECARD_LABELS "labels"
#define SCORECARD_IGNORED "ignored"
#define SCORECARD_READ "read" /* of a sheet: what its rows and columns say, nothing by itself */

struct scorecard_match {
    int64_t id;
    int64_t unit;
    const char *place;
    const char *words;
    const char *meaning;
    int64_t measure;
    int64_t event;
};

extern const struct entity scorecard_match_entity;
/* The meanings, ended by {0}: those above, and the inputs that a scorecard can fill. */
extern const struct code scorecard_meanings[];

#endif
