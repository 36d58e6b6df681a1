/* Loading of a whole set: the program's own files, a folder over them, and files within files. */
#include "template/set.h"

#include <dirent.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"

#include "base/banned.h"

#define EMBEDDED_PREFIX "templates/"

const struct template *template_find(const struct template_set *set, const char *name)
{
    for (size_t i = 0; i < set->templates.count; i++) {
        const struct template *template = set->templates.items[i];
        if (strcmp(template->name, name) == 0)
            return template;
    }
    return NULL;
}

/* Letters, digits, - _ . and / between; nothing that leads out of the folder. */
static bool name_is_sound(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > TEMPLATE_NAME_MOST || name[0] == '/' || name[0] == '.')
        return false;
    if (strstr(name, "..") || strstr(name, "//") || strstr(name, "/."))
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") ==
           length;
}

static bool is_template(const char *name)
{
    struct slice words = slice_of(name);
    return slice_ends(words, ".html") || slice_ends(words, ".xml") || slice_ends(words, ".txt");
}

static bool find_given(const struct template_source *source, const char *name,
                       struct slice *out_text)
{
    for (size_t i = 0; i < source->count; i++)
        if (strcmp(source->files[i].name, name) == 0) {
            *out_text = source->files[i].text;
            return true;
        }
    return false;
}

/* The text of a file; what is in the folder stands in for the program's own. */
static enum status read_text(struct work *work, const struct template_source *source,
                             const char *name, struct slice *out_text)
{
    if (source->folder) {
        const char *path = arena_format(work->arena, "%s/%s", source->folder, name);
        if (file_exists(path))
            return file_read(work, path, TEMPLATE_FILE_MOST, out_text);
    }
    const char *embedded = arena_format(work->arena, EMBEDDED_PREFIX "%s", name);
    bool found = source->files ? find_given(source, name, out_text)
                               : embedded_find(embedded, out_text);
    if (!found)
        return work_fail(work, STATUS_NOT_FOUND, "There is no template %s", name);
    if (out_text->length > TEMPLATE_FILE_MOST)
        return work_fail(work, STATUS_LIMIT, "The template %s is longer than %d bytes.", name,
                         TEMPLATE_FILE_MOST);
    return STATUS_OK;
}

static enum status load_new(struct work *work, struct template_set *set, const char *name,
                            struct template **out_template)
{
    if (set->templates.count == TEMPLATE_FILES_MOST)
        return work_fail(work, STATUS_LIMIT, "There are more than %d templates.",
                         TEMPLATE_FILES_MOST);
    struct slice text = { NULL, 0 };
    enum status status = read_text(work, set->source, name, &text);
    if (status != STATUS_OK)
        return status;
    if (!slice_is_utf8(text))
        return work_fail(work, STATUS_INPUT, "The template %s is not UTF-8 text; save it as UTF-8.",
                         name);
    struct template *template = arena_new_of(set->arena, struct template);
    template->name = arena_copy_text(set->arena, name);
    template->is_loading = true;
    list_add(set->arena, &set->templates, template);
    set->chain++;
    status = template_compile(work, set, template, text);
    set->chain--;
    template->is_loading = false;
    *out_template = template;
    return status;
}

enum status template_load(struct work *work, struct template_set *set, const char *name,
                          const struct template *asker, unsigned line,
                          const struct template **out_template)
{
    const struct template *found = template_find(set, name);
    const char *from = asker ? asker->name : name;
    if (!name_is_sound(name) || !is_template(name))
        return work_fail(work, STATUS_INPUT,
                         "templates/%s line %u: the name %s is not of letters, digits and - _ / "
                         "with the end .html, .xml or .txt.",
                         from, line, name);
    if (found && found->is_loading)
        return work_fail(work, STATUS_INPUT,
                         "templates/%s line %u: %s includes itself, directly or through others.",
                         from, line, name);
    if (set->chain > TEMPLATE_CHAIN_MOST)
        return work_fail(work, STATUS_LIMIT, "templates/%s line %u: more than %d files deep.", from,
                         line, TEMPLATE_CHAIN_MOST);
    enum status status = STATUS_OK;
    if (!found) {
        struct template *loaded = NULL;
        status = load_new(work, set, name, &loaded);
        found = loaded;
    }
    if (status == STATUS_NOT_FOUND && asker) {
        work_forget(work);
        return work_fail(work, STATUS_INPUT, "templates/%s line %u: there is no template %s.", from,
                         line, name);
    }
    if (status == STATUS_OK)
        *out_template = found;
    return status;
}

/* Loads the files of a folder and of those below; `name` is the way to it from the first folder. */
static enum status load_folder(struct work *work, struct template_set *set, const char *name,
                               int depth)
{
    const char *path = arena_format(work->arena, "%s/%s", set->source->folder, name);
    DIR *folder = opendir(path);
    if (!folder)
        return STATUS_OK;
    enum status status = STATUS_OK;
    for (struct dirent *entry; status == STATUS_OK && (entry = readdir(folder));) {
        const char *inner = arena_format(work->arena, "%s%s%s", name, *name ? "/" : "",
                                         entry->d_name);
        const struct template *template = NULL;
        if (entry->d_name[0] == '.')
            continue;
        if (is_template(inner))
            status = template_load(work, set, inner, NULL, 0, &template);
        else if (depth < TEMPLATE_PATH_MOST)
            status = load_folder(work, set, inner, depth + 1);
    }
    closedir(folder);
    return status;
}

static enum status load_all(struct work *work, struct template_set *set)
{
    const struct template_source *source = set->source;
    const struct template *template = NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < source->count && status == STATUS_OK; i++)
        status = template_load(work, set, source->files[i].name, NULL, 0, &template);
    size_t index = 0;
    const struct embedded_file *file = NULL;
    while (!source->files && status == STATUS_OK && (file = embedded_next(EMBEDDED_PREFIX, &index)))
        if (is_template(file->name))
            status = template_load(work, set, file->name + strlen(EMBEDDED_PREFIX), NULL, 0,
                                   &template);
    if (source->folder && status == STATUS_OK)
        status = load_folder(work, set, "", 0);
    return status;
}

enum status template_set_load(struct work *work, const struct template_source *source,
                              struct template_set **out_set)
{
    struct arena *arena = arena_new();
    struct template_set *set = arena_new_of(arena, struct template_set);
    *set = (struct template_set){ .arena = arena, .source = source };
    enum status status = load_all(work, set);
    set->source = NULL;
    if (status != STATUS_OK)
        template_set_free(set);
    else
        *out_set = set;
    return status;
}

void template_set_free(struct template_set *set)
{
    if (set)
        arena_free(set->arena);
}

size_t template_message_count(const struct template_set *set)
{
    return set->messages.count;
}

struct template_message template_message_at(const struct template_set *set, size_t index)
{
    const struct template_message *message = set->messages.items[index];
    return *message;
}

size_t template_count(const struct template_set *set)
{
    return set->templates.count;
}

const char *template_name_at(const struct template_set *set, size_t index)
{
    const struct template *template = set->templates.items[index];
    return template->name;
}
