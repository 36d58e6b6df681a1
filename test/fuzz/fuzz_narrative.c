/* Reads the input as a narrative, and as two after the first "\n---\n", and asks every question.
 * Whatever the words are: every token that is named exists, lies in the text and keeps its order,
 * a figure is a plain number, and reading twice gives the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "service/narrative.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 14 };

static void check_tokens(const struct narrative *narrative)
{
    const char *from = narrative->text.start, *end = from + narrative->text.length;
    size_t sentence = 0;
    for (size_t i = 0; i < narrative->count; i++) {
        const struct token *token = &narrative->tokens[i];
        assert(token->text.start >= from && token->text.length > 0);
        assert(token->text.start + token->text.length <= token->end && token->end <= end);
        assert(token->sentence >= sentence && token->sentence < narrative->sentences);
        from = token->end;
        sentence = token->sentence;
    }
}

static void check_places(const struct narrative *narrative)
{
    size_t count = narrative->count;
    for (size_t i = 0; i < narrative->figure_count; i++) {
        assert(narrative->figures[i].token < count);
        assert(narrative->tokens[narrative->figures[i].token].use == USE_PLAIN);
        assert(narrative_figure_text(narrative, narrative->figures[i].token) != NULL);
        assert(narrative_sentence(narrative, narrative->figures[i].token).length > 0);
    }
    for (size_t i = 0; i < narrative->period_count; i++) {
        const struct narrative_period *period = &narrative->periods[i];
        assert(period->first < period->end && period->end <= count);
        assert(period->has_year == (period->period.year != 0));
    }
    for (size_t i = 0; i < narrative->share_count; i++) {
        const struct narrative_share *share = &narrative->shares[i];
        assert(share->part < share->whole && share->whole < count);
        assert(share->claim == NARRATIVE_NONE || share->claim < count);
    }
    for (size_t i = 0; i < narrative->change_count; i++)
        assert(narrative->changes[i].before < count && narrative->changes[i].after < count);
    for (size_t i = 0; i < narrative->bound_count; i++)
        assert(narrative->bounds[i].token < count && narrative->bounds[i].first < count);
    for (size_t i = 0; i < narrative->target_count; i++)
        assert(narrative->targets[i].figure < narrative->figure_count);
}

static void check_phrases(const struct narrative *narrative)
{
    for (int list = PHRASE_FUTURE; list <= PHRASE_OPPOSITE; list++) {
        size_t token = 0, end = 0;
        if (narrative_has(narrative, (enum phrase_list)list, &token, &end))
            assert(token < end && end <= narrative->count);
    }
    struct narrative_groups groups = narrative_groups_of(narrative);
    assert(!groups.has_ages || groups.age_least >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct slice input = { (const char *)bytes, size };
    ptrdiff_t cut = slice_find(input, "\n---\n");
    struct slice second = cut < 0 ? input : slice_from(input, (size_t)cut + 5);
    const char *a = slice_copy(arena, cut < 0 ? input : slice_first(input, (size_t)cut));
    const char *b = slice_copy(arena, second);
    struct narrative first = narrative_read(arena, a), other = narrative_read(arena, b);
    check_tokens(&first);
    check_places(&first);
    check_phrases(&first);
    int alike = narrative_similarity(arena, a, b);
    assert(alike >= 0 && alike <= 100 && alike == narrative_similarity(arena, b, a));
    int overlap = narrative_overlap(&first, &other);
    assert(overlap >= 0 && overlap <= 100);
    struct narrative again = narrative_read(arena, a);
    assert(again.count == first.count && narrative_same_figures(&first, &again));
    return 0;
}
