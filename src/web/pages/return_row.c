/* One row of a return as a form: what was said before, what is typed, the rating that it makes. */
#include "web/pages/return_parts.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "model/codes.h"
#include "model/scorecard_match.h"
#include "service/finding.h"
#include "service/permission.h"
#include "service/scorecard_source.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "base/banned.h"

enum { INPUTS_MOST = 24 };

/* The fields of a row's form in their order. */
enum field_kind { FIELD_INPUT, FIELD_NUMBER, FIELD_AREA };

static const struct row_field {
    const char *name, *label, *hint;
    enum field_kind kind;
} row_fields[] = {
    { "value_text", WORDS("Value"), WORDS("The number alone, such as 40.23 or 1,204"),
      FIELD_NUMBER },
    { "numerator_text", WORDS("Numerator"), WORDS("How many of them"), FIELD_NUMBER },
    { "denominator_text", WORDS("Denominator"), WORDS("Of how many in all"), FIELD_NUMBER },
    { "progress", WORDS("Progress in this period"),
      WORDS("What was done and what changed. It is printed as you write it."), FIELD_AREA },
    { "forecast_text", WORDS("Forecast for the year"), WORDS("Keep it apart from the value"),
      FIELD_NUMBER },
    { "declared_reason", WORDS("Why your rating differs"),
      WORDS("Needed only where your rating is not the computed one"), FIELD_AREA },
    { "quality_note", WORDS("Note on quality"),
      WORDS("Anything that a reader must know of the numbers"), FIELD_AREA },
    { "corrective_action", WORDS("Corrective action"), WORDS("What will be done"), FIELD_AREA },
    { "corrective_owner", WORDS("Who will do it"), NULL, FIELD_INPUT },
    { "corrective_by", WORDS("By when"), WORDS("For example, end of March 2013"), FIELD_INPUT },
    { "outcome_of_last", WORDS("What came of it"), NULL, FIELD_AREA },
    { "supplied_by", WORDS("Whose answer is it"),
      WORDS("Only where you type in somebody else's answer: who gave it, how and when"),
      FIELD_INPUT },
};

/* What the form shows: what was just typed, or else what is kept. */
static const char *shown(const struct call *call, const struct return_row *row, const char *name)
{
    struct slice typed;
    const char *kept = field_text(entity_field(&return_row_entity, name), row);
    return urlencoded_find(&call->form, name, &typed) ? typed.start : kept;
}

static json_t *code_items(const struct call *call, const struct code *codes, const char *chosen,
                          const char *none)
{
    json_t *items = json_array();
    json_array_append_new(items, form_item("", call_words(call, none), NULL, chosen ? "-" : ""));
    for (; codes->value; codes++)
        json_array_append_new(items, form_item(codes->value, codes->label, NULL, chosen));
    return items;
}

static json_t *level_items(struct work *work, const struct call *call,
                           const struct return_sheet *sheet, const struct return_sheet_row *row)
{
    const char *chosen = shown(call, row->row, "declared");
    const struct scale_level *level = chosen ? rating_declared(sheet->scale, chosen) : NULL;
    const char *as_computed = row->computed ? arena_format(work->arena, "%s (%s)",
                                                           call_words(call, WORDS("As computed")),
                                                           call_words(call, row->computed->name))
                                            : call_words(call, WORDS("No rating of my own"));
    json_t *items = json_array();
    json_array_append_new(items, form_item("", as_computed, NULL, level ? "-" : ""));
    for (size_t i = 0; i < sheet->scale->level_count; i++) {
        const struct scale_level *other = &sheet->scale->levels[i];
        json_array_append_new(
            items, form_item(other->code,
                             arena_format(work->arena, "%s: %s", call_words(call, other->name),
                                          call_words(call, other->word)),
                             NULL, level ? level->code : NULL));
    }
    return items;
}

/* What the counter says while a person writes, where there is JavaScript. */
static void add_counter_words(const struct call *call, json_t *field)
{
    json_t *left = json_pack(
        "{s:s, s:s}", "one", call_words(call, WORDS("You have %{count} character remaining")),
        "other", call_words(call, WORDS("You have %{count} characters remaining")));
    json_t *over = json_pack(
        "{s:s, s:s}", "one", call_words(call, WORDS("You have %{count} character too many")),
        "other", call_words(call, WORDS("You have %{count} characters too many")));
    json_object_set_new(field, "charactersUnderLimitText", left);
    json_object_set_new(field, "charactersAtLimitText",
                        json_string(call_words(call, WORDS("You have 0 characters remaining"))));
    json_object_set_new(field, "charactersOverLimitText", over);
}

/* What the form of a row shows. */
struct row_view {
    const struct return_sheet *sheet;
    const struct return_sheet_row *row;
    const struct problems *problems;
    json_t *conflict;    /* taken over; or NULL */
    struct list sources; /* what a scorecard filled in */
};

/* What of the row came from the directorate's scorecard, and still says so: file by file. */
static json_t *sources_json(struct arena *arena, const struct call *call,
                            const struct list *sources, const struct return_row *row)
{
    json_t *files = json_array(), *cells = NULL;
    const char *hash = NULL;
    for (size_t i = 0; i < sources->count; i++) {
        const struct scorecard_source *source = sources->items[i];
        if (source->row != row || scorecard_source_of(sources, row, source->input) != source)
            continue;
        if (!hash || strcmp(hash, source->hash) != 0) {
            hash = source->hash;
            cells = json_array();
            json_array_append_new(files, json_pack("{s:s, s:s, s:o}", "name", source->file, "hash",
                                                   hash, "cells", cells));
        }
        json_array_append_new(
            cells, json_pack("{s:s, s:s}", "what",
                             call_words(call, code_label(scorecard_meanings, source->input)),
                             "cell", return_cell_words(arena, call, source->sheet, source->cell)));
    }
    return files;
}

/* The hint of an input: where its words came from, while it says what came from there. */
static const char *hint_of(struct arena *arena, const struct call *call,
                           const struct row_view *view, const char *input, const char *hint)
{
    const struct scorecard_source *source = scorecard_source_of(&view->sources, view->row->row,
                                                                input);
    if (!source)
        return hint ? call_words(call, hint) : NULL;
    return language_fill(arena, call_words(call, WORDS("From your scorecard: {cell}")), "cell",
                         return_cell_words(arena, call, source->sheet, source->cell));
}

static void add_fields(struct arena *arena, const struct call *call, const struct row_view *view,
                       json_t *model)
{
    for (size_t i = 0; i < ARRAY_COUNT(row_fields); i++) {
        const struct row_field *one = &row_fields[i];
        const struct field *field = entity_field(&return_row_entity, one->name);
        bool is_number = one->kind == FIELD_NUMBER;
        json_t *made = form_field(
            &(struct form_field){ .name = one->name,
                                  .label = call_words(call, one->label),
                                  .hint = hint_of(arena, call, view, one->name, one->hint),
                                  .value = shown(call, view->row->row, one->name),
                                  .inputmode = is_number ? "decimal" : NULL,
                                  .classes = is_number ? "govuk-input--width-10" : NULL },
            view->problems);
        if (one->kind == FIELD_AREA) {
            json_object_set_new(made, "maxlength", json_integer((json_int_t)field->longest));
            json_object_set_new(made, "threshold", json_integer(75));
            add_counter_words(call, made);
            json_object_set_new(made, "rows",
                                json_integer(strcmp(one->name, "progress") == 0 ? 8 : 3));
        }
        json_object_set_new(model, one->name, made);
    }
}

static void add_choices(struct work *work, const struct call *call, const struct row_view *view,
                        json_t *model)
{
    const struct return_sheet *sheet = view->sheet;
    const struct return_sheet_row *row = view->row;
    const struct problems *problems = view->problems;
    const struct return_row *kept = row->row;
    const char *nothing = shown(call, kept, "milestone");
    bool is_nothing = kept->nothing_to_report == 1;
    json_t *tick = json_array();
    json_array_append_new(tick, form_item("yes",
                                          call_words(call, WORDS("There is nothing to "
                                                                 "report in this period")),
                                          NULL, is_nothing ? "yes" : NULL));
    json_object_set_new(
        model, "milestone",
        form_field(
            &(struct form_field){
                .name = "milestone",
                .label = call_words(call, WORDS("Milestone")),
                .hint = hint_of(work->arena, call, view, "milestone", NULL),
                .items = code_items(call, milestone_codes, nothing, WORDS("Choose a state")) },
            problems));
    json_object_set_new(
        model, "missing",
        form_field(&(struct form_field){ .name = "missing",
                                         .label = call_words(call, WORDS("If there is no value, "
                                                                         "why")),
                                         .items = code_items(call, missing_codes,
                                                             shown(call, kept, "missing"),
                                                             WORDS("There is a value")) },
                   problems));
    json_object_set_new(
        model, "nothing",
        form_field(&(struct form_field){ .name = "nothing_to_report", .items = tick }, problems));
    json_object_set_new(
        model, "declared",
        form_field(&(struct form_field){ .name = "declared",
                                         .label = call_words(call, WORDS("Your rating")),
                                         .hint = hint_of(work->arena, call, view, "declared", NULL),
                                         .items = level_items(work, call, sheet, row) },
                   problems));
    json_t *complete = json_array();
    json_array_append_new(complete, form_item("yes", call_words(call, WORDS("Yes, it is complete")),
                                              NULL, kept->is_complete == 1 ? "yes" : NULL));
    json_array_append_new(complete,
                          form_item("no", call_words(call, WORDS("No, I will come back to it")),
                                    NULL, kept->is_complete == 1 ? NULL : "no"));
    json_object_set_new(
        model, "complete",
        form_field(&(struct form_field){ .name = "is_complete",
                                         .items = complete,
                                         .legend = call_words(call, WORDS("Have you completed "
                                                                          "this row?")) },
                   problems));
}

static json_t *past(const struct return_sheet_row *row)
{
    json_t *items = json_array();
    for (size_t i = 0; i < RETURN_HISTORY; i++)
        json_array_append_new(items, json_pack("{s:s?, s:s?}", "period", row->past[i].period_words,
                                               "words", row->past[i].words));
    return items;
}

static json_t *findings(const struct return_sheet_row *row)
{
    json_t *items = json_array();
    for (size_t i = 0; i < row->findings.count; i++) {
        const struct finding *finding = row->findings.items[i];
        json_array_append_new(items, json_pack("{s:s, s:s}", "severity",
                                               finding_severity_code(finding->severity), "message",
                                               finding->message));
    }
    return items;
}

/* What somebody else wrote meanwhile, to be set beside what is in the form. */
static json_t *theirs(const struct call *call, const struct return_row *row)
{
    json_t *items = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(row_fields); i++) {
        const char *kept = field_text(entity_field(&return_row_entity, row_fields[i].name), row);
        const char *typed = form_value(call, row_fields[i].name);
        if (strcmp(kept ? kept : "", typed) != 0)
            json_array_append_new(items, json_pack("{s:s, s:s, s:s}", "label",
                                                   call_words(call, row_fields[i].label), "theirs",
                                                   kept ? kept : "", "yours", typed));
    }
    return json_pack("{s:s?, s:s?, s:o}", "by", row->edited_by, "at", row->edited_at, "fields",
                     items);
}

/* The next row that is not answered or has something to mend: only gaps are asked. */
static const struct return_sheet_row *next_gap(const struct return_sheet *sheet,
                                               const struct return_sheet_row *row)
{
    bool is_past = false;
    for (size_t i = 0; i < sheet->rows.count; i++) {
        const struct return_sheet_row *other = sheet->rows.items[i];
        if (is_past && (!other->has_answer || other->problems.count > 0))
            return other;
        is_past = is_past || other == row;
    }
    return NULL;
}

/* Whether a part of the form that is folded away must be open: something stands in one of its
 * fields, or is wrong with it. */
static bool is_used(const struct call *call, const struct row_view *view, const char *const *names)
{
    for (; *names; names++) {
        const char *words = shown(call, view->row->row, *names);
        if (words && *words)
            return true;
        for (size_t i = 0; view->problems && i < view->problems->list.count; i++) {
            const struct problem *problem = view->problems->list.items[i];
            if (problem->column && strcmp(problem->column, *names) == 0)
                return true;
        }
    }
    return false;
}

/* A red rating opens what it asks for; who answers for others opens whose answer it is. */
static void add_folds(const struct work *work, const struct call *call, const struct row_view *view,
                      json_t *model)
{
    static const char *const corrective[] = { "corrective_action", "corrective_owner",
                                              "corrective_by", NULL };
    static const char *const more[] = { "forecast_text", "quality_note", "supplied_by", NULL };
    const struct return_sheet_row *row = view->row;
    bool is_red = return_level_is_red(row->declared ? row->declared : row->computed);
    json_object_set_new(model, "showsCorrective",
                        json_boolean(is_red || is_used(call, view, corrective)));
    json_object_set_new(
        model, "showsMore",
        json_boolean(permission_has(work, RIGHT_RETURN_FREEZE) || is_used(call, view, more)));
}

static enum status show_row(struct work *work, const struct call *call, const struct row_view *view,
                            struct page *out_page)
{
    const struct return_sheet *sheet = view->sheet;
    const struct return_sheet_row *row = view->row;
    assert(sheet && row);
    const struct problems *problems = view->problems;
    json_t *conflict = view->conflict;
    bool is_milestone = row->measure && strcmp(row->measure->kind, "milestone") == 0;
    bool is_share = row->measure && rating_is_percentage(row->measure);
    const char *last_action = row->last ? row->last->corrective_action : NULL;
    int64_t version = row->row->version == INTEGER_MISSING ? 0 : row->row->version;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s?, s:s, s:s, s:s?, s:s?, s:o, s:s?, s:s?, s:o, s:b, s:b, s:b, s:I, "
        "s:o}",
        "unitName", sheet->unit_name, "periodWords", sheet->period_words, "reference",
        row->row->reference, "criterion", row->row->success_criterion, "target", row->target_words,
        "profile", row->profile_words, "supplier", row->supplier, "lastProgress",
        row->last ? row->last->progress : NULL, "past", past(row), "computedName",
        row->computed ? row->computed->name : NULL, "reasoning", row->reasoning, "findings",
        findings(row), "isMilestone", is_milestone, "isShare", is_share, "isNumber", !is_milestone,
        "version", (json_int_t)version, "save",
        form_button(call_words(call, WORDS("Save and continue")), NULL));
    json_object_set_new(model, "list", json_string(return_address(work, sheet, "")));
    json_object_set_new(model, "isVacant", json_boolean(row->is_supplier_vacant));
    json_object_set_new(model, "isTargetWording", json_boolean(row->is_target_wording));
    json_object_set_new(model, "lastAction", last_action ? json_string(last_action) : json_null());
    json_object_set_new(model, "locked", sheet->locked ? json_string(sheet->locked) : json_null());
    json_object_set_new(model, "sources",
                        sources_json(work->arena, call, &view->sources, row->row));
    json_object_set_new(model, "conflict", conflict ? conflict : json_null());
    add_fields(work->arena, call, view, model);
    add_choices(work, call, view, model);
    add_folds(work, call, view, model);
    form_tell(model, problems);
    enum status status = return_row_comments(work, sheet, row, model);
    if (status == STATUS_OK)
        status = return_who_can(work, sheet, model);
    *out_page = (struct page){
        .template = "pages/return-row.html",
        .title = arena_format(work->arena, "%s %s", row->row->reference,
                              row->measure ? row->measure->title : ""),
        .model = model,
        .has_form = true,
    };
    return status;
}

static enum status find_row(struct work *work, const struct call *call, struct row_view *out_view)
{
    struct return_sheet *sheet = NULL;
    struct row_view view = { .problems = NULL };
    enum status status = return_sheet_load_row(work, return_call_code(work, call),
                                               call_parameter(call, "row"), &sheet);
    if (status == STATUS_OK)
        status = scorecard_sources_load(work, sheet, &view.sources);
    if (status != STATUS_OK)
        return status;
    view.sheet = sheet;
    view.row = return_sheet_find(sheet, call_parameter(call, "row"));
    if (!view.row)
        return work_fail(work, STATUS_NOT_FOUND, "The return has no row \"%.20s\".",
                         call_parameter(call, "row"));
    *out_view = view;
    return STATUS_OK;
}

enum status page_return_row(struct work *work, const struct call *call, struct page *out_page)
{
    struct row_view view = { .sheet = NULL };
    enum status status = find_row(work, call, &view);
    if (status != STATUS_OK)
        return status;
    assert(view.row);
    struct problems problems = { .arena = work->arena };
    if (view.row->row->is_complete == 1 || request_query(call->request, "check"))
        problems.list = view.row->problems;
    view.problems = &problems;
    return show_row(work, call, &view, out_page);
}

/* The inputs of the form; an unticked box sends nothing, which says no. */
static size_t inputs_of(const struct call *call, struct return_input inputs[INPUTS_MOST])
{
    size_t count = 0;
    for (size_t i = 0; return_input_names[i]; i++) {
        struct slice typed;
        bool is_sent = urlencoded_find(&call->form, return_input_names[i], &typed);
        if (is_sent)
            inputs[count++] = (struct return_input){ return_input_names[i], typed.start };
        else if (strcmp(return_input_names[i], "nothing_to_report") == 0)
            inputs[count++] = (struct return_input){ return_input_names[i], "no" };
    }
    return count;
}

/* The row again with what is wrong with it. */
static enum status show_problems(struct work *work, const struct call *call, struct page *out_page)
{
    struct row_view view = { .sheet = NULL };
    enum status status = find_row(work, call, &view);
    if (status != STATUS_OK)
        return status;
    assert(view.row);
    struct problems problems = { .arena = work->arena, .list = view.row->problems };
    view.problems = &problems;
    return show_row(work, call, &view, out_page);
}

/* After saving: a row that is said to be complete and is not stays on the screen; else on. */
static enum status go_on(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    enum status status = return_sheet_load(work, return_call_code(work, call), 0, &sheet);
    if (status != STATUS_OK)
        return status;
    const struct return_sheet_row *row = return_sheet_find(sheet, call_parameter(call, "row"));
    if (!row || (row->row->is_complete == 1 && row->problems.count > 0))
        return show_problems(work, call, out_page);
    const struct return_sheet_row *next = next_gap(sheet, row);
    bool to_list = !next || *form_value(call, "to-list");
    const char *rest = to_list ? "" : arena_format(work->arena, "/rows/%s", next->row->reference);
    *out_page = (struct page){ .redirect = return_address(work, sheet, rest), .done = "row-saved" };
    return STATUS_OK;
}

/* What a draft that was sent while somebody writes comes to, for the script that sent it. */
static void answer_draft(const struct call *call, const struct return_saved *saved,
                         const char *refused, struct page *out_page)
{
    const struct problem *first = !refused && saved->problems.list.count > 0
                                      ? saved->problems.list.items[0]
                                      : NULL;
    const char *words = refused ? refused
                        : saved->is_conflict
                            ? WORDS("Somebody else changed this row. Save it to see both versions.")
                        : first ? first->words
                                : WORDS("Kept as a draft.");
    json_t *model = json_pack("{s:s}", "words", call_words(call, words));
    if (!refused && !saved->is_conflict)
        json_object_set_new(
            model, "version",
            json_integer(saved->row->version == INTEGER_MISSING ? 0 : saved->row->version));
    *out_page = (struct page){ .template = "pages/return-row.html", .model = model };
}

enum status page_return_row_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_input inputs[INPUTS_MOST];
    struct return_saved saved = { .row = NULL };
    struct return_answer answer = { .code = return_call_code(work, call),
                                    .reference = call_parameter(call, "row"),
                                    .inputs = inputs,
                                    .count = inputs_of(call, inputs),
                                    .version = form_number(call, "version") };
    bool is_draft = call->wants_json && *form_value(call, "draft");
    enum status status = return_answer_save(work, &answer, &saved);
    if (is_draft && (status == STATUS_OK || status == STATUS_REFUSED)) {
        answer_draft(call, &saved, status == STATUS_REFUSED ? work->error : NULL, out_page);
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_REFUSED) {
        /* It locked while the person wrote: what was typed stays on the screen, with the reason. */
        work_forget(work);
        return page_return_row(work, call, out_page);
    }
    if (status != STATUS_OK)
        return status;
    if (!saved.is_conflict && saved.problems.list.count == 0)
        return go_on(work, call, out_page);
    struct row_view view = { .sheet = NULL };
    status = find_row(work, call, &view);
    if (status != STATUS_OK)
        return status;
    view.problems = &saved.problems;
    view.conflict = saved.is_conflict ? theirs(call, saved.row) : NULL;
    return show_row(work, call, &view, out_page);
}
