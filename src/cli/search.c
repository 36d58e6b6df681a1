/* dueregard search: what is on record with the words given. */
#include "service/search.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "base/banned.h"

/* Without the marks around the words found. */
static const char *plain(struct arena *arena, const char *found)
{
    char *words = arena_copy_text(arena, found ? found : ""), *to = words;
    for (const char *from = words; *from; from++)
        if (*from != SEARCH_BEGINS[0] && *from != SEARCH_ENDS[0])
            *to++ = *from;
    *to = 0;
    return words;
}

static enum status print_hits_json(struct work *work, const struct list *hits)
{
    json_t *array = json_array();
    for (size_t i = 0; i < hits->count; i++) {
        const struct search_hit *hit = hits->items[i];
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:s}", "kind", hit->kind,
                                               "code", hit->code, "title", hit->title, "found",
                                               plain(work->arena, hit->found), "path", hit->path));
    }
    return print_json(work, array);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct list hits = { 0 };
    enum command_format format = FORMAT_TEXT;
    const char *query = arguments->words[0];
    enum status status = argument_format(work, command, arguments, &format);
    for (size_t i = 1; i < arguments->word_count; i++)
        query = arena_format(work->arena, "%s %s", query, arguments->words[i]);
    if (status == STATUS_OK)
        status = search_find(work, query, &hits);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        return print_hits_json(work, &hits);
    for (size_t i = 0; status == STATUS_OK && i < hits.count; i++) {
        const struct search_hit *hit = hits.items[i];
        status = print_line(work, "%s %s", search_kind_words(hit->kind), hit->code);
        if (status == STATUS_OK)
            status = print_wrapped(work, "  ", plain(work->arena, hit->found));
    }
    return status == STATUS_OK ? print_line(work, "%zu found.", hits.count) : status;
}

const struct command command_search = {
    .name = "search",
    .words = "WORDS…",
    .summary = "what is on record with all of these words: plan, actions, measures, returns",
    .options = { { "format", "FORMAT", "text or json", false } },
    .least_words = 1,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_READ,
    .right = RIGHT_READ,
    .run = run,
};
