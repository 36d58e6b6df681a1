#include "web/pages/who_can.h"

#include "service/holders.h"

#include "base/banned.h"

enum status page_who_can(struct work *work, enum right right, int64_t unit, const char *words,
                         json_t *model)
{
    const struct holders_of of = { .right = right,
                                   .units = &unit,
                                   .unit_count = unit == INTEGER_MISSING ? 0 : 1,
                                   .words = words };
    json_t *who = json_null();
    enum status status = words ? holders_load(work, &of, &who) : STATUS_OK;
    if (status == STATUS_OK)
        json_object_set_new(model, "who", who);
    return status;
}
