/* A file of records on its way in: first what it would change and what is wrong with which row,
 * with the refused rows as a file to mend; then, confirmed, the rows go in. Both are the same
 * import, the first of them rolled back. The file is sent once and held, encrypted, until it is
 * taken in. */
#include "service/import.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "model/model.h"
#include "service/held_file.h"
#include "service/permission.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/record_parts.h"

#include "base/banned.h"

enum { SHOWN_MOST = 200, HEADINGS_MOST = 16 * 1024 };

/* What a form asks for. */
static const char act_check[] = "check", act_mend[] = "mend", act_take[] = "take";

/* A file on its way. */
struct intake {
    const struct entity *entity; /* NULL: no kind is chosen */
    struct held_files files;
    const char *token; /* of the file that is held; NULL: none is */
    struct import_result result;
    bool is_read, is_taken;
};

/* ---- the form ---- */

/* The kinds that are asked for most stand first, then all others as the model has them. */
static const char *const first_kinds[] = { "value", "target", "measure", "action" };

static bool is_first(const struct entity *entity)
{
    for (size_t i = 0; i < ARRAY_COUNT(first_kinds); i++)
        if (strcmp(first_kinds[i], entity->name) == 0)
            return true;
    return false;
}

/* What a file can hold: the kinds as options, or with their headings. */
static void each_kind(struct work *work, const struct call *call,
                      void (*add)(json_t *array, const struct entity *entity, const char *words,
                                  const char *chosen),
                      json_t *array)
{
    const char *chosen = call->request->method == REQUEST_POST ? form_value(call, "kind")
                                                               : call_asked(call, "kind");
    for (size_t i = 0; i < ARRAY_COUNT(first_kinds) + model_entity_count; i++) {
        bool is_of_first = i < ARRAY_COUNT(first_kinds);
        const struct entity *entity = is_of_first ? model_entity(first_kinds[i])
                                                  : model_entities[i - ARRAY_COUNT(first_kinds)];
        if (is_of_first || (!is_first(entity) && !(entity->flags & ENTITY_LEDGER)))
            add(array, entity, record_sentence(work->arena, call_words(call, entity->plural)),
                chosen);
    }
}

static void add_option(json_t *array, const struct entity *entity, const char *words,
                       const char *chosen)
{
    json_array_append_new(array, form_item(entity->name, words, NULL, chosen));
}

static void add_headings(json_t *array, const struct entity *entity, const char *words,
                         const char *chosen)
{
    (void)chosen;
    json_array_append_new(array, json_pack("{s:s, s:s}", "kind", entity->name, "words", words));
}

/* ---- what came of it ---- */

static const char *place_of(struct work *work, const struct call *call, const char *sheet,
                            int64_t row)
{
    const char *number = arena_format(work->arena, "%lld", (long long)row);
    const char *words = language_fill(work->arena, call_words(call, WORDS("Row {row}")), "row",
                                      number);
    return sheet ? arena_format(work->arena, "%s, %s", sheet, words) : words;
}

static json_t *placed(struct work *work, const struct call *call, const char *sheet, int64_t row,
                      const char *words)
{
    return json_pack("{s:s, s:s}", "place", place_of(work, call, sheet, row), "words", words);
}

static json_t *problems_json(struct work *work, const struct call *call,
                             const struct import_result *result)
{
    json_t *array = json_array();
    for (size_t i = 0; i < result->problems.list.count && i < SHOWN_MOST; i++) {
        const struct problem *problem = result->problems.list.items[i];
        json_array_append_new(array,
                              placed(work, call, problem->sheet, problem->row, problem->words));
    }
    return array;
}

static json_t *changes_json(struct work *work, const struct call *call,
                            const struct import_result *result)
{
    json_t *array = json_array();
    for (size_t i = 0; i < result->changes.count && i < SHOWN_MOST; i++) {
        const struct import_change *change = result->changes.items[i];
        json_array_append_new(array, placed(work, call, change->sheet, change->row, change->words));
    }
    return array;
}

static json_t *skipped_json(const struct import_result *result)
{
    json_t *array = json_array();
    for (size_t i = 0; i < result->skipped.count && i < SHOWN_MOST; i++)
        json_array_append_new(array, json_string(result->skipped.items[i]));
    return array;
}

static json_t *result_json(struct work *work, const struct call *call, const struct intake *intake)
{
    const struct import_result *result = &intake->result;
    int64_t would = result->inserted + result->changed;
    if (!intake->is_read)
        return json_null();
    json_t *model = json_pack(
        "{s:b, s:b, s:I, s:I, s:I, s:I, s:I, s:I}", "isTaken", intake->is_taken, "changesAny",
        would > 0, "read", (json_int_t)result->read, "inserted", (json_int_t)result->inserted,
        "changed", (json_int_t)result->changed, "unchanged", (json_int_t)result->unchanged,
        "rejected", (json_int_t)result->rejected, "datesMoved",
        result->dates_moved > 0 ? json_integer(result->dates_moved) : json_null());
    json_object_set_new(model, "problems", problems_json(work, call, result));
    json_object_set_new(model, "changes", changes_json(work, call, result));
    json_object_set_new(model, "skipped", skipped_json(result));
    json_object_set_new(model, "isCut",
                        json_boolean(would > (int64_t)result->changes.count ||
                                     result->problems.list.count > SHOWN_MOST));
    json_object_set_new(model, "mend",
                        form_act_button(WORDS("Fetch the refused rows to mend"),
                                        "govuk-button--secondary", act_mend));
    json_object_set_new(model, "take",
                        form_act_button(WORDS("Take these rows in"), NULL, act_take));
    return model;
}

/* What a file may leave to the form, for all its rows. */
static const struct form_field constants[] = {
    { .name = "period", .hint = "For example 2012-13-Q1", .label = "Period" },
    { .name = "unit", .hint = "Its code or its name", .label = "Unit" },
    { .name = "scheme", .hint = "Its code or its title", .label = "Scheme" },
};

static bool are_given(const struct call *call)
{
    for (size_t i = 0; i < ARRAY_COUNT(constants); i++)
        if (*form_value(call, constants[i].name))
            return true;
    return false;
}

static json_t *constant_fields(const struct call *call, const struct problems *problems)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(constants); i++) {
        struct form_field field = constants[i];
        field.value = form_value(call, field.name);
        json_array_append_new(array, form_field(&field, problems));
    }
    return array;
}

/* The same as they are carried on. */
static json_t *constants_json(const struct call *call)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(constants); i++)
        json_array_append_new(array, json_pack("{s:s, s:s}", "name", constants[i].name, "value",
                                               form_value(call, constants[i].name)));
    return array;
}

static void show(struct work *work, const struct call *call, const struct intake *intake,
                 const struct problems *problems, struct page *out_page)
{
    json_t *kinds = json_array(), *headings = json_array();
    json_array_append_new(kinds, form_item("", "Choose what the rows are", NULL, NULL));
    each_kind(work, call, add_option, kinds);
    each_kind(work, call, add_headings, headings);
    const struct form_field kind = { .name = "kind", .label = "What the rows are", .items = kinds };
    const struct form_field file = {
        .name = "file",
        .hint = "CSV, Excel, ODS, or a table in a Word document (DOCX), with a row of headings",
        .label = intake->token ? WORDS("Another file instead") : WORDS("The file"),
    };
    json_t *held = intake->token ? json_pack("{s:s, s:s, s:s, s:o}", "token", intake->token, "name",
                                             intake->files.name, "kind", form_value(call, "kind"),
                                             "constants", constants_json(call))
                                 : json_null();
    json_t *model = json_pack("{s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o}", "headings", headings,
                              "kind", form_field(&kind, problems), "file",
                              form_field(&file, problems), "constants",
                              constant_fields(call, problems), "areGiven", are_given(call), "check",
                              form_act_button(WORDS("Show what it would change"), NULL, act_check),
                              "held", held, "result", result_json(work, call, intake));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/import.html",
                               .title = intake->is_taken  ? WORDS("The rows are taken in")
                                        : intake->is_read ? WORDS("Check what the file changes")
                                                          : WORDS("Take in a file"),
                               .model = model,
                               .has_form = true };
}

enum status page_import(struct work *work, const struct call *call, struct page *out_page)
{
    const struct intake intake = { .entity = NULL };
    show(work, call, &intake, NULL, out_page);
    return STATUS_OK;
}

/* ---- what was sent ---- */

/* The file of the form, which is held from here on, or the one that is held. */
static enum status take_file(struct work *work, const struct call *call, struct intake *intake,
                             struct problems *problems)
{
    const struct multipart_file *sent = form_file(call, "file");
    const char *token = form_value(call, "held");
    if (sent) {
        intake->files.items[0] = (struct held_file){ slice_copy(work->arena, sent->file_name),
                                                     sent->bytes };
        intake->files.count = 1;
        return held_files_put(work, RIGHT_DATA_IMPORT, &intake->files, &intake->token);
    }
    if (!*token) {
        problem_add(problems, "file", "Choose the file");
        return STATUS_OK;
    }
    enum status status = held_files_get(work, RIGHT_DATA_IMPORT, token,
                                        form_value(call, "held_name"), &intake->files);
    intake->token = status == STATUS_OK ? token : NULL;
    return status;
}

static enum status read_file(struct work *work, const struct call *call, bool dry_run,
                             struct intake *intake)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    const struct held_file *file = &intake->files.items[0];
    struct import_constant given[ARRAY_COUNT(constants)];
    struct import_options options = { .entity = intake->entity,
                                      .dry_run = dry_run,
                                      .constants = given };
    for (size_t i = 0; i < ARRAY_COUNT(constants); i++)
        if (*form_value(call, constants[i].name))
            given[options.constant_count++] = (struct import_constant){
                constants[i].name, form_value(call, constants[i].name)
            };
    enum status status = table_reader_open_bytes(work, file->name, file->bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = import_table(work, file->name, reader, &options, &intake->result);
    intake->is_read = status == STATUS_OK || status == STATUS_FINDINGS;
    intake->is_taken = intake->is_read && !dry_run;
    return intake->is_read ? STATUS_OK : status;
}

/* What is wrong with the file as a whole is told beside it. */
static enum status take_form(struct work *work, const struct call *call, bool dry_run,
                             struct intake *intake, struct problems *problems)
{
    const struct entity *entity = model_entity(form_value(call, "kind"));
    intake->entity = entity && !(entity->flags & ENTITY_LEDGER) ? entity : NULL;
    if (!intake->entity)
        problem_add(problems, "kind", "Choose what the rows are");
    enum status status = take_file(work, call, intake, problems);
    if (status == STATUS_OK && problems->list.count == 0)
        status = read_file(work, call, dry_run, intake);
    return form_file_told(work, status, problems);
}

static void answer_file(struct work *work, const char *name, struct slice bytes,
                        struct page *out_page)
{
    struct page page = {
        .response = { .status = 200, .media_type = "text/csv; charset=utf-8", .body = bytes }
    };
    response_is_file(work->arena, &page.response, name);
    *out_page = page;
}

enum status page_import_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct intake intake = { .entity = NULL };
    const char *act = form_value(call, "act");
    bool takes = strcmp(act, act_take) == 0, mends = strcmp(act, act_mend) == 0;
    enum status status = take_form(work, call, !takes, &intake, &problems);
    if (status != STATUS_OK)
        return status;
    if (mends && intake.result.mend) {
        answer_file(work, "to-mend.csv",
                    (struct slice){ intake.result.mend, intake.result.mend_length }, out_page);
        return STATUS_OK;
    }
    bool is_whole = intake.is_taken && intake.result.rejected == 0;
    if (is_whole)
        held_file_drop(work, intake.token);
    if (is_whole)
        *out_page = (struct page){ .redirect = "/import", .done = "rows-imported" };
    else
        show(work, call, &intake, &problems, out_page);
    return STATUS_OK;
}

/* A file with the headings of a kind and nothing under them. */
enum status page_import_headings(struct work *work, const struct call *call, struct page *out_page)
{
    const struct entity *entity = model_entity(call_parameter(call, "kind"));
    struct text headings = text_new(work->arena, HEADINGS_MOST);
    if (!entity || entity->flags & ENTITY_LEDGER)
        return work_fail(work, STATUS_NOT_FOUND, "There is no kind of record \"%.60s\".",
                         call_parameter(call, "kind"));
    for (size_t i = 0; i < entity->field_count; i++)
        if (!(entity->fields[i].flags & FIELD_SYSTEM))
            text_add_format(&headings, "%s%s", headings.length ? "," : "", entity->fields[i].name);
    text_add(&headings, "\r\n");
    answer_file(work, arena_format(work->arena, "%s.csv", entity->name), text_slice(&headings),
                out_page);
    return STATUS_OK;
}
