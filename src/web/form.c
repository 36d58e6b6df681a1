#include "web/form.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/banned.h"

const char *form_value(const struct call *call, const char *name)
{
    struct slice value;
    return urlencoded_find(&call->form, name, &value) ? value.start : "";
}

int64_t form_number(const struct call *call, const char *name)
{
    int64_t number = INTEGER_MISSING;
    return slice_integer(slice_of(form_value(call, name)), &number) ? number : INTEGER_MISSING;
}

bool form_is_own_path(const char *typed)
{
    return typed && typed[0] == '/' && typed[1] != '/' && !strpbrk(typed, "\\\r\n") &&
           strlen(typed) <= REQUEST_TARGET_MOST;
}

const struct multipart_file *form_file_at(const struct call *call, const char *name, size_t number)
{
    for (size_t i = 0; call->upload && i < call->upload->file_count; i++)
        if (slice_is(call->upload->files[i].name, name) && number-- == 0)
            return &call->upload->files[i];
    return NULL;
}

const struct multipart_file *form_file(const struct call *call, const char *name)
{
    return form_file_at(call, name, 0);
}

struct problems form_problems(struct work *work)
{
    return (struct problems){ .arena = work->arena };
}

static const struct problem *problem_of(const struct problems *problems, const char *name)
{
    for (size_t i = 0; problems && i < problems->list.count; i++) {
        const struct problem *problem = problems->list.items[i];
        if (problem->column && strcmp(problem->column, name) == 0)
            return problem;
    }
    return NULL;
}

static void set_words(json_t *object, const char *name, const char *words)
{
    if (words && *words)
        json_object_set_new(object, name, json_string(words));
}

/* {"text": words}, as labels, hints and errors are given. */
static void set_text(json_t *object, const char *name, const char *words)
{
    if (words)
        json_object_set_new(object, name, json_pack("{s:s}", "text", words));
}

json_t *form_field(const struct form_field *field, const struct problems *problems)
{
    const struct problem *problem = problem_of(problems, field->name);
    json_t *made = json_pack("{s:s}", "name", field->name);
    if (field->legend)
        json_object_set_new(made, "idPrefix", json_string(field->name));
    set_text(made, "label", field->label);
    set_text(made, "hint", field->hint);
    set_text(made, "errorMessage", problem ? problem->words : NULL);
    set_words(made, "value", field->value);
    set_words(made, "type", field->type);
    set_words(made, "autocomplete", field->autocomplete);
    set_words(made, "inputmode", field->inputmode);
    set_words(made, "classes", field->classes);
    if (field->items)
        json_object_set_new(made, "items", field->items);
    if (field->legend)
        json_object_set_new(made, "fieldset",
                            json_pack("{s:{s:s, s:s}}", "legend", "text", field->legend, "classes",
                                      "govuk-fieldset__legend--m"));
    return made;
}

json_t *form_item(const char *value, const char *words, const char *hint, const char *chosen)
{
    bool is_chosen = chosen && strcmp(chosen, value) == 0;
    json_t *item = json_pack("{s:s, s:s}", "value", value, "text", words);
    set_text(item, "hint", hint);
    if (is_chosen) {
        json_object_set_new(item, "checked", json_true());
        json_object_set_new(item, "selected", json_true());
    }
    return item;
}

void form_is_data(const struct call *call, json_t *item)
{
    if (call->language != LANGUAGE_ENGLISH)
        json_object_set_new(item, "attributes",
                            json_pack("{s:s}", "lang", languages[LANGUAGE_ENGLISH].code));
}

json_t *form_data_item(const struct call *call, const char *value, const char *words,
                       const char *chosen)
{
    json_t *item = form_item(value, words, NULL, chosen);
    form_is_data(call, item);
    return item;
}

void form_label_is_data(const struct call *call, json_t *field)
{
    form_is_data(call, json_object_get(field, "label"));
}

json_t *form_button(const char *words, const char *classes)
{
    json_t *button = json_pack("{s:s, s:b}", "text", words, "preventDoubleClick", 1);
    set_words(button, "classes", classes);
    return button;
}

json_t *form_act_button(const char *words, const char *classes, const char *act)
{
    json_t *button = form_button(words, classes);
    set_words(button, "name", "act");
    set_words(button, "value", act);
    return button;
}

enum status form_file_told(struct work *work, enum status status, struct problems *problems)
{
    bool is_about_it = status == STATUS_INPUT || status == STATUS_LIMIT || status == STATUS_USAGE ||
                       status == STATUS_NOT_FOUND;
    if (!is_about_it)
        return status;
    problem_add(problems, "file", "%s", work->error);
    work_forget(work);
    return STATUS_OK;
}

void form_tell(json_t *model, const struct problems *problems)
{
    if (!problems || problems->list.count == 0)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *problem = problems->list.items[i];
        json_t *item = json_pack("{s:s}", "text", problem->words);
        if (problem->column)
            json_object_set_new(item, "href",
                                json_string(arena_format(problems->arena, "#%s", problem->column)));
        json_array_append_new(list, item);
    }
    json_object_set_new(
        model, "errorSummary",
        json_pack("{s:s, s:o}", "titleText", "There is a problem", "errorList", list));
}
