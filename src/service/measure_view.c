#include "service/measure_view.h"

#include <stdlib.h>

#include "base/period.h"
#include "model/comparator.h"
#include "model/forecast.h"
#include "model/measure_objective.h"
#include "model/objective.h"
#include "model/rating.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/value.h"
#include "service/reporting_year.h"
#include "store/entity_store.h"
#include "base/banned.h"

static int by_period(const void *a, const void *b, void *context)
{
    const struct value *left = *(const struct value *const *)a;
    const struct value *right = *(const struct value *const *)b;
    struct period x, y;
    bool read = period_read(slice_of(left->period), &x) && period_read(slice_of(right->period), &y);
    int order = read ? period_compare(x, y, *(const int *)context) : 0;
    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

static enum status load_lists(struct work *work, struct measure_view *view)
{
    const struct {
        const struct entity *entity;
        struct list *rows;
    } sets[] = {
        { &value_entity, &view->values },           { &target_entity, &view->targets },
        { &comparator_entity, &view->comparators }, { &forecast_entity, &view->forecasts },
        { &rating_entity, &view->ratings },         { &measure_objective_entity, &view->places },
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(sets); i++)
        status = entity_store_list_of(work, sets[i].entity, "measure", view->measure->id,
                                      sets[i].rows);
    return status;
}

/* What names are looked up in. */
static enum status load_names(struct work *work, struct measure_view *view)
{
    enum status status = entity_store_list(work, &unit_entity, 0, &view->units);
    if (status == STATUS_OK)
        status = entity_store_list(work, &objective_entity, 0, &view->objectives);
    if (status == STATUS_OK)
        status = entity_store_list(work, &measure_entity, 0, &view->measures);
    return status == STATUS_OK ? reporting_year_start(work, &view->start_month) : status;
}

enum status measure_view_load(struct work *work, const char *code,
                              const struct measure_view *beside, struct measure_view *out_view)
{
    struct measure_view view = { .measure = NULL };
    struct measure *measure = entity_row(work->arena, &measure_entity);
    measure->code = code;
    enum status status = entity_store_find(work, &measure_entity, measure, measure);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND, "There is no measure with the code \"%.60s\".",
                         code);
    view.measure = measure;
    if (status == STATUS_OK)
        status = load_lists(work, &view);
    if (beside) {
        view.units = beside->units;
        view.objectives = beside->objectives;
        view.measures = beside->measures;
        view.start_month = beside->start_month;
    } else if (status == STATUS_OK) {
        status = load_names(work, &view);
    }
    if (status != STATUS_OK)
        return status;
    if (view.values.count > 1)
        qsort_r(view.values.items, view.values.count, sizeof *view.values.items, by_period,
                &view.start_month);
    *out_view = view;
    return STATUS_OK;
}
