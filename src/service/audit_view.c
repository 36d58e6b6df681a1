#include "service/audit_view.h"

#include "base/catalogue.h"
#include "service/audit_words.h"
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

static const struct narrowing_facet facets[] = {
    [AUDIT_FACET_OPERATION] = { .name = "operation",
                                .title = WORDS("What was done"),
                                .is_open = true },
    [AUDIT_FACET_WHO] = { .name = "who", .title = WORDS("Who"), .is_data = true },
};
const struct narrowing_list audit_view_narrowing = { .facets = facets,
                                                     .facet_count = ARRAY_COUNT(facets) };

enum status audit_view_facets(struct work *work, const struct audit_filter *filter,
                              json_t **out_facets)
{
    const char *const wanted[] = {
        [AUDIT_FACET_OPERATION] = filter->operation, [AUDIT_FACET_WHO] = filter->who
    };
    json_t *made = json_array();
    enum status status = may_read(work);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(facets); i++) {
        struct list counts = { 0 };
        json_t *options = json_array();
        status = audit_store_counts(work, filter, (enum audit_facet)i, &counts);
        for (size_t j = 0; j < counts.count; j++) {
            const struct audit_count *count = counts.items[j];
            const struct code code = { count->value, i == AUDIT_FACET_WHO
                                                         ? count->value
                                                         : audit_operation_words(count->value) };
            json_array_append_new(options,
                                  narrowing_option(&facets[i], &code, count->events, wanted[i]));
        }
        json_array_append_new(made, narrowing_facet_json(&facets[i], wanted[i], options));
    }
    if (status == STATUS_OK)
        *out_facets = made;
    else
        json_decref(made);
    return status;
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
