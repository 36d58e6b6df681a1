/* Turns a file into operations, and follows its markup on the way. */
#include <string.h>

#include "base/arena.h"
#include "template/markup.h"
#include "template/set.h"

#include "base/banned.h"

/* A section that is not closed yet. */
struct section {
    size_t operation;
    struct slice name;
    struct markup before;
};

struct compiler {
    struct work *work;
    struct template_set *set;
    struct template *template;
    struct slice text;
    size_t at; /* how far the text is read */
    unsigned line;
    size_t line_at; /* the place up to which lines are counted */
    size_t room;    /* for operations */
    struct markup markup;
    struct section sections[TEMPLATE_SECTIONS_MOST];
    size_t depth;
};

static unsigned line_of(struct compiler *compiler, size_t at)
{
    for (; compiler->line_at < at; compiler->line_at++)
        compiler->line += compiler->text.start[compiler->line_at] == '\n';
    return compiler->line;
}

static enum status refuse(struct compiler *compiler, const char *words, struct slice tag)
{
    return work_fail(compiler->work, STATUS_INPUT, "templates/%s line %u: %s%s%.*s.",
                     compiler->template->name, compiler->line, words, tag.length ? ": " : "",
                     (int)(tag.length < 80 ? tag.length : 80), tag.length ? tag.start : "");
}

static struct operation *add(struct compiler *compiler, enum operation_kind kind)
{
    struct template *template = compiler->template;
    if (template->count == compiler->room) {
        size_t room = compiler->room ? compiler->room * 2 : 32;
        struct operation *more = arena_array_of(compiler->set->arena, room, struct operation);
        if (template->count)
            memcpy(more, template->operations, template->count * sizeof *more);
        template->operations = more;
        compiler->room = room;
    }
    struct operation *operation = &template->operations[template->count++];
    *operation = (struct operation){ .kind = kind, .line = compiler->line };
    return operation;
}

/* The operation in whose section we are; NULL outside of all. */
static const struct operation *present_section(const struct compiler *compiler)
{
    if (compiler->depth == 0)
        return NULL;
    return &compiler->template->operations[compiler->sections[compiler->depth - 1].operation];
}

static bool is_in_parent(const struct compiler *compiler)
{
    const struct operation *section = present_section(compiler);
    return section && section->kind == OPERATION_PARENT;
}

static enum status add_literal(struct compiler *compiler, size_t start, size_t end)
{
    struct slice literal = { compiler->text.start + start, end > start ? end - start : 0 };
    if (is_in_parent(compiler) && slice_trim(literal).length == 0)
        return STATUS_OK;
    if (is_in_parent(compiler))
        return refuse(compiler, "text beside the blocks of a {{<parent}} goes nowhere",
                      slice_trim(literal));
    for (size_t at = 0, read = 0; at < literal.length; at += read) {
        const char *problem = markup_read(&compiler->markup, slice_from(literal, at), &read);
        if (problem) {
            line_of(compiler, start + at + read);
            return refuse(compiler, problem, slice_first(slice_from(literal, at + read), 20));
        }
        if (read)
            add(compiler, OPERATION_LITERAL)->literal = slice_first(slice_from(literal, at), read);
        if (at + read < literal.length)
            add(compiler, OPERATION_HOME);
    }
    return STATUS_OK;
}

/* Alternatives of which one is HTML and another is not come out escaped: better ugly than unsafe.
 */
static bool is_raw_name(const struct compiler *compiler, const struct path *path)
{
    bool is_xml = compiler->markup.kind == MARKUP_XML;
    for (; path; path = path->otherwise) {
        if (path->kind != PATH_NAMES)
            return false;
        struct slice name = slice_of(path->names[path->count - 1]);
        bool is_raw = is_xml ? slice_is(name, "xml") || slice_ends(name, "Xml")
                             : slice_is(name, "html") || slice_ends(name, "Html");
        if (!is_raw)
            return false;
    }
    return true;
}

static void note_message(struct compiler *compiler, const char *words)
{
    struct arena *arena = compiler->set->arena;
    struct template_message *message = arena_new_of(arena, struct template_message);
    *message = (struct template_message){ words, compiler->template->name, compiler->line };
    list_add(arena, &compiler->set->messages, message);
}

/* The words of a message, with one space for each run of blanks. */
static struct slice message_words(struct compiler *compiler, struct slice words)
{
    struct text text = text_new(compiler->set->arena, words.length);
    for (struct slice word; slice_word(&words, &word);) {
        if (text.length)
            text_add(&text, " ");
        text_add_slice(&text, word);
    }
    note_message(compiler, text.bytes);
    return text_slice(&text);
}

static enum status compile_value(struct compiler *compiler, struct slice tag)
{
    struct operation operation = { .kind = OPERATION_VALUE };
    operation.is_message = slice_starts(tag, "_=");
    if (operation.is_message)
        tag = slice_trim(slice_from(tag, 2));
    ptrdiff_t mark = slice_find(tag, "?");
    struct slice name = mark >= 0 ? slice_trim(slice_first(tag, (size_t)mark)) : tag;
    if (!path_read(compiler->set->arena, name, &operation.path))
        return refuse(compiler, "this is no name", tag);
    operation.path.may_be_missing = mark >= 0;
    if (mark >= 0) {
        struct slice otherwise = slice_trim(slice_from(tag, (size_t)mark + 1));
        operation.default_is_message = slice_starts(otherwise, "_ ");
        operation.literal = operation.default_is_message
                                ? message_words(compiler, slice_from(otherwise, 1))
                                : otherwise;
    }
    bool is_raw = is_raw_name(compiler, &operation.path);
    const char *problem = markup_value(&compiler->markup, is_raw, &operation.escape);
    if (problem)
        return refuse(compiler, problem, tag);
    operation.is_link = operation.escape == ESCAPE_ADDRESS && markup_is_link(&compiler->markup);
    operation.line = compiler->line;
    *add(compiler, OPERATION_VALUE) = operation;
    return STATUS_OK;
}

/* Every {name} in a message must be a name. */
static enum status check_places(struct compiler *compiler, struct slice words)
{
    struct slice part = { NULL, 0 }, rest = words;
    for (bool is_first = true; slice_split(&rest, '{', &part); is_first = false) {
        struct path path;
        ptrdiff_t end = slice_find(part, "}");
        if (is_first)
            continue;
        if (end < 0 || !path_read(compiler->set->arena, slice_first(part, (size_t)end), &path))
            return refuse(compiler, "a { in a text to translate that holds no name", words);
    }
    return STATUS_OK;
}

static enum status compile_message(struct compiler *compiler, struct slice tag)
{
    struct slice words = message_words(compiler, tag);
    enum escape escape = ESCAPE_NONE;
    const char *problem = markup_value(&compiler->markup, false, &escape);
    if (problem)
        return refuse(compiler, problem, tag);
    struct operation *operation = add(compiler, OPERATION_MESSAGE);
    operation->literal = words;
    operation->escape = escape;
    return check_places(compiler, words);
}

static enum status compile_attributes(struct compiler *compiler, struct slice tag)
{
    struct path path;
    struct slice rest = tag, name = { NULL, 0 }, prefix = { NULL, 0 }, more = { NULL, 0 };
    if (!slice_word(&rest, &name) || !path_read(compiler->set->arena, name, &path))
        return refuse(compiler, "this is no name", tag);
    if (slice_word(&rest, &prefix) && (!slice_starts(prefix, "data-") || slice_word(&rest, &more)))
        return refuse(compiler, "attributes have a name and perhaps a prefix data-…", tag);
    const char *problem = markup_attributes(&compiler->markup);
    if (problem)
        return refuse(compiler, problem, tag);
    path.may_be_missing = true;
    struct operation *operation = add(compiler, OPERATION_ATTRIBUTES);
    operation->path = path;
    operation->literal = prefix;
    return STATUS_OK;
}

/* {{%x name=y}}: x with y for each %{name}. */
static enum status compile_filled(struct compiler *compiler, struct slice tag)
{
    struct arena *arena = compiler->set->arena;
    struct slice rest = tag, name = { NULL, 0 };
    struct operation operation = { .kind = OPERATION_FILLED, .line = compiler->line };
    struct path *other = arena_new_of(arena, struct path);
    bool is_sound = slice_word(&rest, &name) && path_read(arena, name, &operation.path);
    rest = slice_trim(rest);
    ptrdiff_t equals = slice_find(rest, "=");
    if (!is_sound || equals <= 0 || !path_read(arena, slice_from(rest, (size_t)equals + 1), other))
        return refuse(compiler, "a value with a place is {{%x name=y}}", tag);
    operation.name = arena_format(arena, "%%{%.*s}", (int)equals, rest.start);
    operation.other = other;
    const char *problem = markup_value(&compiler->markup, false, &operation.escape);
    bool is_text = operation.escape == ESCAPE_MARKUP || operation.escape == ESCAPE_XML ||
                   operation.escape == ESCAPE_NONE;
    if (!problem && !is_text)
        problem = "no value with places stands in an address";
    if (problem)
        return refuse(compiler, problem, tag);
    *add(compiler, OPERATION_FILLED) = operation;
    return STATUS_OK;
}

static enum status open_section(struct compiler *compiler, struct operation operation,
                                struct slice name)
{
    if (compiler->depth == TEMPLATE_SECTIONS_MOST)
        return refuse(compiler, "too many sections within sections", name);
    operation.line = compiler->line;
    markup_section(&compiler->markup);
    compiler->sections[compiler->depth++] = (struct section){ compiler->template->count, name,
                                                              compiler->markup };
    *add(compiler, operation.kind) = operation;
    return STATUS_OK;
}

/* What follows the name: = word, == name, ~ word or ?. */
static bool read_test(struct compiler *compiler, struct slice rest, struct operation *operation)
{
    struct arena *arena = compiler->set->arena;
    if (slice_is(rest, "?")) {
        operation->path.may_be_missing = true;
        return true;
    }
    if (operation->kind == OPERATION_ENTER || slice_starts(rest, "?"))
        return false;
    if (slice_starts(rest, "==")) {
        struct path *other = arena_new_of(arena, struct path);
        operation->test = PATH_TEST_SAME;
        operation->other = other;
        return path_read(arena, slice_trim(slice_from(rest, 2)), other);
    }
    operation->test = slice_starts(rest, "=") ? PATH_TEST_EQUAL : PATH_TEST_CONTAINS;
    operation->literal = slice_of(slice_copy(arena, slice_from(rest, 1)));
    return true;
}

static enum status compile_section(struct compiler *compiler, struct slice tag,
                                   enum operation_kind kind)
{
    struct operation operation = { .kind = kind };
    size_t end = 0;
    while (end < tag.length && !strchr("=~?", tag.start[end]))
        end++;
    struct slice name = slice_trim(slice_first(tag, end)), rest = slice_from(tag, end);
    if (!path_read(compiler->set->arena, name, &operation.path))
        return refuse(compiler, "this is no name", tag);
    operation.path.may_be_missing = kind != OPERATION_ENTER;
    if (rest.length && !read_test(compiler, rest, &operation))
        return refuse(compiler, "a test is {{?x=word}}, {{?x==name}} or {{?x~word}}", tag);
    if (kind == OPERATION_ENTER && operation.path.kind > PATH_SELF)
        return refuse(compiler, "this cannot be entered", tag);
    return open_section(compiler, operation, name);
}

static enum status close_section(struct compiler *compiler, struct slice tag)
{
    if (compiler->depth == 0)
        return refuse(compiler, "nothing is open that this could close", tag);
    struct section *section = &compiler->sections[compiler->depth - 1];
    if (!slice_equal(section->name, tag))
        return refuse(compiler, "another section must be closed first", section->name);
    const char *problem = markup_join(&section->before, &compiler->markup);
    if (problem)
        return refuse(compiler, problem, tag);
    compiler->template->operations[section->operation].end = compiler->template->count;
    compiler->depth--;
    return STATUS_OK;
}

/* The file that {{>name}} means: of the same kind as the file in which it stands. */
static const char *file_of(struct compiler *compiler, struct slice name)
{
    const char *end = strrchr(compiler->template->name, '.');
    struct text text = text_new(compiler->set->arena, TEMPLATE_NAME_MOST);
    text_add_slice(&text, name);
    text_add(&text, end);
    return text.is_full ? "" : text.bytes;
}

static enum status compile_partial(struct compiler *compiler, struct slice tag)
{
    struct slice rest = tag, name = { NULL, 0 }, data = { NULL, 0 }, more = { NULL, 0 };
    struct operation operation = { .kind = OPERATION_PARTIAL };
    if (!slice_word(&rest, &name))
        return refuse(compiler, "a partial has a name", tag);
    if (slice_word(&rest, &data)) {
        operation.path.may_be_missing = false;
        bool may_be_missing = slice_ends(data, "?");
        data = slice_first(data, data.length - may_be_missing);
        if (!path_read(compiler->set->arena, data, &operation.path) || slice_word(&rest, &more))
            return refuse(compiler, "a partial has a name and perhaps the name of its data", tag);
        operation.path.may_be_missing = may_be_missing;
    }
    if (!markup_is_text(&compiler->markup))
        return refuse(compiler, "a partial stands only where whole elements may stand", tag);
    operation.line = compiler->line;
    enum status status = template_load(compiler->work, compiler->set, file_of(compiler, name),
                                       compiler->template, compiler->line, &operation.file);
    if (status == STATUS_OK)
        *add(compiler, OPERATION_PARTIAL) = operation;
    return status;
}

static enum status compile_parent(struct compiler *compiler, struct slice tag)
{
    struct operation operation = { .kind = OPERATION_PARENT };
    if (!markup_is_text(&compiler->markup))
        return refuse(compiler, "a parent stands only where whole elements may stand", tag);
    enum status status = template_load(compiler->work, compiler->set, file_of(compiler, tag),
                                       compiler->template, compiler->line, &operation.file);
    return status == STATUS_OK ? open_section(compiler, operation, tag) : status;
}

static enum status compile_block(struct compiler *compiler, struct slice tag)
{
    struct operation operation = { .kind = OPERATION_BLOCK };
    struct path path;
    if (!markup_is_text(&compiler->markup))
        return refuse(compiler, "a block stands only where whole elements may stand", tag);
    if (!path_read(compiler->set->arena, tag, &path) || path.kind != PATH_NAMES)
        return refuse(compiler, "this is no name of a block", tag);
    operation.name = path.words;
    return open_section(compiler, operation, tag);
}

static enum status compile_tag(struct compiler *compiler, struct slice tag)
{
    char sign = tag.length ? tag.start[0] : '\0';
    struct slice rest = slice_trim(slice_from(tag, 1));
    if (is_in_parent(compiler) && sign != '$' && sign != '/' && sign != '!')
        return refuse(compiler, "only blocks stand in a {{<parent}}", tag);
    switch (sign) {
    case '!':
        return STATUS_OK;
    case '#':
        return compile_section(compiler, rest, OPERATION_ENTER);
    case '?':
        return compile_section(compiler, rest, OPERATION_IF);
    case '^':
        return compile_section(compiler, rest, OPERATION_UNLESS);
    case '/':
        return close_section(compiler, rest);
    case '>':
        return compile_partial(compiler, rest);
    case '<':
        return compile_parent(compiler, rest);
    case '$':
        return compile_block(compiler, rest);
    case '*':
        return compile_attributes(compiler, rest);
    case '%':
        return compile_filled(compiler, rest);
    case '{':
    case '&':
        return refuse(compiler, "unescaped text has a name that ends in Html, in two braces", tag);
    default:
        break;
    }
    if (slice_starts(tag, "_ ") || slice_starts(tag, "_\n"))
        return compile_message(compiler, rest);
    return compile_value(compiler, tag);
}

/* Where the tag that begins at `start` ends: after its braces. 0 when it never ends. */
static size_t tag_end(struct slice text, size_t start)
{
    ptrdiff_t end = slice_find(slice_from(text, start + 2), "}}");
    if (end < 0)
        return 0;
    size_t after = start + 2 + (size_t)end + 2;
    while (after < text.length && text.start[after] == '}')
        after++;
    return after;
}

/* A sign alone on its line takes the line away with it. */
static bool is_alone(struct slice text, size_t start, size_t end, size_t *out_from, size_t *out_to)
{
    if (!strchr("#?^/!><$", text.start[start + 2]))
        return false;
    size_t from = start, to = end;
    while (from > 0 && (text.start[from - 1] == ' ' || text.start[from - 1] == '\t'))
        from--;
    while (to < text.length && (text.start[to] == ' ' || text.start[to] == '\t'))
        to++;
    bool begins = from == 0 || text.start[from - 1] == '\n';
    bool ends = to == text.length || text.start[to] == '\n';
    if (!begins || !ends)
        return false;
    *out_from = from;
    *out_to = to < text.length ? to + 1 : to;
    return true;
}

/* Reads the text up to the next tag, and the tag. */
static enum status compile_next(struct compiler *compiler)
{
    struct slice text = compiler->text;
    size_t start = compiler->at;
    ptrdiff_t found = slice_find(slice_from(text, start), "{{");
    size_t tag_at = found < 0 ? text.length : start + (size_t)found;
    if (found < 0) {
        compiler->at = text.length;
        return add_literal(compiler, start, text.length);
    }
    size_t end = tag_end(text, tag_at);
    if (end == 0) {
        line_of(compiler, tag_at);
        return refuse(compiler, "a tag is never closed", slice_first(slice_from(text, tag_at), 40));
    }
    size_t from = tag_at, next = end;
    if (is_alone(text, tag_at, end, &from, &next) && from < start)
        from = start;
    enum status status = add_literal(compiler, start, from);
    if (status != STATUS_OK)
        return status;
    line_of(compiler, tag_at);
    compiler->at = next;
    struct slice tag = { text.start + tag_at + 2, end - tag_at - 4 };
    return compile_tag(compiler, slice_trim(tag));
}

static enum markup_kind kind_of(const char *name)
{
    struct slice words = slice_of(name);
    if (slice_ends(words, ".xml"))
        return MARKUP_XML;
    return slice_ends(words, ".txt") ? MARKUP_PLAIN : MARKUP_HTML;
}

enum status template_compile(struct work *work, struct template_set *set, struct template *template,
                             struct slice text)
{
    struct compiler compiler = {
        .work = work,
        .set = set,
        .template = template,
        .text = { slice_copy(set->arena, text), text.length },
        .line = 1,
        .markup = markup_start(kind_of(template->name)),
    };
    while (compiler.at < text.length) {
        enum status status = compile_next(&compiler);
        if (status != STATUS_OK)
            return status;
    }
    line_of(&compiler, text.length);
    if (compiler.depth)
        return refuse(&compiler, "a section is never closed",
                      compiler.sections[compiler.depth - 1].name);
    if (!markup_is_text(&compiler.markup))
        return refuse(&compiler, "the file ends inside a tag, comment or script", slice_of(""));
    return STATUS_OK;
}
