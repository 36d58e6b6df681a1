/* The steps of a return: submitted, approved, sent back, frozen, revised; each asked once more
 * before it is taken. */
#include "web/pages/return_parts.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "service/finding.h"
#include "service/permission.h"
#include "service/return_board.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "base/banned.h"

/* The step of the address, which must follow the return's state. */
static enum status find_step(struct work *work, const struct call *call,
                             struct return_sheet **out_sheet,
                             const struct return_transition **out_transition)
{
    enum status status = return_sheet_load(work, return_call_code(work, call),
                                           return_step_parts(call_parameter(call, "action")),
                                           out_sheet);
    if (status != STATUS_OK)
        return status;
    const struct return_transition *found = return_transition_find(call_parameter(call, "action"),
                                                                   (*out_sheet)->head.state);
    if (!found)
        return return_refuse_step(work, *out_sheet,
                                  arena_format(work->arena,
                                               "This return is %s by now, so that step cannot be "
                                               "taken. %s",
                                               return_state_words((*out_sheet)->head.state),
                                               (*out_sheet)->locked ? (*out_sheet)->locked : ""));
    status = permission_require(work, permission_right(found->right), (*out_sheet)->head.unit);
    if (status == STATUS_OK)
        *out_transition = found;
    return status;
}

/* The rows whose words may give somebody away, each with what the check says of it. */
static json_t *disclosing(struct work *work, const struct return_sheet *sheet)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < sheet->findings.count; i++) {
        const struct finding *finding = sheet->findings.items[i];
        if (finding_discloses(finding))
            json_array_append_new(
                rows,
                json_pack("{s:s, s:s, s:s}", "reference", finding->row, "words", finding->message,
                          "href",
                          return_address(work, sheet,
                                         arena_format(work->arena, "/rows/%s", finding->row))));
    }
    return rows;
}

/* The rows under those words; a list of their own is begun where there is none yet. */
static json_t *rows_under(json_t *groups, const char *words)
{
    json_t *group;
    size_t at;
    json_array_foreach(groups, at, group)
    {
        if (strcmp(json_string_value(json_object_get(group, "words")), words) == 0)
            return json_object_get(group, "rows");
    }
    json_t *rows = json_array();
    json_array_append_new(groups, json_pack("{s:s, s:o}", "words", words, "rows", rows));
    return rows;
}

/* What must be mended, each with the rows that it is about: at the start of a quarter all of them
 * want the same. */
static json_t *to_mend(struct work *work, const struct return_sheet *sheet)
{
    json_t *groups = json_array();
    for (size_t i = 0; i < sheet->rows.count; i++) {
        const struct return_sheet_row *row = sheet->rows.items[i];
        const struct problem *first = row->problems.count > 0 ? row->problems.items[0] : NULL;
        const char *rest = arena_format(work->arena, "/rows/%s?check=1", row->row->reference);
        if (first)
            json_array_append_new(rows_under(groups, first->words),
                                  json_pack("{s:s, s:s}", "reference", row->row->reference, "href",
                                            return_address(work, sheet, rest)));
    }
    return groups;
}

static void show_step(struct work *work, const struct call *call, const struct return_sheet *sheet,
                      const struct return_transition *transition, const struct problems *problems,
                      struct page *out_page)
{
    bool asks_why = return_step_asks_why(sheet, transition);
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:o, s:s, s:o, s:o}", "unitName", sheet->unit_name,
        "periodWords", sheet->period_words, "action", transition->action, "label",
        transition->label, "answered", (json_int_t)sheet->answered, "rowCount",
        (json_int_t)sheet->rows.count, "needsReason", transition->needs_reason || asks_why,
        "toMend", transition->needs_answers ? to_mend(work, sheet) : json_array(), "list",
        return_address(work, sheet, ""), "submit", form_button(transition->label, NULL),
        "disclosing", asks_why ? disclosing(work, sheet) : json_null());
    json_object_set_new(
        model, "reason",
        form_field(
            &(struct form_field){
                .name = "reason",
                .label = call_words(call, WORDS("Reason")),
                .hint = call_words(call, WORDS("Those who wrote the return will read it")),
                .value = form_value(call, "reason") },
            problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/return-step.html",
                               .title = transition->label,
                               .model = model,
                               .has_form = true };
}

enum status page_return_step(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    const struct return_transition *transition = NULL;
    enum status status = find_step(work, call, &sheet, &transition);
    if (status != STATUS_OK)
        return status;
    assert(sheet && transition);
    show_step(work, call, sheet, transition, NULL, out_page);
    return STATUS_OK;
}

enum status page_return_step_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    const struct return_transition *transition = NULL;
    struct problems problems = form_problems(work);
    enum status status = find_step(work, call, &sheet, &transition);
    if (status != STATUS_OK)
        return status;
    assert(sheet && transition);
    const char *reason = form_value(call, "reason");
    bool asks = transition->needs_reason || return_step_asks_why(sheet, transition);
    if (asks && slice_trim(slice_of(reason)).length == 0) {
        problem_add(&problems, "reason", "Give the reason");
        show_step(work, call, sheet, transition, &problems, out_page);
        return STATUS_OK;
    }
    if (transition->needs_answers && sheet->with_problems > 0) {
        show_step(work, call, sheet, transition, NULL, out_page);
        return STATUS_OK;
    }
    status = return_take_step(work, sheet->head.code, transition->action, reason, NULL);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = return_address(work, sheet, ""),
                                   .done = "step-taken" };
    return status;
}

static void show_exception(struct work *work, const struct call *call,
                           const struct return_sheet *sheet, const struct problems *problems,
                           struct page *out_page)
{
    json_t *model = json_pack("{s:s, s:s, s:s, s:s?, s:o}", "unitName", sheet->unit_name,
                              "periodWords", sheet->period_words, "list",
                              return_address(work, sheet, ""), "locked", sheet->locked, "submit",
                              form_button(call_words(call, WORDS("Allow the exception")), NULL));
    json_object_set_new(
        model, "until",
        form_field(&(struct form_field){ .name = "until",
                                         .label = call_words(
                                             call, WORDS("Last day on which it may be written")),
                                         .hint = call_words(call, WORDS("For example, 14/9/2026")),
                                         .value = form_value(call, "until"),
                                         .classes = "govuk-input--width-10" },
                   problems));
    json_object_set_new(
        model, "reason",
        form_field(&(struct form_field){ .name = "reason",
                                         .label = call_words(call, WORDS("Reason")),
                                         .hint = call_words(
                                             call, WORDS("It stands in the return's history")),
                                         .value = form_value(call, "reason") },
                   problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/return-exception.html",
                               .title = call_words(call, WORDS("Let a locked return be written")),
                               .model = model,
                               .has_form = true };
}

enum status page_return_exception(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    enum status status = return_sheet_load(work, return_call_code(work, call), 0, &sheet);
    if (status == STATUS_OK)
        show_exception(work, call, sheet, NULL, out_page);
    return status;
}

enum status page_return_exception_sent(struct work *work, const struct call *call,
                                       struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    struct problems problems = form_problems(work);
    struct date until;
    const char *reason = form_value(call, "reason");
    enum status status = return_sheet_load(work, return_call_code(work, call), 0, &sheet);
    if (status != STATUS_OK)
        return status;
    if (!date_read_british(slice_trim(slice_of(form_value(call, "until"))), &until))
        problem_add(&problems, "until", "Give the last day, such as 14/9/2026");
    if (slice_trim(slice_of(reason)).length == 0)
        problem_add(&problems, "reason", "Give the reason");
    if (problems.list.count > 0) {
        show_exception(work, call, sheet, &problems, out_page);
        return STATUS_OK;
    }
    status = return_allow_exception(work, sheet->head.code, date_print(work->arena, until), reason);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = return_address(work, sheet, ""),
                                   .done = "exception-allowed" };
    return status;
}
