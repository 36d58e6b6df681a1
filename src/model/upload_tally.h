/* How much an account has sent on a day. */
#ifndef MODEL_UPLOAD_TALLY_H
#define MODEL_UPLOAD_TALLY_H

#include "entity/entity.h"

struct upload_tally {
    int64_t id;
    int64_t account;
    const char *day;
    int64_t files;
    int64_t bytes;
};

extern const struct entity upload_tally_entity;

#endif
