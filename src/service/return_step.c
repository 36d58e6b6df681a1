#include "service/return_step.h"

#include "store/entity_store.h"
#include "base/banned.h"

enum status return_step_add(struct work *work, struct audit *audit, int64_t back,
                            const struct return_step *step)
{
    struct list steps = { 0 };
    struct return_step row = *step;
    enum status status = entity_store_list_of(work, &return_step_entity, "directorate_return", back,
                                              &steps);
    row.id = INTEGER_MISSING;
    row.directorate_return = back;
    row.number = (int64_t)steps.count + 1;
    row.taken_at = work->now;
    row.taken_by = work->user;
    row.event = audit_event_id(audit);
    if (status == STATUS_OK)
        status = entity_store_insert(work, &return_step_entity, &row);
    return status == STATUS_OK ? audit_add(work, audit, &return_step_entity, NULL, &row) : status;
}
