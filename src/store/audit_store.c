#include "store/audit_store.h"

#include "base/arena.h"
#include "model/row_change.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* A moment begins with its day; the day after `to` ends what is asked for. "~" sorts after every
 * moment of a day. */
static const char events_sql[] =
    "SELECT id FROM audit_event WHERE (CAST($1 AS text) IS NULL OR who = $1) AND "
    "(CAST($2 AS text) IS NULL OR operation = $2) AND (CAST($3 AS text) IS NULL OR at >= $3) AND "
    "(CAST($4 AS text) IS NULL OR at < $4 || '~') AND (CAST($5 AS bigint) IS NULL OR id < $5) "
    "ORDER BY id DESC LIMIT $6";
static const char operations_sql[] = "SELECT DISTINCT operation FROM audit_event ORDER BY operation";

const char *const audit_store_statements[] = { events_sql, operations_sql, NULL };

static enum status load(struct work *work, const struct list *ids, struct list *out_events)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < ids->count; i++) {
        struct audit_event *event = arena_new_of(work->arena, struct audit_event);
        status = entity_store_get(work, &audit_event_entity, *(const int64_t *)ids->items[i],
                                  event);
        list_add(work->arena, out_events, event);
    }
    return status;
}

enum status audit_store_events(struct work *work, const struct audit_filter *filter, int64_t most,
                               struct list *out_events)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct list ids = { 0 };
    enum status status = store_query(
        work, events_sql,
        PARAMETERS(parameter_text(filter->who), parameter_text(filter->operation),
                   parameter_text(filter->from), parameter_text(filter->to),
                   parameter_integer(filter->before), parameter_integer(most)),
        &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        int64_t *id = arena_new_of(work->arena, int64_t);
        *id = cursor_integer(cursor, 0);
        list_add(work->arena, &ids, id);
    }
    return status == STATUS_END ? load(work, &ids, out_events) : status;
}

enum status audit_store_operations(struct work *work, struct list *out_operations)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, operations_sql, NULL, 0, &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK)
        list_add(work->arena, out_operations, arena_copy_text(work->arena, cursor_text(cursor, 0)));
    return status == STATUS_END ? STATUS_OK : status;
}

enum status audit_store_changes(struct work *work, int64_t event, struct list *out_changes)
{
    return entity_store_list_of(work, &row_change_entity, "event", event, out_changes);
}
