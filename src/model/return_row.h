/* A row of a return as it was printed; the check reads these. */
#ifndef MODEL_RETURN_ROW_H
#define MODEL_RETURN_ROW_H

#include "entity/entity.h"

struct return_row {
    int64_t id;
    int64_t directorate_return;
    const char *reference;
    int64_t sequence;
    int64_t objective;
    int64_t measure;
    const char *owner;
    const char *success_criterion;
    const char *target_text;
    const char *progress;
    const char *value_text;
    const char *forecast_text;
    const char *declared;
    const char *missing;
    int64_t nothing_to_report;
    const char *note;
    int64_t event;
};

extern const struct entity return_row_entity;

#endif
