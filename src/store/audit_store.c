#include "store/audit_store.h"

#include "base/arena.h"
#include "model/row_change.h"
#include "store/entity_store.h"
#include "store/rows.h"
#include "base/banned.h"

/* A moment begins with its day, and "~" sorts after every moment of a day. */
#define NARROWED                                                                                   \
    "FROM audit_event WHERE (CAST($1 AS text) IS NULL OR who = $1) AND "                           \
    "(CAST($2 AS text) IS NULL OR operation = $2) AND (CAST($3 AS text) IS NULL OR at >= $3) AND " \
    "(CAST($4 AS text) IS NULL OR at < $4 || '~') "
static const char events_sql[] =
    "SELECT id, at, who, operation, subject, fields, row_count, hash " NARROWED
    "AND (CAST($5 AS bigint) IS NULL OR id < $5) ORDER BY id DESC LIMIT $6";
static const char operations_sql[] = "SELECT operation, COUNT(*) " NARROWED
                                     "GROUP BY operation ORDER BY operation LIMIT $5";
static const char people_sql[] = "SELECT who, COUNT(*) " NARROWED
                                 "GROUP BY who ORDER BY COUNT(*) DESC, who LIMIT $5";

const char *const audit_store_statements[] = { events_sql, operations_sql, people_sql, NULL };

static const struct row_column event_columns[] = {
    ROW_COLUMN(audit_event, id),        ROW_COLUMN(audit_event, at),
    ROW_COLUMN(audit_event, who),       ROW_COLUMN(audit_event, operation),
    ROW_COLUMN(audit_event, subject),   ROW_COLUMN(audit_event, fields),
    ROW_COLUMN(audit_event, row_count), ROW_COLUMN(audit_event, hash),
};

static const struct row_reading read_events = ROW_READING(audit_event, &audit_event_entity,
                                                          event_columns, events_sql);

enum status audit_store_events(struct work *work, const struct audit_filter *filter, int64_t most,
                               struct list *out_events)
{
    return rows_read(work, &read_events,
                     PARAMETERS(parameter_text(filter->who), parameter_text(filter->operation),
                                parameter_text(filter->from), parameter_text(filter->to),
                                parameter_integer(filter->before), parameter_integer(most)),
                     out_events);
}

enum status audit_store_counts(struct work *work, const struct audit_filter *filter,
                               enum audit_facet facet, struct list *out_counts)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    bool is_who = facet == AUDIT_FACET_WHO;
    const struct parameter parameters[] = { parameter_text(is_who ? NULL : filter->who),
                                            parameter_text(is_who ? filter->operation : NULL),
                                            parameter_text(filter->from),
                                            parameter_text(filter->to),
                                            parameter_integer(AUDIT_COUNTS_MOST) };
    enum status status = store_query(work, is_who ? people_sql : operations_sql, parameters,
                                     ARRAY_COUNT(parameters), &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        struct audit_count *count = arena_new_of(work->arena, struct audit_count);
        *count = (struct audit_count){ arena_copy_text(work->arena, cursor_text(cursor, 0)),
                                       cursor_integer(cursor, 1) };
        list_add(work->arena, out_counts, count);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status audit_store_changes(struct work *work, int64_t event, struct list *out_changes)
{
    return entity_store_list_of(work, &row_change_entity, "event", event, out_changes);
}
