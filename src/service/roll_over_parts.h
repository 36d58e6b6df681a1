/* What the files of the roll-over share. */
#ifndef SERVICE_ROLL_OVER_PARTS_H
#define SERVICE_ROLL_OVER_PARTS_H

#include "service/roll_over.h"

/* STATUS_REFUSED, with why and who can help, unless the roll-over is in that state. */
MUST_CHECK enum status roll_over_must_be(struct work *work, const struct roll_over_view *view,
                                         const char *state);

#endif
