#include "support/plan_rows.h"

#include "base/arena.h"
#include "model/action.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/scheme.h"
#include "model/unit.h"
#include "store/entity_store.h"

void *row_new(struct opened *opened, const struct entity *entity)
{
    return entity_row(opened->work.arena, entity);
}

int64_t row_put(struct opened *opened, const struct entity *entity, void *row)
{
    must(opened, entity_store_insert(&opened->work, entity, row));
    return field_integer(&entity->fields[0], row);
}

const char *columns_of(struct arena *arena, const struct entity *entity, const char *alias)
{
    const char *columns = "";
    for (size_t i = 0; i < entity->field_count; i++)
        columns = arena_format(arena, "%s%s%s.%s", columns, i ? ", " : "", alias,
                               entity->fields[i].name);
    return columns;
}

int64_t put_unit(struct opened *opened, const char *code, int64_t parent)
{
    struct unit *unit = row_new(opened, &unit_entity);
    unit->code = unit->name = code;
    unit->kind = "directorate";
    unit->parent = parent;
    return row_put(opened, &unit_entity, unit);
}

int64_t put_objective(struct opened *opened, int64_t number, const char *title)
{
    struct scheme *scheme = row_new(opened, &scheme_entity);
    scheme->code = "plan";
    scheme->title = "Plan";
    scheme->starts = "2012-04-01";
    scheme->status = "adopted";
    int64_t id = row_put(opened, &scheme_entity, scheme);
    struct objective *objective = row_new(opened, &objective_entity);
    objective->code = arena_format(opened->work.arena, "plan-%lld", (long long)number);
    objective->scheme = id;
    objective->number = number;
    objective->title = title;
    return row_put(opened, &objective_entity, objective);
}

int64_t put_action(struct opened *opened, int64_t objective, const char *code, const char *wording,
                   const char *status)
{
    struct action *action = row_new(opened, &action_entity);
    action->code = code;
    action->objective = objective;
    action->number = 1;
    action->wording = wording;
    action->status = status;
    return row_put(opened, &action_entity, action);
}

int64_t put_measure(struct opened *opened, const char *code, int64_t complement_of)
{
    struct measure *measure = row_new(opened, &measure_entity);
    measure->code = measure->title = code;
    measure->kind = "percentage";
    measure->polarity = "higher";
    measure->decimals = 0;
    measure->accumulation = "point";
    measure->frequency = "quarterly";
    measure->variance = "relative";
    measure->roll_up = "none";
    measure->complement_of = complement_of;
    measure->status = "live";
    return row_put(opened, &measure_entity, measure);
}
