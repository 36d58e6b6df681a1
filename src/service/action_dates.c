#include "service/action_dates.h"

#include "base/arena.h"
#include "base/problem.h"
#include "model/action.h"
#include "service/import_put.h"
#include "store/adoption_store.h"
#include "store/entity_store.h"
#include "base/banned.h"

static struct date day_of(const char *iso)
{
    struct date day = { 0, 0, 0 };
    bool read = iso != NULL && date_read(slice_of(iso), &day);
    return read ? day : (struct date){ 0, 0, 0 };
}

struct date action_dates_adopted(const struct scheme *scheme)
{
    return day_of(scheme->adopted_on);
}

enum status action_dates_of(struct work *work, int64_t objective,
                            struct target_date_context *out_context)
{
    const char *adopted_on = NULL;
    int64_t start_month = INTEGER_MISSING;
    enum status status = adoption_store_of(work, objective, &adopted_on, &start_month);
    if (status != STATUS_OK)
        return status;
    *out_context = (struct target_date_context){
        .adopted = day_of(adopted_on),
        .start_month = start_month == INTEGER_MISSING ? 0 : (int)start_month,
    };
    return STATUS_OK;
}

/* Each action is put with nothing said of it but its code, which reads its date anew. */
enum status action_dates_renew(struct work *work, struct audit *audit,
                               struct references *references, int64_t *out_changed)
{
    struct list actions = { 0 };
    struct problems problems = { .arena = work->arena };
    const bool *nothing = arena_array_of(work->arena, action_entity.field_count, bool);
    enum status status = entity_store_list(work, &action_entity, 0, &actions);
    int64_t changed = 0;
    for (size_t i = 0; i < actions.count && status == STATUS_OK; i++) {
        struct put put = { .entity = &action_entity,
                           .audit = audit,
                           .references = references,
                           .present = nothing,
                           .problems = &problems };
        struct action *action = entity_row(work->arena, &action_entity);
        enum put_outcome outcome = PUT_UNCHANGED;
        action->code = ((const struct action *)actions.items[i])->code;
        status = put_row(work, &put, action, &outcome);
        changed += outcome == PUT_CHANGED;
    }
    if (status == STATUS_OK)
        *out_changed = changed;
    return status;
}
