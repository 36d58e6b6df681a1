/* Goes through the operations. Nothing here knows HTML: the places were found when the file loaded.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "template/set.h"

#include "base/banned.h"

/* One thing that was entered, and those around it. */
struct scope {
    const json_t *value;
    const struct scope *outer; /* NULL: names are not looked for further out, but in the site */
    size_t number, count;      /* in a list, from 1; 0 outside of lists */
    bool is_data;              /* the data of the file */
};

/* What holds while a part of a file is written. */
struct frame {
    const struct template *template;
    const struct scope *scope;
    const struct filling *filling;
};

/* The blocks with which a page fills its parent: the operations start to end of the frame's file.
 */
struct filling {
    struct frame frame;
    size_t start, end;
};

struct rendering {
    struct work *work;
    const struct template_view *view;
    struct text *text;
    size_t steps, depth;
};

static enum status render(struct rendering *rendering, struct frame frame, size_t start,
                          size_t end);

static enum status miss(struct rendering *rendering, struct frame frame,
                        const struct operation *operation, const char *words)
{
    return work_fail(rendering->work, STATUS_INPUT, "templates/%s line %u: %s: %s.",
                     frame.template->name, operation->line, words, operation->path.words);
}

static const json_t *look(const json_t *value, const char *name)
{
    return json_is_object(value) ? json_object_get(value, name) : NULL;
}

static const json_t *look_up(const struct path *path, const struct scope *scope)
{
    const char *name = path->names[0];
    while (path->is_of_data && scope && !scope->is_data)
        scope = scope->outer;
    for (; scope; scope = path->is_own || path->is_of_data ? NULL : scope->outer) {
        const json_t *found = look(scope->value, name);
        if (found)
            return found;
    }
    return NULL;
}

struct found {
    const json_t *value; /* NULL when there is none */
    size_t number;       /* of @number and length */
    bool is_number;
    bool is_true; /* of @first and @last */
};

static const struct scope *list_scope(const struct scope *scope)
{
    while (scope && scope->number == 0)
        scope = scope->outer;
    return scope;
}

static struct found find_one(const struct path *path, const struct scope *scope)
{
    const struct scope *list = path->kind > PATH_SELF ? list_scope(scope) : NULL;
    struct found found = { .value = NULL };
    switch (path->kind) {
    case PATH_SELF:
        found.value = scope->value;
        return found;
    case PATH_FIRST:
        found.is_true = list && list->number == 1;
        return found;
    case PATH_LAST:
        found.is_true = list && list->number == list->count;
        return found;
    case PATH_NUMBER:
        found.is_number = list != NULL;
        found.number = list ? list->number : 0;
        return found;
    case PATH_NAMES:
        break;
    }
    found.value = look_up(path, scope);
    for (size_t i = 1; i < path->count && found.value; i++) {
        if (json_is_array(found.value) && strcmp(path->names[i], "length") == 0)
            return (struct found){ .is_number = true, .number = json_array_size(found.value) };
        found.value = look(found.value, path->names[i]);
    }
    return found;
}

/* A list is there when any of its items is. */
static bool is_there(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++)
            if (is_there(json_array_get(value, i)))
                return true;
        return false;
    case JSON_OBJECT:
        return json_object_size(value) > 0;
    default:
        return true;
    }
}

/* The first of the alternatives that is there, or the last. */
static struct found find(const struct path *path, const struct scope *scope)
{
    struct found found = find_one(path, scope);
    while (path->otherwise && !found.is_number && !found.is_true && !is_there(found.value)) {
        path = path->otherwise;
        found = find_one(path, scope);
    }
    return found;
}

static bool test_words(struct slice words, const struct operation *operation)
{
    if (operation->test == PATH_TEST_EQUAL)
        return slice_equal(words, operation->literal);
    return slice_find(words, operation->literal.start) >= 0;
}

static bool test(const json_t *value, const struct operation *operation)
{
    if (operation->test == PATH_TEST_NONE)
        return is_there(value);
    char room[ESCAPE_NUMBER_LENGTH];
    struct slice words;
    return escape_value(value, room, &words) && test_words(words, operation);
}

static struct slice number_words(size_t number, char room[ESCAPE_NUMBER_LENGTH])
{
    snprintf(room, ESCAPE_NUMBER_LENGTH, "%zu", number);
    return slice_of(room);
}

static bool test_number(size_t number, const struct operation *operation)
{
    if (operation->test == PATH_TEST_NONE)
        return true;
    char room[ESCAPE_NUMBER_LENGTH];
    return test_words(number_words(number, room), operation);
}

/* Where a list stands on the way, any of its items will do. */
static bool test_any(const json_t *value, const struct operation *operation,
                     const struct path *path, size_t from)
{
    for (size_t i = from; i < path->count && value; i++) {
        if (json_is_array(value) && strcmp(path->names[i], "length") == 0)
            return test_number(json_array_size(value), operation);
        if (json_is_array(value)) {
            for (size_t j = 0; j < json_array_size(value); j++)
                if (test_any(json_array_get(value, j), operation, path, i))
                    return true;
            return false;
        }
        value = look(value, path->names[i]);
    }
    return test(value, operation);
}

static bool words_of(struct found found, char room[ESCAPE_NUMBER_LENGTH], struct slice *out_words)
{
    if (found.is_number)
        *out_words = number_words(found.number, room);
    return found.is_number || escape_value(found.value, room, out_words);
}

/* A list is the same as any of its items. */
static bool is_same(const struct operation *operation, const struct scope *scope)
{
    char left_room[ESCAPE_NUMBER_LENGTH], right_room[ESCAPE_NUMBER_LENGTH];
    struct slice left, right;
    struct found found = find(&operation->path, scope);
    if (!words_of(find(operation->other, scope), right_room, &right))
        return false;
    if (!json_is_array(found.value))
        return words_of(found, left_room, &left) && slice_equal(left, right);
    for (size_t i = 0; i < json_array_size(found.value); i++)
        if (escape_value(json_array_get(found.value, i), left_room, &left) &&
            slice_equal(left, right))
            return true;
    return false;
}

static bool holds_one(const struct operation *operation, const struct path *path,
                      const struct scope *scope)
{
    if (path->kind == PATH_NAMES)
        return test_any(look_up(path, scope), operation, path, 1);
    struct found found = find_one(path, scope);
    if (found.is_number)
        return test_number(found.number, operation);
    return found.value ? test(found.value, operation) : found.is_true;
}

static bool holds(const struct operation *operation, const struct scope *scope)
{
    if (operation->test == PATH_TEST_SAME)
        return is_same(operation, scope);
    for (const struct path *path = &operation->path; path; path = path->otherwise)
        if (holds_one(operation, path, scope))
            return true;
    return false;
}

static struct slice translated(const struct rendering *rendering, struct slice words)
{
    const struct template_view *view = rendering->view;
    const char *other = view->translate ? view->translate(view->catalogue, words.start) : NULL;
    return other ? slice_of(other) : words;
}

static void add_home(const struct rendering *rendering)
{
    text_add(rendering->text, rendering->view->home ? rendering->view->home : "");
}

static enum status render_value(struct rendering *rendering, struct frame frame,
                                const struct operation *operation)
{
    const struct path *path = &operation->path;
    struct found found = find(path, frame.scope);
    char room[ESCAPE_NUMBER_LENGTH];
    struct slice words = { NULL, 0 };
    bool has_words = words_of(found, room, &words);
    if (!has_words && rendering->view->is_strict && !path->may_be_missing &&
        !json_is_null(found.value))
        return miss(rendering, frame, operation,
                    found.value ? "this is no text or number" : "the model lacks a name");
    bool is_empty = !has_words || words.length == 0 || json_is_false(found.value);
    if (path->may_be_missing && is_empty)
        words = operation->default_is_message ? translated(rendering, operation->literal)
                                              : operation->literal;
    else if (operation->is_message)
        words = translated(rendering, words);
    if (operation->is_link && slice_starts(words, "/") && !slice_starts(words, "//"))
        add_home(rendering);
    escape_add(rendering->text, operation->escape, words);
    return STATUS_OK;
}

/* Writes the value of {name} in a message. */
static enum status render_place(struct rendering *rendering, struct frame frame,
                                const struct operation *message, struct slice name)
{
    struct operation place = { .kind = OPERATION_VALUE,
                               .escape = message->escape,
                               .line = message->line };
    if (!path_read(rendering->work->arena, name, &place.path))
        return STATUS_OK;
    return render_value(rendering, frame, &place);
}

static enum status render_message(struct rendering *rendering, struct frame frame,
                                  const struct operation *operation)
{
    struct slice rest = translated(rendering, operation->literal), part = { NULL, 0 };
    enum status status = STATUS_OK;
    for (bool is_first = true; status == STATUS_OK && slice_split(&rest, '{', &part);
         is_first = false) {
        ptrdiff_t end = is_first ? -1 : slice_find(part, "}");
        if (end >= 0) {
            status = render_place(rendering, frame, operation, slice_first(part, (size_t)end));
            part = slice_from(part, (size_t)end + 1);
        }
        escape_add(rendering->text, operation->escape, part);
    }
    return status;
}

/* A value with each %{name} in it replaced. */
static enum status render_filled(struct rendering *rendering, struct frame frame,
                                 const struct operation *operation)
{
    char room[ESCAPE_NUMBER_LENGTH], other_room[ESCAPE_NUMBER_LENGTH];
    struct slice words = { NULL, 0 }, other = { NULL, 0 };
    if (!words_of(find(&operation->path, frame.scope), room, &words))
        return STATUS_OK;
    if (!words_of(find(operation->other, frame.scope), other_room, &other))
        other.length = 0;
    const char *place = operation->name;
    for (ptrdiff_t at; (at = slice_find(words, place)) >= 0;
         words = slice_from(words, (size_t)at + strlen(place))) {
        escape_add(rendering->text, operation->escape, slice_first(words, (size_t)at));
        escape_add(rendering->text, operation->escape, other);
    }
    escape_add(rendering->text, operation->escape, words);
    return STATUS_OK;
}

static enum status render_list(struct rendering *rendering, struct frame frame, size_t index,
                               const json_t *list)
{
    enum status status = STATUS_OK;
    size_t count = json_array_size(list), end = frame.template->operations[index].end;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct scope inner = { json_array_get(list, i), frame.scope, i + 1, count, false };
        struct frame item = { frame.template, &inner, frame.filling };
        status = render(rendering, item, index + 1, end);
    }
    return status;
}

static enum status render_entered(struct rendering *rendering, struct frame frame, size_t index)
{
    const struct operation *operation = &frame.template->operations[index];
    const json_t *value = find(&operation->path, frame.scope).value;
    if (!value && rendering->view->is_strict && !operation->path.may_be_missing)
        return miss(rendering, frame, operation, "the model lacks a name");
    if (json_is_array(value))
        return render_list(rendering, frame, index, value);
    if (!is_there(value))
        return STATUS_OK;
    struct scope inner = { value, frame.scope, 0, 0, false };
    if (json_is_object(value))
        frame.scope = &inner;
    return render(rendering, frame, index + 1, operation->end);
}

static enum status render_partial(struct rendering *rendering, struct frame frame,
                                  const struct operation *operation)
{
    const struct template *file = operation->file;
    struct frame inside = { file, frame.scope, NULL };
    if (!operation->path.words)
        return render(rendering, inside, 0, file->count);
    const json_t *value = find(&operation->path, frame.scope).value;
    if (!value && rendering->view->is_strict && !operation->path.may_be_missing)
        return miss(rendering, frame, operation, "the model lacks a name");
    if (!is_there(value))
        return STATUS_OK;
    struct scope only = { value, NULL, 0, 0, true };
    inside.scope = &only;
    return render(rendering, inside, 0, file->count);
}

/* The block's replacement: the outermost page's that has one. */
static const struct filling *find_filling(const struct filling *filling, const char *name,
                                          size_t *out_index)
{
    const struct filling *found = NULL;
    for (; filling; filling = filling->frame.filling) {
        const struct operation *operations = filling->frame.template->operations;
        for (size_t i = filling->start; i < filling->end; i = operations[i].end)
            if (strcmp(operations[i].name, name) == 0) {
                found = filling;
                *out_index = i;
            }
    }
    return found;
}

static enum status render_block(struct rendering *rendering, struct frame frame, size_t index)
{
    const struct operation *block = &frame.template->operations[index];
    size_t at = index;
    const struct filling *found = find_filling(frame.filling, block->name, &at);
    if (found)
        frame = found->frame;
    return render(rendering, frame, at + 1, frame.template->operations[at].end);
}

static enum status render_parent(struct rendering *rendering, struct frame frame, size_t index)
{
    const struct operation *operation = &frame.template->operations[index];
    struct filling blocks = { frame, index + 1, operation->end };
    struct frame parent = { operation->file, frame.scope, &blocks };
    return render(rendering, parent, 0, operation->file->count);
}

static enum status render_operation(struct rendering *rendering, struct frame frame, size_t index)
{
    const struct operation *operation = &frame.template->operations[index];
    bool is_if = operation->kind == OPERATION_IF;
    switch (operation->kind) {
    case OPERATION_LITERAL:
        text_add_slice(rendering->text, operation->literal);
        return STATUS_OK;
    case OPERATION_VALUE:
        return render_value(rendering, frame, operation);
    case OPERATION_MESSAGE:
        return render_message(rendering, frame, operation);
    case OPERATION_ATTRIBUTES:
        escape_add_attributes(rendering->text, find(&operation->path, frame.scope).value,
                              operation->literal);
        return STATUS_OK;
    case OPERATION_HOME:
        add_home(rendering);
        return STATUS_OK;
    case OPERATION_FILLED:
        return render_filled(rendering, frame, operation);
    case OPERATION_ENTER:
        return render_entered(rendering, frame, index);
    case OPERATION_IF:
    case OPERATION_UNLESS:
        if (holds(operation, frame.scope) != is_if)
            return STATUS_OK;
        return render(rendering, frame, index + 1, operation->end);
    case OPERATION_PARTIAL:
        return render_partial(rendering, frame, operation);
    case OPERATION_PARENT:
        return render_parent(rendering, frame, index);
    case OPERATION_BLOCK:
        return render_block(rendering, frame, index);
    }
    return STATUS_OK;
}

/* Goes on after a section at its end, so that each operation is visited by one loop only. */
static enum status render(struct rendering *rendering, struct frame frame, size_t start, size_t end)
{
    enum status status = STATUS_OK;
    const char *name = frame.template->name;
    if (++rendering->depth > TEMPLATE_DEPTH_MOST)
        return work_fail(rendering->work, STATUS_LIMIT, "templates/%s is nested too deeply.", name);
    for (size_t i = start; i < end && status == STATUS_OK;) {
        if (++rendering->steps > TEMPLATE_STEPS_MOST)
            return work_fail(rendering->work, STATUS_LIMIT, "templates/%s has no end in sight.",
                             name);
        status = render_operation(rendering, frame, i);
        size_t after = frame.template->operations[i].end;
        i = after ? after : i + 1;
    }
    rendering->depth--;
    if (status == STATUS_OK && rendering->text->is_full)
        return work_fail(rendering->work, STATUS_LIMIT,
                         "templates/%s: the page is longer than %zu bytes.", name,
                         rendering->text->most);
    return status;
}

enum status template_render(struct work *work, const struct template_set *set, const char *name,
                            const struct template_view *view, struct text *out_text)
{
    const struct template *template = template_find(set, name);
    if (!template)
        return work_fail(work, STATUS_NOT_FOUND, "There is no template %s.", name);
    struct rendering rendering = { .work = work, .view = view, .text = out_text };
    struct scope site = { view->site, NULL, 0, 0, false };
    struct scope model = { view->model, view->site ? &site : NULL, 0, 0, true };
    struct frame frame = { template, &model, NULL };
    return render(&rendering, frame, 0, template->count);
}
