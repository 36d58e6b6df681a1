#include "service/people_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "service/rules_table.h"
#include "store/store.h"
#include "base/banned.h"

enum { INITIALS = 256, FILE_MOST_WORDS = 2000 };

/* The phrases by their first byte, so that a token is compared with few of them. */
struct people_words {
    struct list by_initial[INITIALS]; /* of struct people_word * */
    size_t count;
};

static const char file[] = "people_words.csv";

static const char *const kind_names[PEOPLE_WORD_KINDS] = {
    [PEOPLE_WORD_COUNT] = "count",   [PEOPLE_WORD_ALL_BUT] = "all-but",
    [PEOPLE_WORD_WITHIN] = "within", [PEOPLE_WORD_OF] = "of",
    [PEOPLE_WORD_PEOPLE] = "people", [PEOPLE_WORD_STAFF] = "staff",
    [PEOPLE_WORD_GROUP] = "group",
};

static bool read_kind(const char *name, enum people_word_kind *out_kind)
{
    for (int i = 0; name && i < PEOPLE_WORD_KINDS; i++)
        if (strcmp(name, kind_names[i]) == 0) {
            *out_kind = (enum people_word_kind)i;
            return true;
        }
    return false;
}

static enum status take_row(struct work *work, void *target,
                            const char *const cells[RULES_MOST_COLUMNS])
{
    struct people_words *words = target;
    struct people_word *word = arena_new_of(work->arena, struct people_word);
    int64_t count = 0;
    int decimals = 0;
    bool is_read = read_kind(cells[0], &word->kind) && cells[1] && words->count < FILE_MOST_WORDS;
    if (is_read && word->kind == PEOPLE_WORD_COUNT)
        is_read = cells[2] && number_read(slice_of(cells[2]), &count, &decimals) && decimals == 0 &&
                  count >= 0;
    if (!is_read)
        return work_fail(work, STATUS_INPUT,
                         "rules/%s: the row \"%.40s\" is not understood; rules/README.md says what "
                         "its columns hold.",
                         file, cells[1] ? cells[1] : "");
    word->words = cells[1];
    word->count = count / NUMBER_ONE;
    word->variable = cells[3];
    word->label = cells[4];
    list_add(work->arena, &words->by_initial[(unsigned char)word->words[0]], word);
    words->count++;
    return STATUS_OK;
}

enum status people_words_read(struct work *work, const struct people_words **out_words)
{
    static const char *const columns[] = { "kind", "words", "count", "variable", "label", NULL };
    const struct people_words *kept = work->store ? store_kept(work->store, file) : NULL;
    if (kept) {
        *out_words = kept;
        return STATUS_OK;
    }
    struct work lasting = *work;
    lasting.arena = work->store ? store_arena(work->store) : work->arena;
    struct people_words *words = arena_new_of(lasting.arena, struct people_words);
    enum status status = rules_table_read(&lasting, file, columns, take_row, words);
    if (status != STATUS_OK)
        return work_fail(work, status, "%s", lasting.error);
    if (work->store)
        store_keep(work->store, file, words);
    *out_words = words;
    return STATUS_OK;
}

const struct people_word *people_words_next(const struct people_words *words,
                                            const struct narrative *narrative, size_t token,
                                            enum people_word_kind kind, size_t *at)
{
    if (token >= narrative->count)
        return NULL;
    const struct list *list = &words->by_initial[(unsigned char)narrative->tokens[token].word[0]];
    while (*at < list->count) {
        const struct people_word *word = list->items[(*at)++];
        if (word->kind == kind && token_phrase(narrative, token, word->words) > 0)
            return word;
    }
    return NULL;
}

size_t people_words_at(const struct people_words *words, const struct narrative *narrative,
                       size_t token, enum people_word_kind kind,
                       const struct people_word **out_word)
{
    const struct people_word *word;
    size_t longest = 0, at = 0;
    while ((word = people_words_next(words, narrative, token, kind, &at)) != NULL) {
        size_t length = token_phrase(narrative, token, word->words);
        if (length <= longest)
            continue;
        longest = length;
        if (out_word)
            *out_word = word;
    }
    return longest;
}
