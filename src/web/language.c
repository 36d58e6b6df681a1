#include "web/language.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/text.h"

#include "base/banned.h"

enum { CATALOGUE_MOST = 4 * 1024 * 1024, FILLED_MOST = 64 * 1024 };

const struct language_row languages[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] = { "en", "", "English" },
    [LANGUAGE_WELSH] = { "cy", "/cy", "Cymraeg" },
};

static enum status load_one(struct work *work, const char *folder, const char *code,
                            struct catalogue *out_catalogue)
{
    struct slice bytes = { NULL, 0 };
    const char *name = arena_format(work->arena, "locale/%s.mo", code);
    const char *path = folder ? arena_format(work->arena, "%s/%s", folder, name) : NULL;
    if (path && file_exists(path)) {
        enum status status = file_read(work, path, CATALOGUE_MOST, &bytes);
        if (status == STATUS_OK && !catalogue_read(bytes, out_catalogue))
            return work_fail(work, STATUS_INPUT,
                             "%s is no catalogue of translations; make it with msgfmt.", path);
        return status;
    }
    bool is_sound = embedded_find(name, &bytes) && catalogue_read(bytes, out_catalogue);
    assert(is_sound);
    return STATUS_OK;
}

enum status languages_load(struct work *work, const char *folder,
                           struct catalogue out_catalogues[LANGUAGE_COUNT])
{
    enum status status = STATUS_OK;
    out_catalogues[LANGUAGE_ENGLISH] = (struct catalogue){ .count = 0 };
    for (size_t i = LANGUAGE_WELSH; status == STATUS_OK && i < LANGUAGE_COUNT; i++)
        status = load_one(work, folder, languages[i].code, &out_catalogues[i]);
    return status;
}

enum language language_of(const char *code)
{
    for (size_t i = LANGUAGE_WELSH; code && i < LANGUAGE_COUNT; i++)
        if (strcmp(languages[i].code, code) == 0)
            return (enum language)i;
    return LANGUAGE_ENGLISH;
}

const char *language_translate(const void *catalogue, const char *words)
{
    return catalogue_find(catalogue, words);
}

const char *language_fill(struct arena *arena, const char *words, const char *name,
                          const char *value)
{
    struct text text = text_new(arena, FILLED_MOST);
    struct slice rest = slice_of(words), place = slice_of(arena_format(arena, "{%s}", name));
    for (ptrdiff_t at; (at = slice_find(rest, place.start)) >= 0;
         rest = slice_from(rest, (size_t)at + place.length)) {
        text_add_slice(&text, slice_first(rest, (size_t)at));
        text_add(&text, value);
    }
    text_add_slice(&text, rest);
    return text.bytes;
}
