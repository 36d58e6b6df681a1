/* Goes through the operations. Nothing here knows HTML: the places were found when the file loaded.
 */
#include <string.h>

#include "base/arena.h"
#include "template/set.h"

#include "base/banned.h"

/* One thing that was entered, and those around it. */
struct scope {
    struct thing value;
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

static struct thing nothing(void)
{
    return (struct thing){ .type = THING_NONE };
}

static struct thing look_up(const struct path *path, const struct scope *scope)
{
    while (path->is_of_data && scope && !scope->is_data)
        scope = scope->outer;
    for (; scope; scope = path->is_own || path->is_of_data ? NULL : scope->outer) {
        struct thing found = thing_member(&scope->value, path->names[0]);
        if (found.type != THING_NONE)
            return found;
    }
    return nothing();
}

static const struct scope *list_scope(const struct scope *scope)
{
    while (scope && scope->number == 0)
        scope = scope->outer;
    return scope;
}

static struct thing find_one(const struct path *path, const struct scope *scope)
{
    const struct scope *list = path->kind > PATH_SELF ? list_scope(scope) : NULL;
    switch (path->kind) {
    case PATH_SELF:
        return scope->value;
    case PATH_FIRST:
        return list && list->number == 1 ? thing_of_truth(true) : nothing();
    case PATH_LAST:
        return list && list->number == list->count ? thing_of_truth(true) : nothing();
    case PATH_NUMBER:
        return list ? thing_of_integer((int64_t)list->number) : nothing();
    case PATH_NAMES:
        break;
    }
    struct thing found = look_up(path, scope);
    for (size_t i = 1; i < path->count && found.type != THING_NONE; i++) {
        if (found.type == THING_LIST && strcmp(path->names[i], "length") == 0)
            return thing_of_integer((int64_t)thing_count(&found));
        found = thing_member(&found, path->names[i]);
    }
    return found;
}

/* The first of the alternatives that is there, or the last. */
static struct thing find(const struct path *path, const struct scope *scope)
{
    struct thing found = find_one(path, scope);
    while (path->otherwise && !thing_is_there(&found)) {
        path = path->otherwise;
        found = find_one(path, scope);
    }
    return found;
}

static bool test(const struct thing *thing, const struct operation *operation)
{
    char room[THING_NUMBER_LENGTH];
    struct slice words;
    if (operation->test == PATH_TEST_NONE)
        return thing_is_there(thing);
    if (!thing_words(thing, room, &words))
        return false;
    return operation->test == PATH_TEST_EQUAL ? slice_equal(words, operation->literal)
                                              : slice_find(words, operation->literal.start) >= 0;
}

/* Where a list stands on the way, any of its items will do. */
static bool test_any(struct thing thing, const struct operation *operation, const struct path *path,
                     size_t from)
{
    for (size_t i = from; i < path->count && thing.type != THING_NONE; i++) {
        if (thing.type == THING_LIST && strcmp(path->names[i], "length") == 0) {
            const struct thing length = thing_of_integer((int64_t)thing_count(&thing));
            return test(&length, operation);
        }
        if (thing.type == THING_LIST) {
            struct thing item;
            size_t count = thing_count(&thing);
            for (size_t j = 0; j < count; j++) {
                item = thing_item(&thing, j, j > 0 ? &item : NULL);
                if (test_any(item, operation, path, i))
                    return true;
            }
            return false;
        }
        thing = thing_member(&thing, path->names[i]);
    }
    return test(&thing, operation);
}

/* A list is the same as any of its items. */
static bool is_same(const struct operation *operation, const struct scope *scope)
{
    char left_room[THING_NUMBER_LENGTH], right_room[THING_NUMBER_LENGTH];
    struct slice left, right;
    const struct thing found = find(&operation->path, scope), other = find(operation->other, scope);
    if (!thing_words(&other, right_room, &right))
        return false;
    if (found.type != THING_LIST)
        return thing_words(&found, left_room, &left) && slice_equal(left, right);
    struct thing item;
    size_t count = thing_count(&found);
    for (size_t i = 0; i < count; i++) {
        item = thing_item(&found, i, i > 0 ? &item : NULL);
        if (thing_words(&item, left_room, &left) && slice_equal(left, right))
            return true;
    }
    return false;
}

static bool holds_one(const struct operation *operation, const struct path *path,
                      const struct scope *scope)
{
    if (path->kind == PATH_NAMES)
        return test_any(look_up(path, scope), operation, path, 1);
    const struct thing found = find_one(path, scope);
    return test(&found, operation);
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
    const struct thing found = find(path, frame.scope);
    char room[THING_NUMBER_LENGTH];
    struct slice words = { NULL, 0 };
    bool has_words = thing_words(&found, room, &words);
    if (!has_words && rendering->view->is_strict && !path->may_be_missing &&
        found.type != THING_NULL)
        return miss(rendering, frame, operation,
                    found.type == THING_NONE ? "the model lacks a name"
                                             : "this is no text or number");
    bool is_empty = !has_words || words.length == 0 || found.type == THING_FALSE;
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
    char room[THING_NUMBER_LENGTH], other_room[THING_NUMBER_LENGTH];
    struct slice words = { NULL, 0 }, other = { NULL, 0 };
    const struct thing value = find(&operation->path, frame.scope);
    const struct thing filling = find(operation->other, frame.scope);
    (void)(thing_words(&value, room, &words) && thing_words(&filling, other_room, &other));
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
                               const struct thing *list)
{
    enum status status = STATUS_OK;
    size_t count = thing_count(list), end = frame.template->operations[index].end;
    struct scope inner = { .outer = frame.scope, .count = count };
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        inner.value = thing_item(list, i, i > 0 ? &inner.value : NULL);
        inner.number = i + 1;
        struct frame item = { frame.template, &inner, frame.filling };
        status = render(rendering, item, index + 1, end);
    }
    return status;
}

static bool is_missed(const struct rendering *rendering, const struct operation *operation,
                      const struct thing *found)
{
    return found->type == THING_NONE && rendering->view->is_strict &&
           !operation->path.may_be_missing;
}

static enum status render_entered(struct rendering *rendering, struct frame frame, size_t index)
{
    const struct operation *operation = &frame.template->operations[index];
    const struct thing found = find(&operation->path, frame.scope);
    if (is_missed(rendering, operation, &found))
        return miss(rendering, frame, operation, "the model lacks a name");
    if (found.type == THING_LIST)
        return render_list(rendering, frame, index, &found);
    if (!thing_is_there(&found))
        return STATUS_OK;
    struct scope inner = { .value = found, .outer = frame.scope };
    if (found.type == THING_OBJECT)
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
    const struct thing found = find(&operation->path, frame.scope);
    if (is_missed(rendering, operation, &found))
        return miss(rendering, frame, operation, "the model lacks a name");
    if (!thing_is_there(&found))
        return STATUS_OK;
    struct scope only = { .value = found, .is_data = true };
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

static void render_attributes(struct rendering *rendering, struct frame frame,
                              const struct operation *operation)
{
    const struct thing found = find(&operation->path, frame.scope);
    escape_add_attributes(rendering->text, thing_as_json(&found), operation->literal);
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
        render_attributes(rendering, frame, operation);
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
    struct scope site = { .value = view->site };
    struct scope model = { .value = view->model, .outer = &site, .is_data = true };
    struct frame frame = { template, &model, NULL };
    return render(&rendering, frame, 0, template->count);
}
