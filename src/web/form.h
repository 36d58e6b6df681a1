/* Forms: what was typed, and the same form again with what was wrong. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <jansson.h>

#include "base/problem.h"
#include "codec/multipart.h"
#include "web/routes.h"

/* What was typed into the field of that name, as it was typed; "" when there is none. */
const char *form_value(const struct call *call, const char *name);
/* The same as a number; INTEGER_MISSING for anything else. */
int64_t form_number(const struct call *call, const char *name);
/* Whether what was typed is the path of one of our own pages; NULL is none. */
bool form_is_own_path(const char *typed);
/* The file that was sent in the field of that name; NULL when there is none. */
const struct multipart_file *form_file(const struct call *call, const char *name);
/* The `number`th of them, from 0, where the field takes several. */
const struct multipart_file *form_file_at(const struct call *call, const char *name, size_t number);
/* Problems of a form, in the work's arena. */
struct problems form_problems(struct work *work);

/* A field, with the option names of the Design System. Members that are NULL are left out. */
struct form_field {
    const char *name, *label, *hint, *value;
    const char *type, *autocomplete, *inputmode, *classes;
    json_t *items;      /* of radios, checkboxes or a select: taken over */
    const char *legend; /* of radios or checkboxes */
};

/* The field for its partial, with the first of the problems that stand under its name; NULL for
 * none. */
json_t *form_field(const struct form_field *field, const struct problems *problems);
/* An item of radios, checkboxes or a select. `chosen` is the value that is chosen, or NULL. */
json_t *form_item(const char *value, const char *words, const char *hint, const char *chosen);
/* An item whose words are on record, and so in English. */
json_t *form_data_item(const struct call *call, const char *value, const char *words,
                       const char *chosen);
/* Says of an item, or of the label of a field, that its words are on record and so in English. */
void form_is_data(const struct call *call, json_t *item);
void form_label_is_data(const struct call *call, json_t *field);
/* A form's button. */
json_t *form_button(const char *words, const char *classes);
/* One of several: the form's field "act" says which was pressed. */
json_t *form_act_button(const char *words, const char *classes, const char *act);
/* What is wrong with a file as a whole, unreadable, too large or gone, is told beside the field
 * "file": STATUS_OK then, else `status`. */
MUST_CHECK enum status form_file_told(struct work *work, enum status status,
                                      struct problems *problems);
/* Puts the error summary into a page's model when there are problems. */
void form_tell(json_t *model, const struct problems *problems);

#endif
