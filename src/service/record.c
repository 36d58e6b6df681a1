#include "service/record.h"

#include "service/permission.h"
#include "store/entity_store.h"
#include "base/banned.h"

const char *record_writer(const struct work *work)
{
    return work->actor && work->actor->name ? work->actor->name : work->user;
}

static void set_event(const struct audit *audit, const struct entity *entity, void *row)
{
    field_set_integer(entity_field(entity, "event"), row, audit_event_id(audit));
}

enum status record_insert(struct work *work, struct audit *audit, const struct entity *entity,
                          void *row)
{
    field_set_integer(entity_field(entity, "id"), row, INTEGER_MISSING);
    set_event(audit, entity, row);
    enum status status = entity_store_insert(work, entity, row);
    return status == STATUS_OK ? audit_add(work, audit, entity, NULL, row) : status;
}

enum status record_change(struct work *work, struct audit *audit, const struct entity *entity,
                          const void *before, void *after)
{
    set_event(audit, entity, after);
    enum status status = entity_store_update(work, entity, after);
    return status == STATUS_OK ? audit_add(work, audit, entity, before, after) : status;
}

enum status record_end(struct work *work, struct audit *audit, enum status status)
{
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}
