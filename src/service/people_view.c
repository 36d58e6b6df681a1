#include "service/people_view.h"

#include <string.h>

#include "base/arena.h"
#include "codec/csv_writer.h"
#include "base/banned.h"

enum { SHEETS_TOLD = 600 };

static const char *const pay_periods[] = {
    [PAY_UNSAID] = NULL,
    [PAY_HOUR] = "hour",
    [PAY_WEEK] = "week",
    [PAY_FORTNIGHT] = "fortnight",
    [PAY_FOUR_WEEKS] = "four weeks",
    [PAY_MONTH] = "month",
    [PAY_YEAR] = "year",
};

enum pay_period people_period_read(const char *words)
{
    for (size_t i = 0; words && i < sizeof pay_periods / sizeof *pay_periods; i++)
        if (pay_periods[i] && strcmp(pay_periods[i], words) == 0)
            return (enum pay_period)i;
    return PAY_UNSAID;
}

static const char *const sources[] = {
    [LABEL_NOT_FOUND] = "not-understood",
    [LABEL_BLANK] = "blank",
    [LABEL_BY_HAND] = "map",
    [LABEL_KNOWN] = "known",
    [LABEL_OF_LIST] = "list",
};

const char *people_answer_words(const struct people_field *field,
                                const struct people_answer *answer)
{
    const struct list_code *code = NULL;
    if (answer->code && field->question.list)
        code = code_list_find(field->question.list, answer->code);
    return code ? code->label : answer_state_title(answer->state);
}

void people_answer_map(const struct people_field *field, const struct people_answer *answer,
                       const char **out_list, const char **out_code)
{
    bool given = answer->state == ANSWER_GIVEN;
    bool understood = answer->state != ANSWER_NOT_UNDERSTOOD;
    *out_list = given ? field->question.list->name : understood ? LABEL_STATE : "";
    *out_code = given ? answer->code : understood ? answer_state_code(answer->state) : "";
}

struct list people_missing(const struct people *people)
{
    static const struct {
        enum people_role role, instead;
        const char *words;
    } wanted[] = {
        { PEOPLE_KEY, PEOPLE_KEY,
          "No column numbers the employees, so that every row counts as a person of its own and "
          "nobody's record can be found again." },
        { PEOPLE_SEX, PEOPLE_SEX, "No column for sex: no gender pay gap can be had." },
        { PEOPLE_ETHNICITY, PEOPLE_ETHNICITY, "No column for ethnic group." },
        { PEOPLE_DISABILITY, PEOPLE_DISABILITY, "No column for disability." },
        { PEOPLE_AGE, PEOPLE_DATE_OF_BIRTH, "No column for age, age band or date of birth." },
        { PEOPLE_RELIGION, PEOPLE_RELIGION, "No column for religion or belief." },
        { PEOPLE_SEXUAL_ORIENTATION, PEOPLE_SEXUAL_ORIENTATION,
          "No column for sexual orientation." },
        { PEOPLE_GENDER_IDENTITY, PEOPLE_GENDER_IDENTITY,
          "No column for gender identity (gender reassignment)." },
        { PEOPLE_MARITAL_STATUS, PEOPLE_MARITAL_STATUS,
          "No column for marriage and civil partnership." },
        { PEOPLE_PREGNANCY_MATERNITY, PEOPLE_PREGNANCY_MATERNITY,
          "No column for pregnancy and maternity." },
        { PEOPLE_UNIT, PEOPLE_UNIT, "No column for the unit, such as the directorate." },
        { PEOPLE_PAY, PEOPLE_PAY, "No column for pay." },
        { PEOPLE_HOURS, PEOPLE_FTE,
          "No column for hours or full-time equivalents: pay is compared as it stands." },
    };
    struct list missing = { 0 };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool has_band = wanted[i].role == PEOPLE_AGE && people_field_of(people, PEOPLE_AGE_BAND);
        if (!has_band && !people_field_of(people, wanted[i].role) &&
            !people_field_of(people, wanted[i].instead))
            list_add(people->arena, &missing, arena_copy_text(people->arena, wanted[i].words));
    }
    return missing;
}

size_t people_unmatched(const struct people *people)
{
    size_t count = 0;
    for (size_t i = 0; i < people->field_count; i++)
        for (size_t j = 0; j < people->fields[i].label_count; j++)
            count += people->fields[i].labels[j].answer.source == LABEL_NOT_FOUND &&
                     people->fields[i].labels[j].count > 0;
    return count;
}

static json_t *slice_json(struct slice slice)
{
    return json_stringn(slice.start ? slice.start : "", slice.length);
}

static json_t *label_json(const struct people_field *field, const struct label_count *label)
{
    const char *list = NULL, *code = NULL;
    people_answer_map(field, &label->answer, &list, &code);
    json_t *json = json_pack("{s:o, s:I, s:s, s:s, s:s, s:s}", "label", slice_json(label->written),
                             "count", (json_int_t)label->count, "list", list, "code", code, "means",
                             people_answer_words(field, &label->answer), "found",
                             sources[label->answer.source]);
    if (label->suggestion.likeness > 0) {
        const struct label_suggestion *suggestion = &label->suggestion;
        json_object_set_new(
            json, "suggestion",
            json_pack(
                "{s:s, s:s, s:s, s:i}", "list",
                suggestion->code ? field->question.list->name : LABEL_STATE, "code",
                suggestion->code ? suggestion->code->code : answer_state_code(suggestion->state),
                "means",
                suggestion->code ? suggestion->code->label : answer_state_title(suggestion->state),
                "likeness", suggestion->likeness));
    }
    return json;
}

static json_t *field_json(const struct people *people, const struct people_field *field)
{
    const struct people_column *column = field->column;
    json_t *json = json_pack("{s:s, s:s?, s:s, s:b, s:b, s:s, s:I, s:I}", "heading",
                             column->heading, "name", field->values < 0 ? NULL : field->name,
                             "role", people_roles[column->role].code, "chosen", column->is_chosen,
                             "ignored", column->is_ignored, "reason", column->reason, "filled",
                             (json_int_t)field->filled, "unread", (json_int_t)field->unread);
    if (column->role == PEOPLE_UNIT)
        json_object_set_new(json, "level", json_integer(column->level + 1));
    if (column->role == PEOPLE_PAY && pay_periods[people->pay_period])
        json_object_set_new(json, "period", json_string(pay_periods[people->pay_period]));
    if (people_roles[column->role].kind == PEOPLE_IS_DATE) {
        json_object_set_new(json, "order", json_string(date_form_words(field->dates.form)));
        json_object_set_new(json, "order_is_certain", json_boolean(field->dates.is_certain));
    }
    if (field->labels) {
        json_t *labels = json_array();
        for (size_t i = 0; i < field->label_count; i++)
            if (field->labels[i].count > 0)
                json_array_append_new(labels, label_json(field, &field->labels[i]));
        json_object_set_new(json, "list",
                            field->question.list ? json_string(field->question.list->name)
                                                 : json_null());
        json_object_set_new(json, "labels", labels);
    }
    return json;
}

static json_t *problems_json(const struct people *people)
{
    json_t *array = json_array();
    for (size_t i = 0; i < people->problems.list.count; i++) {
        const struct problem *problem = people->problems.list.items[i];
        json_array_append_new(array, json_pack("{s:s?, s:I, s:s?, s:s}", "file", problem->file,
                                               "row", (json_int_t)problem->row, "column",
                                               problem->column, "words", problem->words));
    }
    return array;
}

const char *people_refusal_code(enum people_refusal refusal)
{
    static const char *const codes[PEOPLE_REFUSAL_COUNT] = {
        [PEOPLE_REPEATED] = "repeated",
        [PEOPLE_DATES_CROSS] = "dates_cross",
        [PEOPLE_STRAY] = "stray",
        [PEOPLE_NOT_IN_FORCE] = "not_in_force",
    };
    return codes[refusal];
}

static json_t *refused_json(const struct people *people)
{
    json_t *json = json_object();
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        json_object_set_new(json, people_refusal_code((enum people_refusal)i),
                            json_integer(people->refused[i]));
    return json;
}

static json_t *number_or_null(int64_t number)
{
    return number == INTEGER_MISSING ? json_null() : json_integer(number);
}

const char *people_other_sheets(const struct people *people)
{
    struct text names = text_new(people->arena, SHEETS_TOLD);
    const struct list *others = &people->other_sheets;
    if (others->count == 0)
        return NULL;
    for (size_t i = 0; i < others->count && !names.is_full; i++)
        text_add_format(&names, "%s\"%s\"", i ? ", " : "", (const char *)others->items[i]);
    return names.is_full ? arena_format(people->arena, "%s …", names.bytes) : names.bytes;
}

json_t *people_as_json(const struct people *people)
{
    json_t *columns = json_array(), *absent = json_array(), *others = json_array();
    json_t *files = json_array();
    struct list missing = people_missing(people);
    for (size_t i = 0; i < people->field_count; i++)
        json_array_append_new(columns, field_json(people, &people->fields[i]));
    for (size_t i = 0; i < missing.count; i++)
        json_array_append_new(absent, json_string(missing.items[i]));
    for (size_t i = 0; i < people->other_sheets.count; i++)
        json_array_append_new(others, json_string(people->other_sheets.items[i]));
    for (size_t i = 0; i < people->files.count; i++) {
        const struct people_file_read *file = people->files.items[i];
        json_array_append_new(files, json_pack("{s:s, s:s, s:I}", "name", file->name, "sheet",
                                               file->sheet, "rows", (json_int_t)file->rows));
    }
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:s, s:s?, s:o, "
                     "s:o}",
                     "notice", PEOPLE_UNPROTECTED, "rows_read", (json_int_t)people->rows_read,
                     "rows", (json_int_t)people->columns->rows, "people",
                     (json_int_t)people->people, "joiners", number_or_null(people->joiners),
                     "leavers", number_or_null(people->leavers), "left_out", refused_json(people),
                     "columns", columns, "missing", absent, "problems", problems_json(people),
                     "problem_count", (json_int_t)people->problem_count, "hash", people->hash,
                     "sheet", people->sheet, "other_sheets", others, "files", files);
}

static void write_label(const struct people *people, const struct people_field *field,
                        const struct label_count *label, bool is_template, struct text *text)
{
    const char *list = NULL, *code = NULL, *means = people_answer_words(field, &label->answer);
    const char *found = sources[label->answer.source];
    people_answer_map(field, &label->answer, &list, &code);
    const struct label_suggestion *suggestion = &label->suggestion;
    if (is_template) {
        list = suggestion->code       ? field->question.list->name
               : suggestion->likeness ? LABEL_STATE
               : field->question.list ? field->question.list->name
                                      : "";
        code = suggestion->code       ? suggestion->code->code
               : suggestion->likeness ? answer_state_code(suggestion->state)
                                      : "";
        means = suggestion->code       ? suggestion->code->label
                : suggestion->likeness ? answer_state_title(suggestion->state)
                                       : "";
        found = suggestion->likeness
                    ? arena_format(people->arena, "%d%% alike", suggestion->likeness)
                    : "nothing is like it";
    }
    const struct slice cells[] = {
        slice_of(field->column->heading),
        label->written,
        slice_of(list),
        slice_of(code),
        slice_of(arena_format(people->arena, "%lld", (long long)label->count)),
        slice_of(means),
        slice_of(found),
    };
    csv_write_row(text, cells, sizeof cells / sizeof *cells);
}

void people_labels_as_csv(const struct people *people, bool only_unmatched, struct text *out_text)
{
    static const struct slice heading[] = { { "column", 6 }, { "label", 5 }, { "list", 4 },
                                            { "code", 4 },   { "count", 5 }, { "means", 5 },
                                            { "found", 5 } };
    csv_write_row(out_text, heading, sizeof heading / sizeof *heading);
    for (size_t i = 0; i < people->field_count; i++)
        for (size_t j = 0; j < people->fields[i].label_count; j++) {
            const struct label_count *label = &people->fields[i].labels[j];
            bool wanted = !only_unmatched || label->answer.source == LABEL_NOT_FOUND;
            if (label->count > 0 && wanted)
                write_label(people, &people->fields[i], label, only_unmatched, out_text);
        }
}
