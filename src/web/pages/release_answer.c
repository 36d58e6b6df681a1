/* An answer to a request for information, from what was typed to the record: its percentages and
 * its table are looked at by themselves and beside everything released before. */
#include <string.h>

#include "base/arena.h"
#include "service/answer.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/release_parts.h"
#include "web/routes.h"

#include "base/banned.h"

#define ZEROS_SHOWN "shown"

static json_t *zero_items(const char *chosen)
{
    json_t *items = json_array();
    json_array_append_new(items, form_item(ZEROS_SHOWN, "Yes, as 0", NULL, chosen));
    json_array_append_new(
        items, form_item("hidden", "No, nought is hidden with the small counts", NULL, chosen));
    return items;
}

/* What was asked for, so that exactly that is put on record. */
static json_t *asked_json(const struct call *call)
{
    static const char *const names[] = { "code",  "population",  "definition", "period",
                                         "table", "percentages", "zeros",      "threshold" };
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        json_array_append_new(
            array, json_pack("{s:s, s:s}", "name", names[i], "value", form_value(call, names[i])));
    return array;
}

/* Words of the problems; a result, once there are none. */
static void show_form(const struct call *call, const struct problems *problems, json_t *result,
                      struct page *out_page)
{
    const char *zeros = form_value(call, "zeros");
    const struct form_field fields[] = {
        { .name = "percentages",
          .label = "Percentages that the answer gives of one group (optional)",
          .hint = "Parted by commas, with the decimals that are printed: 16.13%, 47.58%, 1.61%",
          .value = form_value(call, "percentages") },
        { .name = "table",
          .label = "Table that the answer gives (optional)",
          .hint = "As CSV: a column for each thing that is told apart, then count; a blank cell is "
                  "everybody. What is hidden is [c].",
          .value = form_value(call, "table") },
        { .name = "zeros",
          .legend = "Does the table show nought?",
          .items = zero_items(*zeros ? zeros : ZEROS_SHOWN) },
        { .name = "population",
          .label = "Who is counted",
          .hint = "In the same words as in the ledger: workforce",
          .value = form_value(call, "population"),
          .classes = "govuk-input--width-20" },
        { .name = "definition",
          .label = "What that is made of (optional)",
          .hint = "Such as workforce - schools, or north + south",
          .value = form_value(call, "definition"),
          .classes = "govuk-input--width-20" },
        { .name = "period",
          .label = "Period of the counts",
          .hint = "Such as 2026-03 or 2025-26-Q4",
          .value = form_value(call, "period"),
          .classes = "govuk-input--width-10" },
        { .name = "threshold",
          .label = "Counts below this must not become known (optional)",
          .hint = "10 unless you say otherwise; 5 is the least",
          .value = form_value(call, "threshold"),
          .inputmode = "numeric",
          .classes = "govuk-input--width-5" },
        { .name = "code",
          .label = "Name of the answer",
          .hint = "Such as FOI-2026-017: it stands in addresses and never changes",
          .value = form_value(call, "code"),
          .classes = "govuk-input--width-20" },
    };
    json_t *model = json_pack("{s:o, s:o, s:o, s:o}", "check",
                              release_look_button(WORDS("Check the answer"), "check", result),
                              "release",
                              form_act_button(WORDS("Put the answer on record"), NULL, "release"),
                              "result", result ? result : json_null(), "asked", asked_json(call));
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/release-answer.html",
                               .title = call_words(call, WORDS("Answer a request")),
                               .model = model,
                               .has_form = true };
}

enum status page_release_answer(struct work *work, const struct call *call, struct page *out_page)
{
    (void)work;
    show_form(call, NULL, NULL, out_page);
    return STATUS_OK;
}

static json_t *result_json(struct work *work, const struct answer *answer)
{
    bool is_exposing = !ledger_verdict_admits(&answer->verdict);
    return json_pack("{s:s?, s:o, s:b, s:b, s:b, s:b}", "refusal", answer->refusal, "exposures",
                     release_exposures_json(work, &answer->verdict, 1), "isUndecided",
                     (int)answer->verdict.is_undecided, "isRefused", (int)is_exposing, "mayGoOut",
                     (int)answer->may_go_out, "isSafe", (int)(!answer->refusal && !is_exposing));
}

enum status page_release_answer_sent(struct work *work, const struct call *call,
                                     struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct answer answer = { .refusal = NULL };
    const struct answer_request request = {
        .name = form_value(call, "code"),
        .population = form_value(call, "population"),
        .definition = form_value(call, "definition"),
        .period = form_value(call, "period"),
        .percentages = form_value(call, "percentages"),
        .table = form_value(call, "table"),
        .threshold = form_number(call, "threshold"),
        .shows_zeros = strcmp(form_value(call, "zeros"), ZEROS_SHOWN) == 0,
    };
    if (*form_value(call, "threshold") && request.threshold == INTEGER_MISSING)
        problem_add(&problems, "threshold", "Give a whole number, or leave it empty");
    enum status status = answer_try(work, &request, &problems, &answer);
    if (status != STATUS_OK)
        return status;
    bool is_asked = strcmp(form_value(call, "act"), "release") == 0;
    if (!is_asked || problems.list.count > 0 || !answer.may_go_out) {
        show_form(call, &problems, problems.list.count == 0 ? result_json(work, &answer) : NULL,
                  out_page);
        return STATUS_OK;
    }
    status = answer_record(work, &answer);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/releases/%s",
                                                            request.name),
                                   .done = "tables-released" };
    return status;
}
