/* A row of a return as the directorate writes it, also while it is being written: the words and
 * numbers as they were typed. The check reads these; values are recorded when the return is
 * submitted. */
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
    const char *numerator_text;
    const char *denominator_text;
    const char *milestone;
    const char *declared_reason;
    const char *quality_note;
    const char *corrective_action;
    const char *corrective_owner;
    const char *corrective_by;
    const char *outcome_of_last;
    int64_t is_complete;
    const char *supplied_by;
    const char *edited_by;
    const char *edited_at;
    int64_t version;
    int64_t event;
};

extern const struct entity return_row_entity;

#endif
