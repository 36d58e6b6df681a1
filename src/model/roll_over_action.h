/* What becomes of an open action in the new year. */
#ifndef MODEL_ROLL_OVER_ACTION_H
#define MODEL_ROLL_OVER_ACTION_H

#include "entity/entity.h"

#define ROLL_OVER_CARRY "carry"
#define ROLL_OVER_CLOSE "close"
#define ROLL_OVER_REPLACE "replace"

struct roll_over_action {
    int64_t id;
    int64_t roll_over;
    int64_t action;
    const char *choice;
    const char *reason;
    const char *wording;
    const char *target_date;
    const char *chosen_by;
    int64_t event;
};

extern const struct entity roll_over_action_entity;
extern const struct code roll_over_choice_codes[];

#endif
