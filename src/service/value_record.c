#include "service/value_record.h"

#include "base/arena.h"
#include "service/reference.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { INPUTS_MOST = 64 };

/* Not among the kinds that have pages of their own: the measure's page shows its values. */
static const struct plan_record_kind value_kind = { .code = "values",
                                                    .entity = &value_entity,
                                                    .of = "measure" };

enum status value_record_find(struct work *work, const struct value_place *place,
                              const struct value **out_value)
{
    struct figure_place found = { .measure = NULL };
    struct value *value = entity_row(work->arena, &value_entity);
    enum status status = reference_place(work, place->measure, place->unit, place->period, &found);
    if (status != STATUS_OK)
        return status;
    value->measure = found.measure->id;
    value->unit = found.unit->id;
    value->period = period_print(work->arena, found.period);
    value->breakdown = place->breakdown && *place->breakdown ? place->breakdown : NULL;
    status = entity_store_find(work, &value_entity, value, value);
    *out_value = status == STATUS_OK ? value : NULL;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status value_record_save(struct work *work, const struct value_place *place,
                              const struct value *before, const struct plan_record_change *change,
                              struct plan_record_saved *out_saved)
{
    const struct plan_record_input of_place[] = { { "measure", place->measure },
                                                  { "unit", place->unit },
                                                  { "period", place->period },
                                                  { "breakdown", place->breakdown } };
    struct plan_record_input inputs[INPUTS_MOST + ARRAY_COUNT(of_place)];
    struct plan_record_change made = { .kind = &value_kind,
                                       .inputs = inputs,
                                       .event = before ? before->event : INTEGER_MISSING,
                                       .is_confirmed = change->is_confirmed };
    assert(change->count <= INPUTS_MOST);
    if (before)
        made.key = plan_record_key(work, &value_entity, before);
    for (size_t i = 0; !before && i < ARRAY_COUNT(of_place); i++)
        if (of_place[i].words)
            inputs[made.count++] = of_place[i];
    for (size_t i = 0; i < change->count; i++)
        inputs[made.count++] = change->inputs[i];
    return plan_record_save(work, &made, out_saved);
}
