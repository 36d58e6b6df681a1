#include "service/audit_view.h"

#include "service/permission.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "base/banned.h"

static enum status may_read(struct work *work)
{
    return permission_require(work, RIGHT_AUDIT_READ, INTEGER_MISSING);
}

enum status audit_view_events(struct work *work, const struct audit_filter *filter, int64_t most,
                              struct list *out_events, bool *out_more)
{
    struct list events = { 0 };
    enum status status = may_read(work);
    if (status == STATUS_OK)
        status = audit_store_events(work, filter, most + 1, &events);
    if (status != STATUS_OK)
        return status;
    *out_more = events.count > (size_t)most;
    if (*out_more)
        events.count = (size_t)most;
    *out_events = events;
    return STATUS_OK;
}

enum status audit_view_operations(struct work *work, struct list *out_operations)
{
    enum status status = may_read(work);
    return status == STATUS_OK ? audit_store_operations(work, out_operations) : status;
}

enum status audit_view_event(struct work *work, int64_t id, struct audit_event *out_event,
                             struct list *out_changes)
{
    enum status status = may_read(work);
    if (status == STATUS_OK)
        status = entity_store_get(work, &audit_event_entity, id, out_event);
    if (status == STATUS_CONFLICT || status == STATUS_NOT_FOUND) {
        work_forget(work);
        return work_fail(work, STATUS_NOT_FOUND, "There is no event %lld.", (long long)id);
    }
    return status == STATUS_OK ? audit_store_changes(work, id, out_changes) : status;
}

enum status audit_view_note_reading(struct work *work, const char *what)
{
    struct audit *audit = NULL;
    enum status status = audit_begin(work, "read", what, &audit);
    if (status != STATUS_OK)
        return status;
    audit_keep(audit);
    return audit_commit(work, audit);
}
