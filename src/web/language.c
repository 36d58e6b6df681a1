#include "web/language.h"

#include <assert.h>
#include <stdint.h>
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

struct list language_patterns(struct arena *arena, const struct catalogue *catalogue)
{
    struct list patterns = { 0 };
    for (uint32_t i = 0; i < catalogue->count; i++) {
        const char *words = catalogue_at(catalogue, i);
        if (!strstr(words, "{1}") || !catalogue_find(catalogue, words))
            continue;
        struct language_pattern *pattern = arena_new_of(arena, struct language_pattern);
        *pattern = (struct language_pattern){ words,
                                              slice_first(slice_of(words), strcspn(words, "{")),
                                              slice_of(strrchr(words, '}') + 1) };
        list_add(arena, &patterns, pattern);
    }
    return patterns;
}

bool language_may_match(const struct language_pattern *pattern, struct slice text)
{
    const struct slice *before = &pattern->before, *behind = &pattern->behind;
    return text.length > before->length + behind->length &&
           memcmp(text.start, before->start, before->length) == 0 &&
           memcmp(text.start + text.length - behind->length, behind->start, behind->length) == 0;
}

bool language_match(struct arena *arena, const char *pattern, const char *text,
                    const char *out_pieces[LANGUAGE_PIECES_MOST])
{
    struct slice rest = slice_of(pattern), words = slice_of(text), part = { NULL, 0 };
    size_t count = 0;
    /* What stands before the first piece; then each part begins with the piece's number. */
    if (!slice_split(&rest, '{', &part) || !slice_starts(words, slice_copy(arena, part)))
        return false;
    words = slice_from(words, part.length);
    while (slice_split(&rest, '{', &part)) {
        struct slice after = slice_from(part, 2);
        if (count == LANGUAGE_PIECES_MOST || part.length < 2 || part.start[1] != '}')
            return false;
        ptrdiff_t at = slice_find(words, slice_copy(arena, after));
        /* A piece may hold what stands behind it, such as a full stop: the last one goes to the
         * end. */
        if (rest.length == 0 && slice_ends(words, slice_copy(arena, after)))
            at = (ptrdiff_t)(words.length - after.length);
        if (at <= 0)
            return false;
        out_pieces[count++] = slice_copy(arena, slice_first(words, (size_t)at));
        words = slice_from(words, (size_t)at + after.length);
    }
    return words.length == 0;
}
