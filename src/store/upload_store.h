/* How much each account has sent on a day. */
#ifndef STORE_UPLOAD_STORE_H
#define STORE_UPLOAD_STORE_H

#include "store/store.h"

/* An amount of uploads. */
struct upload_amount {
    int64_t files, bytes;
};

/* Adds to what the account sent that day, unless that would be more than `most`: then
 * `*out_is_within` is false and nothing is added. Earlier days are forgotten. A transaction of its
 * own, without an event: it changes nothing that people know. */
MUST_CHECK enum status upload_store_take(struct work *work, int64_t account,
                                         struct upload_amount amount, struct upload_amount most,
                                         bool *out_is_within);

/* Ended by NULL, for the test that prepares each on both engines. */
extern const char *const upload_statements[];

#endif
