/* application/x-www-form-urlencoded: what forms send, and what stands behind ? in an address. */
#ifndef CODEC_URLENCODED_H
#define CODEC_URLENCODED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/work.h"

enum {
    URLENCODED_MOST_BYTES = 1 << 20,
    URLENCODED_MOST_PAIRS = 1000,
    URLENCODED_LONGEST_NAME = 200,
    URLENCODED_LONGEST_VALUE = 256 * 1024 /* bytes, decoded */
};

/* Each limit: 0 stands for the value above. */
struct urlencoded_limits {
    size_t most_bytes, most_pairs, longest_name, longest_value;
};

struct urlencoded_pair {
    struct slice name, value; /* decoded: UTF-8 without NUL, each with a NUL behind it */
};

struct urlencoded {
    struct urlencoded_pair *pairs; /* in the order sent; a name may come more than once */
    size_t count;
};

/* Reads pairs into the work's arena; `limits` may be NULL. STATUS_LIMIT for what is too large,
 * STATUS_INPUT for a bad %-sequence, a NUL, or what is not UTF-8. */
MUST_CHECK enum status urlencoded_read(struct work *work, struct slice bytes,
                                       const struct urlencoded_limits *limits,
                                       struct urlencoded *out_form);
/* The value of the first pair of that name; false when there is none. */
bool urlencoded_find(const struct urlencoded *form, const char *name, struct slice *out_value);
/* Adds name=value, encoded, with & before it when the text holds something already. */
void urlencoded_add(struct text *text, const char *name, struct slice value);

#endif
