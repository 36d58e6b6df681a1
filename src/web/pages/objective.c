/* One objective: what was planned under it, how its measures stand, how its actions go. */
#include "base/arena.h"
#include "service/actions.h"
#include "service/measure_view.h"
#include "service/plan.h"
#include "service/scorecard.h"
#include "web/pages/measure_parts.h"
#include "web/pages/pages.h"
#include "web/pages/period.h"

#include "base/banned.h"

/* The small chart of each measure that has a history, for the unit with most of it. */
static enum status add_charts(struct work *work, const struct call *call, json_t *progress)
{
    json_t *lines = json_object_get(progress, "lines"), *charts = json_array();
    enum status status = STATUS_OK;
    struct measure_view view = { .measure = NULL }, last;
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *code = json_string_value(json_object_get(line, "measure"));
        json_t *html = NULL;
        last = view;
        status = measure_view_load(work, code, i > 0 ? &last : NULL, &view);
        if (status != STATUS_OK)
            break;
        int64_t unit = measure_chief_unit(work->arena, &view);
        status = measure_chart(work, call, &view, unit, true, &html);
        if (status == STATUS_OK && json_is_string(html))
            json_array_append_new(charts,
                                  json_pack("{s:s, s:s, s:s, s:o}", "code", code, "measureTitle",
                                            view.measure->title, "unitName",
                                            measure_unit_name(&view, unit), "chartHtml", html));
    }
    json_object_set_new(progress, "charts", charts);
    return status;
}

/* How the objective's measures stand in the newest period; null when it has none. */
static enum status add_progress(struct work *work, const struct call *call, json_t *model)
{
    struct period period;
    struct progress *progress = NULL;
    struct progress_options options = {
        .scheme = json_string_value(json_object_get(model, "scheme")), .without_check = true
    };
    json_t *choices = NULL, *json = json_null();
    enum status status = page_period(work, request_query(call->request, "period"), &period,
                                     &choices);
    if (status == STATUS_OK) {
        json_decref(choices);
        status = progress_load(work, period, &options, &progress);
    }
    if (status == STATUS_OK)
        json = scorecard_objective(work->arena, progress,
                                   json_string_value(json_object_get(model, "code")));
    json_object_set_new(model, "progress", json);
    /* A plan without measures, or none returned yet, is no failure of its page. */
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        return STATUS_OK;
    }
    if (status != STATUS_OK || json_is_null(json))
        return status;
    json_object_set_new(model, "periodWords", json_string(progress->period_words));
    return add_charts(work, call, json);
}

/* How many actions there are of each kind of date and status, as links to them. */
static enum status add_actions(struct work *work, json_t *model)
{
    json_t *list = NULL;
    const char *code = json_string_value(json_object_get(model, "code"));
    struct narrowing_asked asked = { .page = 1, .wanted = { [ACTION_FACET_OBJECTIVE] = code } };
    enum status status = actions_list(work, &asked, &list);
    if (status != STATUS_OK)
        return status;
    json_object_set(model, "actionTotal", json_object_get(list, "total"));
    const json_t *facets = json_object_get(list, "facets");
    json_object_set(model, "actionDues",
                    json_object_get(json_array_get(facets, ACTION_FACET_DUE), "options"));
    json_object_set(model, "actionStatuses",
                    json_object_get(json_array_get(facets, ACTION_FACET_STATUS), "options"));
    json_decref(list);
    return STATUS_OK;
}

enum status page_objective(struct work *work, const struct call *call, struct page *out_page)
{
    struct page page = { .template = "pages/objective.html" };
    enum status status = plan_objective(work, call_parameter(call, "code"), &page.model);
    if (status != STATUS_OK)
        return status;
    page.title = arena_copy_text(work->arena,
                                 json_string_value(json_object_get(page.model, "objectiveTitle")));
    status = add_progress(work, call, page.model);
    if (status == STATUS_OK)
        status = add_actions(work, page.model);
    *out_page = page;
    return status;
}
