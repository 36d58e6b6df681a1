/* A period in pages: the scorecard, the returns with their findings, the report. */
#include "service/scorecard.h"

#include "base/arena.h"
#include "document/render.h"
#include "report/progress_report.h"
#include "web/pages/pages.h"
#include "web/pages/period.h"

#include "base/banned.h"

static enum status load(struct work *work, const char *asked, bool without_check,
                        struct progress **out_progress, json_t **out_choices)
{
    struct period period;
    struct progress_options options = { .without_check = without_check };
    enum status status = page_period(work, asked, &period, out_choices);
    if (status != STATUS_OK)
        return status;
    status = progress_load(work, period, &options, out_progress);
    if (status != STATUS_OK)
        json_decref(*out_choices);
    return status;
}

enum status page_scorecard(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL;
    enum status status = load(work, request_query(call->request, "period"), true, &progress,
                              &choices);
    if (status != STATUS_OK)
        return status;
    struct page page = { .template = "pages/scorecard.html",
                         .model = scorecard_model(work->arena, progress) };
    json_object_set_new(page.model, "periods", choices);
    page.title = arena_format(work->arena, "Scorecard, %s", progress->period_words);
    *out_page = page;
    return STATUS_OK;
}

enum status page_returns(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL;
    const char *asked = call->parameters[0] ? call_parameter(call, "period") : NULL;
    enum status status = load(work, asked, false, &progress, &choices);
    if (status != STATUS_OK)
        return status;
    struct page page = { .template = "pages/returns.html",
                         .model = returns_model(work->arena, progress) };
    json_object_set_new(page.model, "periods", choices);
    page.title = arena_format(work->arena, "Returns, %s", progress->period_words);
    *out_page = page;
    return STATUS_OK;
}

enum status page_report(struct work *work, const struct call *call, struct page *out_page)
{
    struct progress *progress = NULL;
    json_t *choices = NULL;
    struct slice body;
    enum status status = load(work, request_query(call->request, "period"), false, &progress,
                              &choices);
    if (status != STATUS_OK)
        return status;
    status = document_render_body(work, progress_report(work, progress, NULL), &body);
    if (status != STATUS_OK) {
        json_decref(choices);
        return status;
    }
    json_t *model = json_pack("{s:s, s:s, s:o}", "period", progress->period_code, "periodWords",
                              progress->period_words, "periods", choices);
    json_object_set_new(model, "bodyHtml", json_stringn(body.start, body.length));
    *out_page = (struct page){
        .template = "pages/report.html",
        .title = arena_format(work->arena, "Progress report, %s", progress->period_words),
        .model = model,
    };
    return STATUS_OK;
}
