/* What a page says where something is not offered: see templates/app/who-can.html. */
#ifndef WEB_PAGES_WHO_CAN_H
#define WEB_PAGES_WHO_CAN_H

#include <jansson.h>

#include "service/permission.h"

/* Sets "who" of the model: what service/holders.h says of the right for the unit (INTEGER_MISSING:
 * the whole authority), with those words; null for strangers, and where `words` is NULL: then
 * nothing is locked. */
MUST_CHECK enum status page_who_can(struct work *work, enum right right, int64_t unit,
                                    const char *words, json_t *model);

#endif
