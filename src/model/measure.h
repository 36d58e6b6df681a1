/* Something counted or judged, defined once and cited wherever it is printed. */
#ifndef MODEL_MEASURE_H
#define MODEL_MEASURE_H

#include "entity/entity.h"

struct measure {
    int64_t id;
    const char *code;
    const char *title;
    const char *kind;
    const char *polarity;
    const char *unit_of_measure;
    int64_t decimals;
    const char *numerator_definition;
    const char *denominator_definition;
    const char *population;
    const char *accumulation;
    int64_t multi_year_span;
    const char *frequency;
    const char *variance;
    int64_t parent;
    const char *roll_up;
    int64_t complement_of;
    int64_t successor;
    const char *series_break;
    const char *break_note;
    const char *survey_question;
    const char *survey_wave;
    const char *survey_from;
    const char *survey_to;
    const char *survey_base;
    const char *survey_weighting;
    const char *survey_next;
    const char *source;
    const char *external_code;
    const char *status;
    const char *note;
    int64_t event;
};

extern const struct entity measure_entity;

#endif
