/* What waits for a second person, and one person's record, which is such a thing. */
#include "service/approval.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "model/account.h"
#include "model/unit.h"
#include "service/snapshot.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

/* "HR data officer for Housing", "A record of workforce-2026". */
static enum status item_of(struct work *work, const struct call *call,
                           const struct approval *approval, json_t *list)
{
    struct account account;
    struct unit unit = { .name = call_words(call, WORDS("the whole authority")) };
    enum role role = ROLE_COUNT;
    bool is_role = strcmp(approval->kind, APPROVAL_ROLE) == 0;
    enum status status = entity_store_get(work, &account_entity, approval->account, &account);
    if (status == STATUS_OK && approval->unit != INTEGER_MISSING)
        status = entity_store_get(work, &unit_entity, approval->unit, &unit);
    if (status != STATUS_OK)
        return status;
    bool is_known = is_role && permission_role(approval->role, &role);
    json_array_append_new(
        list,
        json_pack("{s:I, s:b, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:b, s:s}", "number",
                  (json_int_t)approval->id, "isRole", is_role, "who", account.name, "role",
                  is_known ? call_words(call, permission_roles[role].title) : "", "unit", unit.name,
                  "snapshot", approval->snapshot, "reason", approval->reason, "askedBy",
                  approval->asked_by, "askedAt", moment_print_long(work->arena, approval->asked_at),
                  "isApproved", strcmp(approval->state, APPROVAL_APPROVED) == 0, "code",
                  approval->snapshot ? approval->snapshot : ""));
    return STATUS_OK;
}

static enum status items_of(struct work *work, const struct call *call, const struct list *all,
                            json_t *list)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < all->count; i++)
        status = item_of(work, call, all->items[i], list);
    return status;
}

enum status page_approvals(struct work *work, const struct call *call, struct page *out_page)
{
    struct list theirs = { 0 }, own = { 0 };
    json_t *wait = json_array(), *asked = json_array();
    *out_page = (struct page){ .template = "pages/approvals.html",
                               .title = WORDS("What two people decide"),
                               .model = json_pack("{s:o, s:o, s:i, s:i}", "theirs", wait, "own",
                                                  asked, "days", APPROVAL_DAYS, "hours",
                                                  APPROVAL_RECORD_HOURS),
                               .has_form = true };
    enum status status = approval_list(work, &theirs, &own);
    if (status == STATUS_OK)
        status = items_of(work, call, &theirs, wait);
    return status == STATUS_OK ? items_of(work, call, &own, asked) : status;
}

enum status page_approval_decided(struct work *work, const struct call *call, struct page *out_page)
{
    int64_t number = INTEGER_MISSING;
    bool is_approved = strcmp(form_value(call, "decision"), "approve") == 0;
    if (!slice_integer(slice_of(call_parameter(call, "number")), &number))
        return STATUS_NOT_FOUND;
    if (!is_approved && strcmp(form_value(call, "decision"), "refuse") != 0)
        return STATUS_INPUT;
    enum status status = approval_decide(work, number, is_approved);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/approvals",
                                   .done = is_approved ? "approved" : "approval-refused" };
    return status;
}

static void begin_record(const struct call *call, const struct problems *problems,
                         struct page *out_page)
{
    json_t *model = json_pack(
        "{s:s, s:i, s:o, s:o, s:o, s:o, s:o}", "code", call_parameter(call, "code"), "hours",
        APPROVAL_RECORD_HOURS, "number",
        form_field(&(struct form_field){ .name = "number",
                                         .label = call_words(call, WORDS("Employee’s number")),
                                         .value = form_value(call, "number"),
                                         .autocomplete = "off",
                                         .classes = "govuk-input--width-20" },
                   problems),
        "reason",
        form_field(&(struct form_field){ .name = "reason",
                                         .label = call_words(call, WORDS("Why it is needed")),
                                         .hint = call_words(
                                             call, WORDS("Such as a request by that person to see "
                                                         "what is held. Name nobody")),
                                         .value = form_value(call, "reason") },
                   problems),
        "ask", form_button(call_words(call, WORDS("Ask for approval")), NULL), "again",
        form_field(&(struct form_field){ .name = "taken",
                                         .label = call_words(call, WORDS("Employee’s number, once "
                                                                         "more")),
                                         .autocomplete = "off",
                                         .classes = "govuk-input--width-20" },
                   problems),
        "take", form_button(call_words(call, WORDS("Download the record")), NULL));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/people-record.html",
                               .title = WORDS("One person’s record"),
                               .model = model,
                               .has_form = true };
}

static enum status show_record(struct work *work, const struct call *call,
                               const struct problems *problems, struct page *out_page)
{
    struct list own = { 0 };
    json_t *waiting = json_array(), *ready = json_array();
    const char *code = call_parameter(call, "code");
    begin_record(call, problems, out_page);
    json_object_set_new(out_page->model, "waiting", waiting);
    json_object_set_new(out_page->model, "ready", ready);
    enum status status = approval_list(work, NULL, &own);
    for (size_t i = 0; status == STATUS_OK && i < own.count; i++) {
        const struct approval *approval = own.items[i];
        bool is_here = approval->snapshot && strcmp(approval->snapshot, code) == 0;
        bool is_ready = strcmp(approval->state, APPROVAL_APPROVED) == 0;
        if (is_here)
            status = item_of(work, call, approval, is_ready ? ready : waiting);
    }
    return status;
}

enum status page_people_record(struct work *work, const struct call *call, struct page *out_page)
{
    return show_record(work, call, NULL, out_page);
}

enum status page_people_record_asked(struct work *work, const struct call *call,
                                     struct page *out_page)
{
    struct problems problems = form_problems(work);
    const char *code = call_parameter(call, "code");
    enum status status = approval_ask_record(work, code, slice_of(form_value(call, "number")),
                                             form_value(call, "reason"), &problems);
    if (status == STATUS_OK && problems.list.count)
        return show_record(work, call, &problems, out_page);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/people/%s/record", code),
                                   .done = "approval-asked" };
    return status;
}

static enum status tell_unapproved(struct work *work, const struct call *call,
                                   struct page *out_page)
{
    struct problems problems = form_problems(work);
    work_forget(work);
    problem_add(&problems, "taken",
                "Nothing that is approved for you has this number; check it, or "
                "ask for it below");
    return show_record(work, call, &problems, out_page);
}

enum status page_people_record_file(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    json_t *json = NULL;
    const char *code = call_parameter(call, "code");
    enum status status = snapshot_subject_json(work, code, slice_of(form_value(call, "taken")),
                                               &json);
    if (status == STATUS_REFUSED && permission_has(work, RIGHT_PEOPLE_KEEP))
        return tell_unapproved(work, call, out_page);
    if (status != STATUS_OK)
        return status;
    char *words = json_dumps(json, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(json);
    if (!words)
        return work_fail(work, STATUS_STORAGE, "The record could not be written as JSON.");
    *out_page = (struct page){ .response = {
                                   .status = 200,
                                   .media_type = "application/json",
                                   .body = slice_of(arena_copy_text(work->arena, words)) } };
    free(words);
    response_is_file(work->arena, &out_page->response, "record.json");
    return STATUS_OK;
}
