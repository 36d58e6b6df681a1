/* Snapshots of people, for the HR data officer: what there is, and how a new extract is read before
 * it is sealed. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "service/people_view.h"
#include "service/permission.h"
#include "service/snapshot.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/site.h"

#include "base/banned.h"

enum { LABELS_MOST = 60, CODE_LONGEST = 80 };

static const char *day_words(struct work *work, const char *iso)
{
    struct date date;
    return date_read(slice_of(iso), &date) ? date_print_long(work->arena, date) : iso;
}

enum status page_people(struct work *work, const struct call *call, struct page *out_page)
{
    struct list entries = { 0 };
    json_t *list = json_array();
    enum status status = snapshot_store_list(work, &entries);
    for (size_t i = entries.count; status == STATUS_OK && i-- > 0;) {
        const struct snapshot_entry *entry = entries.items[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I, s:I}", "code",
                                              entry->snapshot.code, "title", entry->snapshot.title,
                                              "day", day_words(work, entry->snapshot.taken_on),
                                              "people", (json_int_t)entry->version.people,
                                              "version", (json_int_t)entry->version.number));
    }
    *out_page = (struct page){ .template = "pages/people.html",
                               .title = call_words(call, WORDS("People")),
                               .model = json_pack("{s:o}", "snapshots", list) };
    return status;
}

/* One choice for each answer of the list and for each state; the suggestion is chosen. */
static json_t *meaning_items(struct work *work, const struct people_field *field,
                             const struct label_count *label)
{
    struct arena *arena = work->arena;
    json_t *items = json_array();
    const struct label_suggestion *suggestion = &label->suggestion;
    const struct code_list *list = field->question.list;
    const char *chosen = "";
    if (suggestion->code)
        chosen = arena_format(arena, "%s|%s", list->name, suggestion->code->code);
    else if (suggestion->likeness > 0)
        chosen = arena_format(arena, LABEL_STATE "|%s", answer_state_code(suggestion->state));
    json_array_append_new(items, form_item("", "Leave it as not understood", NULL, chosen));
    for (size_t i = 0; list && i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        json_array_append_new(items, form_item(arena_format(arena, "%s|%s", list->name, code->code),
                                               code->label, NULL, chosen));
    }
    for (int i = ANSWER_GIVEN + 1; i < ANSWER_NOT_UNDERSTOOD; i++) {
        enum answer_state state = (enum answer_state)i;
        const char *value = arena_format(arena, LABEL_STATE "|%s", answer_state_code(state));
        json_array_append_new(items, form_item(value, answer_state_title(state), NULL, chosen));
    }
    return items;
}

/* The labels that were not understood, each with its choice; as many as a form should have. */
static json_t *unmatched_json(struct work *work, const struct people *people)
{
    json_t *array = json_array();
    for (size_t i = 0; i < people->field_count; i++)
        for (size_t j = 0; j < people->fields[i].label_count; j++) {
            const struct people_field *field = &people->fields[i];
            const struct label_count *label = &field->labels[j];
            size_t number = json_array_size(array);
            if (label->answer.source != LABEL_NOT_FOUND || label->count == 0 ||
                number == LABELS_MOST)
                continue;
            const char *written = slice_copy(work->arena, label->written);
            const char *name = arena_format(work->arena, "meaning-%zu", number);
            const char *words = arena_format(work->arena, "%s: %s", field->column->heading,
                                             written);
            const char *hint = arena_format(work->arena, "%lld %s", (long long)label->count,
                                            label->count == 1 ? "row" : "rows");
            json_array_append_new(
                array,
                json_pack(
                    "{s:I, s:s, s:s, s:o}", "number", (json_int_t)number, "heading",
                    field->column->heading, "label", written, "field",
                    form_field(&(struct form_field){ .name = name,
                                                     .label = words,
                                                     .hint = hint,
                                                     .items = meaning_items(work, field, label) },
                               NULL)));
        }
    return array;
}

static json_t *reading_json(struct work *work, const struct people *people)
{
    json_t *json = people_as_json(people);
    json_t *unmatched = unmatched_json(work, people);
    json_t *columns = json_object_get(json, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *column = json_array_get(columns, i);
        if (json_integer_value(json_object_get(column, "unread")) == 0)
            json_object_set_new(column, "unread", json_null()); /* nothing to say */
    }
    json_object_set_new(json, "unmatchedCount", json_integer((json_int_t)people_unmatched(people)));
    json_object_set_new(json, "unmatched", unmatched);
    json_object_set_new(json, "keep", form_button("Remember these meanings", NULL));
    return json;
}

static void show_import(const struct call *call, const struct problems *problems, json_t *reading,
                        struct page *out_page)
{
    json_t *check = form_button("Show how it is read", "govuk-button--secondary");
    json_t *seal = form_button("Seal the snapshot", NULL);
    json_object_set_new(check, "name", json_string("act"));
    json_object_set_new(check, "value", json_string("check"));
    json_object_set_new(seal, "name", json_string("act"));
    json_object_set_new(seal, "value", json_string("seal"));
    const struct form_field fields[] = {
        { .name = "file",
          .label = "Extract of people",
          .hint = "CSV, Excel or ODS, with a row for each person. Names are not kept." },
        { .name = "taken_on",
          .label = "Day of the snapshot",
          .hint = "Such as 31/3/2026. Those who had not started or had left are left out.",
          .value = form_value(call, "taken_on"),
          .classes = "govuk-input--width-10" },
        { .name = "snapshot_title",
          .label = "Title",
          .hint = "Such as Workforce, March 2026",
          .value = form_value(call, "snapshot_title") },
        { .name = "code",
          .label = "Short name",
          .hint = "Such as workforce-2026: it stands in addresses and never changes. One that "
                  "there is gets a new version.",
          .value = form_value(call, "code"),
          .classes = "govuk-input--width-20" },
    };
    json_t *model = json_pack("{s:o, s:o, s:o}", "check", check, "seal", seal, "reading",
                              reading ? reading : json_null());
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/people-import.html",
                               .title = call_words(call, WORDS("Bring in an extract")),
                               .model = model,
                               .has_form = true };
}

enum status page_people_import(struct work *work, const struct call *call, struct page *out_page)
{
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        show_import(call, NULL, NULL, out_page);
    return status;
}

/* Names that pages have in the same place. */
static bool is_taken(const char *code)
{
    static const char *const taken[] = { "import", "labels", "trend", "trend.csv" };
    for (size_t i = 0; i < ARRAY_COUNT(taken); i++)
        if (strcmp(taken[i], code) == 0)
            return true;
    return false;
}

static bool is_code(const char *code)
{
    size_t length = strlen(code);
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)code[i]) && !strchr("-_.", code[i]))
            return false;
    return length > 0 && length <= CODE_LONGEST && !is_taken(code);
}

/* What was typed, checked; only the file and the day matter where nothing is sealed yet. */
static void check_form(const struct call *call, bool seals, struct snapshot_request *request,
                       struct problems *problems)
{
    if (!form_file(call, "file"))
        problem_add(problems, "file", "Choose the file");
    if (!date_read_british(slice_trim(slice_of(form_value(call, "taken_on"))), &request->taken_on))
        problem_add(problems, "taken_on", "Give the day, such as 31/3/2026");
    request->code = form_value(call, "code");
    request->title = form_value(call, "snapshot_title");
    if (seals && !is_code(request->code))
        problem_add(problems, "code", "Give a short name of letters, digits and hyphens");
    if (seals && !*request->title)
        problem_add(problems, "snapshot_title", "Give the title");
}

static bool is_about_the_file(enum status status)
{
    return status == STATUS_INPUT || status == STATUS_LIMIT;
}

/* Reads what was sent, and seals it when that was asked. */
static enum status take_file(struct work *work, const struct call *call, bool seals,
                             const struct snapshot_request *request, json_t **out_reading)
{
    struct people_labels labels;
    struct snapshot_entry entry;
    bool is_new = false;
    CLEANUP_PEOPLE struct people people = { 0 };
    const struct multipart_file *file = form_file(call, "file");
    struct people_options options = { .on = request->taken_on };
    enum status status = people_labels_read(work, &labels);
    if (status == STATUS_OK)
        status = snapshot_labels_load(work, &labels);
    if (status == STATUS_OK)
        status = people_read_bytes(work, slice_copy(work->arena, file->file_name), file->bytes,
                                   &labels, &options, &people);
    if (status == STATUS_OK && seals)
        status = snapshot_take(work, &people, request, &entry, &is_new);
    else if (status == STATUS_OK)
        *out_reading = reading_json(work, &people);
    return status;
}

enum status page_people_import_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct snapshot_request request = { 0 };
    json_t *reading = NULL;
    bool seals = strcmp(form_value(call, "act"), "seal") == 0;
    check_form(call, seals, &request, &problems);
    enum status status = STATUS_OK;
    if (problems.list.count == 0)
        status = take_file(work, call, seals, &request, &reading);
    if (is_about_the_file(status)) {
        problem_add(&problems, "file", "%s", work->error);
        work_forget(work);
        status = STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (seals && problems.list.count == 0)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/people/%s",
                                                            request.code),
                                   .done = "snapshot-sealed" };
    else
        show_import(call, &problems, reading, out_page);
    return STATUS_OK;
}

enum status page_people_labels_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct label_meaning meanings[LABELS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < LABELS_MOST; i++) {
        struct slice code = slice_of(form_value(call, arena_format(work->arena, "meaning-%zu", i)));
        struct slice list;
        if (!slice_split(&code, '|', &list) || !code.start)
            continue;
        meanings[count++] = (struct label_meaning){
            .heading = form_value(call, arena_format(work->arena, "heading-%zu", i)),
            .label = form_value(call, arena_format(work->arena, "label-%zu", i)),
            .list = slice_copy(work->arena, list),
            .code = slice_copy(work->arena, code),
        };
    }
    enum status status = snapshot_labels_keep(work, meanings, count);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/people/import", .done = "labels-kept" };
    return status;
}
