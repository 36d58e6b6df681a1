/* An extract of people on its way into a snapshot: how it is read, what its columns and labels
 * mean, then the sealing. The file is sent once and held, encrypted, until it is sealed. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "service/held_file.h"
#include "service/people_view.h"
#include "service/people_weeks.h"
#include "service/permission.h"
#include "service/snapshot.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/site.h"

#include "base/banned.h"

enum { LABELS_MOST = 60, CODE_LONGEST = 80, COLUMNS_MOST = 40 };

/* What was typed and sent, on the way to a reading or a snapshot. */
struct taking {
    struct snapshot_request request;
    struct held_files files;
    const char *token; /* of the files that are held; NULL: none */
    struct people_choice choices[COLUMNS_MOST];
    size_t choice_count;
    int64_t averaged; /* people whose hours are the average of weeks */
    json_t *reading;  /* NULL: there is none */
    bool is_remembered;
};

/* One choice for each answer of the list and for each state; the suggestion is chosen. */
static json_t *meaning_items(struct work *work, const struct call *call,
                             const struct people_field *field, const struct label_count *label)
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
        json_array_append_new(
            items, form_data_item(call, arena_format(arena, "%s|%s", list->name, code->code),
                                  code->label, chosen));
    }
    for (int i = ANSWER_GIVEN + 1; i < ANSWER_NOT_UNDERSTOOD; i++) {
        enum answer_state state = (enum answer_state)i;
        const char *value = arena_format(arena, LABEL_STATE "|%s", answer_state_code(state));
        json_array_append_new(items, form_item(value, answer_state_title(state), NULL, chosen));
    }
    return items;
}

/* The labels that were not understood, each with its choice; as many as a form should have. */
static json_t *unmatched_json(struct work *work, const struct call *call,
                              const struct people *people)
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
            const char *hint = arena_format(work->arena, WORDS("Rows: %lld"),
                                            (long long)label->count);
            json_t *choice = form_field(
                &(struct form_field){ .name = name,
                                      .label = words,
                                      .hint = hint,
                                      .items = meaning_items(work, call, field, label) },
                NULL);
            form_label_is_data(call, choice);
            json_array_append_new(
                array, json_pack("{s:I, s:s, s:s, s:o}", "number", (json_int_t)number, "heading",
                                 field->column->heading, "label", written, "field", choice));
        }
    return array;
}

/* What a column may be read as; the one that it is comes first of the form. */
static json_t *role_items(struct work *work, const char *heading, const char *chosen)
{
    json_t *items = json_array();
    json_array_append_new(items, form_item("", "As it was found", NULL, ""));
    json_array_append_new(items, form_item(arena_format(work->arena, "ignore=%s", heading),
                                           WORDS("Leave it out"), NULL, chosen));
    for (int i = PEOPLE_UNKNOWN + 1; i < PEOPLE_ROLE_COUNT; i++) {
        const struct people_role_row *role = &people_roles[i];
        if (role->kind == PEOPLE_IS_UNREAD)
            continue;
        json_array_append_new(items,
                              form_item(arena_format(work->arena, "%s=%s", role->code, heading),
                                        role->title, NULL, chosen));
    }
    return items;
}

/* The choice of the analyst that names this heading; NULL for none. */
static const char *choice_of(const struct taking *taking, const char *heading)
{
    for (size_t i = 0; i < taking->choice_count; i++) {
        const char *named = strchr(taking->choices[i].text, '=');
        if (named && strcmp(named + 1, heading) == 0)
            return taking->choices[i].text;
    }
    return NULL;
}

/* What the column is in words, and why. */
static void add_words(json_t *column)
{
    enum people_role role = PEOPLE_UNKNOWN;
    enum pay_period period = PAY_UNSAID;
    const char *code = json_string_value(json_object_get(column, "role"));
    bool is_known = people_role_read(slice_of(code), &role, &period);
    bool is_ignored = json_is_true(json_object_get(column, "ignored"));
    json_object_set_new(column, "role_title",
                        json_string(is_ignored ? WORDS("Left out")
                                    : is_known ? people_roles[role].title
                                               : people_roles[PEOPLE_UNKNOWN].title));
    if (json_is_true(json_object_get(column, "chosen")))
        json_object_set_new(column, "reason", json_string("You said so."));
    if (json_integer_value(json_object_get(column, "unread")) == 0)
        json_object_set_new(column, "unread", json_null()); /* nothing to say */
}

/* Each column, with a choice of what it is; as many as a form should have. */
static void add_choices(struct work *work, const struct taking *taking, json_t *columns)
{
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *column = json_array_get(columns, i);
        const char *heading = json_string_value(json_object_get(column, "heading"));
        bool is_offered = i < COLUMNS_MOST && *heading && !strpbrk(heading, "/=");
        add_words(column);
        const char *chosen = choice_of(taking, heading);
        json_object_set_new(
            column, "choice",
            is_offered ? form_field(
                             &(struct form_field){
                                 .name = arena_format(work->arena, "column-%zu", i),
                                 .label = arena_format(work->arena, WORDS("Read %s as"), heading),
                                 .items = role_items(work, heading, chosen ? chosen : "") },
                             NULL)
                       : json_null());
    }
}

static json_t *reading_json(struct work *work, const struct call *call, const struct taking *taking,
                            const struct people *people)
{
    json_t *json = people_as_json(people);
    json_t *unmatched = unmatched_json(work, call, people);
    add_choices(work, taking, json_object_get(json, "columns"));
    json_object_set_new(json, "unmatchedCount", json_integer((json_int_t)people_unmatched(people)));
    json_object_set_new(json, "unmatched", unmatched);
    json_object_set_new(json, "hasFiles", json_boolean(people->files.count > 1));
    const char *others = people_other_sheets(people);
    json_object_set_new(json, "otherSheets", others ? json_string(others) : json_null());
    json_object_set_new(json, "averaged",
                        taking->averaged > 0 ? json_integer((json_int_t)taking->averaged)
                                             : json_null());
    json_object_set_new(json, "keep", form_button("Remember these meanings", NULL));
    return json;
}

/* What is carried from page to page beside the form's own fields. */
static json_t *held_json(const struct call *call, const struct taking *taking)
{
    if (!taking->token)
        return json_null();
    json_t *choices = json_array();
    for (size_t i = 0; i < taking->choice_count; i++)
        json_array_append_new(choices, json_pack("{s:I, s:s}", "number", (json_int_t)i, "text",
                                                 taking->choices[i].text));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "token", taking->token, "name",
                     taking->files.name, "day", form_value(call, "taken_on"), "title",
                     form_value(call, "snapshot_title"), "code", form_value(call, "code"), "weeks",
                     form_value(call, "week_hours"), "choices", choices);
}

static void show_import(const struct call *call, const struct problems *problems,
                        const struct taking *taking, struct page *out_page)
{
    const struct form_field fields[] = {
        { .name = "file",
          .label = taking->token ? WORDS("Other files instead") : WORDS("Extract of people"),
          .hint = "CSV, Excel or ODS, with a row for each person; several files when the extract "
                  "comes in parts with the same headings. Names are not kept." },
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
                  "is there gets a new version.",
          .value = form_value(call, "code"),
          .classes = "govuk-input--width-20" },
        { .name = "week_hours",
          .label = "Hours of each week, where they vary",
          .hint = "Optional: the headings of the weeks' columns, the latest first, parted by "
                  "slashes. Who has no contract hours then gets the average of the latest twelve "
                  "weeks worked.",
          .value = form_value(call, "week_hours") },
    };
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:b}", "check",
        form_act_button(WORDS("Show how it is read"), "govuk-button--secondary", "check"), "seal",
        form_act_button(WORDS("Seal the snapshot"), NULL, "seal"), "held", held_json(call, taking),
        "reading", taking->reading ? taking->reading : json_null(), "isRemembered",
        taking->is_remembered);
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    json_object_set_new(json_object_get(model, "file"), "multiple", json_true());
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/people-import.html",
                               .has_figures = true,
                               .title = call_words(call, WORDS("Bring in an extract")),
                               .model = model,
                               .has_form = true };
}

enum status page_people_import(struct work *work, const struct call *call, struct page *out_page)
{
    const struct taking taking = { .token = NULL };
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        show_import(call, NULL, &taking, out_page);
    return status;
}

/* Names that pages have in the same place. */
static bool is_taken(const char *code)
{
    static const char *const taken[] = { "import", "labels", "trend", "trend.csv", "trend.ods" };
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

/* The files that were sent, of one extract: the same headings in each. */
static enum status take_sent(struct work *work, const struct call *call, struct taking *taking)
{
    const struct multipart_file *sent = NULL;
    struct held_files *files = &taking->files;
    while ((sent = form_file_at(call, "file", files->count))) {
        if (files->count == HELD_FILES_MOST)
            return work_fail(work, STATUS_LIMIT, "Send at most %d files at once.", HELD_FILES_MOST);
        files->items[files->count++] = (struct held_file){ slice_copy(work->arena, sent->file_name),
                                                           sent->bytes };
    }
    return held_files_put(work, RIGHT_PEOPLE_KEEP, files, &taking->token);
}

/* The files that were sent with the form, which are held from here on, or those that are held. */
static enum status take_file(struct work *work, const struct call *call, struct taking *taking,
                             struct problems *problems)
{
    const struct multipart_file *sent = form_file(call, "file");
    const char *token = form_value(call, "held");
    enum status status = STATUS_OK;
    if (sent) {
        status = take_sent(work, call, taking);
    } else if (*token) {
        status = held_files_get(work, RIGHT_PEOPLE_KEEP, token, form_value(call, "held_name"),
                                &taking->files);
        taking->token = status == STATUS_OK ? token : NULL;
    } else {
        problem_add(problems, "file", "Choose the file");
    }
    for (size_t i = 0; i < COLUMNS_MOST && !sent; i++) { /* of another file, others hold */
        const char *choice = form_value(call, arena_format(work->arena, "column-%zu", i));
        if (*choice)
            taking->choices[taking->choice_count++].text = choice;
    }
    return status;
}

/* What was typed, checked; only the file and the day matter where nothing is sealed yet. */
static void check_form(const struct call *call, bool seals, struct snapshot_request *request,
                       struct problems *problems)
{
    if (!date_read_british(slice_trim(slice_of(form_value(call, "taken_on"))), &request->taken_on))
        problem_add(problems, "taken_on", "Give the day, such as 31/3/2026");
    request->code = form_value(call, "code");
    request->title = form_value(call, "snapshot_title");
    if (seals && !is_code(request->code))
        problem_add(problems, "code", "Give a short name of letters, digits and hyphens");
    if (seals && !*request->title)
        problem_add(problems, "snapshot_title", "Give the title");
}

/* Reads the file, and seals it when that was asked. */
static enum status read_file(struct work *work, const struct call *call, struct taking *taking,
                             bool seals)
{
    struct people_labels labels;
    struct snapshot_entry entry;
    bool is_new = false;
    CLEANUP_PEOPLE struct people people = { 0 };
    const struct people_options options = { .on = taking->request.taken_on,
                                            .choices = taking->choices,
                                            .choice_count = taking->choice_count };
    struct people_file files[HELD_FILES_MOST];
    for (size_t i = 0; i < taking->files.count; i++)
        files[i] = (struct people_file){ taking->files.items[i].name,
                                         taking->files.items[i].bytes };
    enum status status = people_labels_read(work, &labels);
    if (status == STATUS_OK)
        status = snapshot_labels_load(work, &labels);
    if (status == STATUS_OK)
        status = people_read_files(work, files, taking->files.count, &labels, &options, &people);
    if (status == STATUS_OK && *form_value(call, "week_hours"))
        status = people_weeks_add(work, &people, form_value(call, "week_hours"), &taking->averaged);
    if (status == STATUS_OK && seals)
        status = snapshot_take(work, &people, &taking->request, &entry, &is_new);
    else if (status == STATUS_OK)
        taking->reading = reading_json(work, call, taking, &people);
    return status;
}

/* Takes the form as far as it goes; what is wrong with the file is told beside it. */
static enum status take_form(struct work *work, const struct call *call, bool seals,
                             struct taking *taking, struct problems *problems)
{
    check_form(call, seals, &taking->request, problems);
    enum status status = take_file(work, call, taking, problems);
    if (status == STATUS_OK && problems->list.count == 0)
        status = read_file(work, call, taking, seals);
    return form_file_told(work, status, problems);
}

enum status page_people_import_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct taking taking = { .token = NULL };
    bool seals = strcmp(form_value(call, "act"), "seal") == 0;
    enum status status = take_form(work, call, seals, &taking, &problems);
    if (status != STATUS_OK)
        return status;
    if (!seals || problems.list.count > 0) {
        show_import(call, &problems, &taking, out_page);
        return STATUS_OK;
    }
    held_file_drop(work, taking.token);
    *out_page = (struct page){ .redirect = arena_format(work->arena, "/people/%s",
                                                        taking.request.code),
                               .done = "snapshot-sealed" };
    return STATUS_OK;
}

/* The meanings that were chosen for labels. */
static size_t take_meanings(struct work *work, const struct call *call,
                            struct label_meaning meanings[LABELS_MOST])
{
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
    return count;
}

/* Remembers the meanings, and shows how the file that is held is read with them. */
enum status page_people_labels_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct label_meaning meanings[LABELS_MOST];
    struct problems problems = form_problems(work);
    struct taking taking = { .is_remembered = true };
    enum status status = snapshot_labels_keep(work, meanings, take_meanings(work, call, meanings));
    if (status == STATUS_OK)
        status = take_form(work, call, false, &taking, &problems);
    if (status == STATUS_OK)
        show_import(call, &problems, &taking, out_page);
    return status;
}
