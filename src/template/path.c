/* Names in templates. */
#include <string.h>

#include "base/arena.h"
#include "template/set.h"

#include "base/banned.h"

#define DATA "@data."

static bool is_name(struct slice words)
{
    if (words.length == 0 || words.length > TEMPLATE_NAME_MOST)
        return false;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.start[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!is_letter && (i == 0 || ((c < '0' || c > '9') && c != '-')))
            return false;
    }
    return true;
}

/* One path, without alternatives. */
static bool read_one(struct arena *arena, struct slice words, struct path *out_path)
{
    static const struct {
        const char *words;
        enum path_kind kind;
    } special[] = {
        { ".", PATH_SELF },
        { "@first", PATH_FIRST },
        { "@last", PATH_LAST },
        { "@number", PATH_NUMBER },
    };
    struct path path = { .words = slice_copy(arena, words) };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (slice_is(words, special[i].words)) {
            path.kind = special[i].kind;
            *out_path = path;
            return true;
        }
    path.is_own = slice_starts(words, ".");
    path.is_of_data = slice_starts(words, DATA);
    struct slice rest = path.is_own ? slice_from(words, 1) : words, part = { NULL, 0 };
    if (path.is_of_data)
        rest = slice_from(words, strlen(DATA));
    while (slice_split(&rest, '.', &part)) {
        if (path.count == TEMPLATE_PATH_MOST || !is_name(part))
            return false;
        path.names[path.count++] = slice_copy(arena, part);
    }
    if (path.count == 0)
        return false;
    *out_path = path;
    return true;
}

bool path_read(struct arena *arena, struct slice words, struct path *out_path)
{
    struct slice rest = words, part = { NULL, 0 };
    struct path first = { .count = 0 }, *last = NULL;
    for (size_t i = 0; slice_split(&rest, '|', &part); i++) {
        struct path *path = i == 0 ? &first : arena_new_of(arena, struct path);
        if (i == TEMPLATE_PATH_MOST || !read_one(arena, slice_trim(part), path))
            return false;
        if (last)
            last->otherwise = path;
        last = path;
    }
    if (!last)
        return false;
    first.words = slice_copy(arena, words);
    *out_path = first;
    return true;
}
