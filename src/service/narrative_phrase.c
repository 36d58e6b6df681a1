/* The closed lists of phrases, and likeness of texts. A phrase is words in a row; a star stands for
 * the rest of a word, and alone for any one word. */
#include <string.h>

#include "base/arena.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

static const char *const future[] = {
    "expect",
    "expects",
    "expected",
    "expecting",
    "forecast*",
    "projected",
    "projection*",
    "predict*",
    "anticipat*",
    "will",
    "plan to",
    "plans to",
    "planned",
    "planning to",
    "aim to",
    "aims to",
    "aiming",
    "hope to",
    "hopes to",
    "hoped",
    "hoping",
    "hopeful",
    "on track to",
    "on track for",
    "on target to",
    "on target for",
    "on course to",
    "on course for",
    "intend*",
    "set to",
    "likely to",
    "should reach",
    "should be",
    "should achieve",
    "should meet",
    "going to",
    "would be",
    "would reach",
    "looking to",
    "scheduled to",
    "confident",
    "due to reach",
    "due to rise",
    "due to fall",
    "estimated to",
    "year end position",
    "estimated outturn",
    "forecast outturn",
};

static const char *const by_date[] = {
    "by the end of", "by end of",       "by year end", "by the year end",
    "by end",        "by the close of", "by next",     "by the start of",
};

static const char *const revision[] = {
    "may need to be revised",
    "will need to be revised",
    "needs to be revised",
    "need to be revised",
    "to be revised",
    "has been revised",
    "have been revised",
    "was revised",
    "were revised",
    "may improve",
    "may change",
    "may increase slightly",
    "may rise slightly",
    "may fall slightly",
    "subject to revision",
    "subject to change",
    "been corrected",
    "was corrected",
    "were corrected",
    "corrected data",
    "corrected figure*",
    "recently corrected",
    "recalculat*",
    "restate*",
    "previously reported as",
    "previously misreported",
    "reported in error",
    "wrongly reported",
    "incorrectly reported",
    "revised figure*",
    "revised data",
    "has been amended",
    "have been amended",
    "counted wrongly",
    "previously published figure*",
};

static const char *const small[] = {
    "small number*",
    "low number*",
    "small cohort*",
    "small sample*",
    "small group*",
    "small base*",
    "small population*",
    "small data set*",
    "small dataset*",
    "small size",
    "numbers are small",
    "numbers are low",
    "numbers are very small",
    "numbers are relatively small",
    "numbers being small",
    "numbers involved are small",
    "cohort is small",
    "cohort is very small",
    "sample is small",
    "base is small",
    "few cases",
    "few people",
    "few respondents",
    "few pupils",
    "very few",
    "too few",
    "only a handful",
    "a handful of",
    "low base",
    "low response*",
    "small response*",
    "numbers are so small",
    "small overall number*",
};

static const char *const awaiting[] = {
    "not yet",
    "yet to",
    "await*",
    "next survey",
    "to be completed",
    "to be reported",
    "be reported",
    "report on this",
    "not available",
    "unavailable",
    "no data",
    "not been received",
    "not been returned",
    "have not come",
    "still to come",
    "being collected",
    "come out in",
    "comes out in",
    "published in",
    "to be published",
    "to be agreed",
    "to be established",
    "to be set",
    "to be confirmed",
    "tbc",
    "pending",
    "being sought",
    "is seeking",
    "are seeking",
    "seeking information",
    "not due",
    "when available",
    "data will be",
    "figures will be",
    "results will be",
};

static const char *const comparison[] = {
    "same period", "since",         "compared",         "comparison",   "compares",
    "last year",   "previous year", "previous quarter", "last quarter", "than",
    "up from",     "down from",     "rise from",        "fall from",    "from",
    "in contrast", "prior year",    "year before",      "baseline",     "preceding",
};

static const char *const span[] = {
    "average over * year*",       "average over the * year*", "averaged over * year*",
    "over the last * years",      "over the past * years",    "over * years the average",
    "mean over * year*",          "* year average",           "* year rolling average",
    "over * years is an average", "average of * years",       "average of the * years",
    "average for the * years",
};

static const char *const opposite[] = {
    "neet",        "not in",    "not at",      "without",   "did not",    "do not",    "does not",
    "failed to",   "unable to", "not meeting", "not met",   "not yet",    "lack",      "lacked",
    "non",         "missed",    "no longer",   "unsatisf*", "dissatisf*", "unemploy*", "workless",
    "not settled", "disagree*", "had no",      "have no",   "has no",
};

/* The figure of speech "numbers are small in relative terms" and its like, in any order. */
static const char number_nouns[] = "number numbers cohort sample base population";

static const struct {
    const char *const *phrases;
    size_t count;
} lists[] = {
    [PHRASE_FUTURE] = { future, sizeof future / sizeof *future },
    [PHRASE_BY_DATE] = { by_date, sizeof by_date / sizeof *by_date },
    [PHRASE_REVISION] = { revision, sizeof revision / sizeof *revision },
    [PHRASE_SMALL] = { small, sizeof small / sizeof *small },
    [PHRASE_AWAITING] = { awaiting, sizeof awaiting / sizeof *awaiting },
    [PHRASE_COMPARISON] = { comparison, sizeof comparison / sizeof *comparison },
    [PHRASE_SPAN] = { span, sizeof span / sizeof *span },
    [PHRASE_OPPOSITE] = { opposite, sizeof opposite / sizeof *opposite },
};

size_t narrative_phrase_at(const struct narrative *narrative, enum phrase_list list, size_t token)
{
    size_t longest = 0;
    char initial = token < narrative->count ? narrative->tokens[token].word[0] : '\0';
    for (size_t i = 0; i < lists[list].count; i++) {
        const char *phrase = lists[list].phrases[i];
        if (phrase[0] != initial && phrase[0] != '*')
            continue;
        size_t length = token_phrase(narrative, token, phrase);
        longest = length > longest ? length : longest;
    }
    if (list == PHRASE_SMALL && longest == 0 && token_is_among(narrative, token, number_nouns))
        for (size_t i = 1; i <= 4 && longest == 0; i++)
            if (token_same_sentence(narrative, token, token + i) &&
                token_is_among(narrative, token + i, "small tiny"))
                longest = i + 1;
    return longest;
}

/* With which letters phrases of a list begin, as bits: nearly every word begins otherwise. Marks
 * and digits share a bit, and all have theirs where a phrase begins with any word. */
static uint32_t initial_bit(char initial)
{
    return initial >= 'a' && initial <= 'z' ? UINT32_C(1) << (initial - 'a') : UINT32_C(1) << 26;
}

static uint32_t initials_of(enum phrase_list list)
{
    uint32_t initials = 0;
    for (size_t i = 0; i < lists[list].count; i++)
        initials |= *lists[list].phrases[i] == '*' ? UINT32_MAX
                                                   : initial_bit(*lists[list].phrases[i]);
    for (const char *at = number_nouns; list == PHRASE_SMALL && *at; at++)
        initials |= at == number_nouns || at[-1] == ' ' ? initial_bit(*at) : 0;
    return initials;
}

bool narrative_has(const struct narrative *narrative, enum phrase_list list, size_t *out_token,
                   size_t *out_end)
{
    const uint32_t initials = initials_of(list);
    for (size_t i = 0; i < narrative->count; i++) {
        if (!(initials & initial_bit(*narrative->tokens[i].word)))
            continue;
        size_t length = narrative_phrase_at(narrative, list, i);
        if (length == 0)
            continue;
        if (out_token)
            *out_token = i;
        if (out_end)
            *out_end = i + length;
        return true;
    }
    return false;
}

static bool is_word(const struct narrative *narrative, size_t token)
{
    return narrative->tokens[token].kind != TOKEN_MARK;
}

static size_t word_list(const struct narrative *narrative, const char **out_words)
{
    size_t count = 0;
    for (size_t i = 0; i < narrative->count; i++)
        if (is_word(narrative, i))
            out_words[count++] = narrative->tokens[i].word;
    return count;
}

enum { MOST_COMPARED = 2000 }; /* words; longer texts are compared by their beginnings */

/* Length of the longest common run of words in order (not necessarily adjacent). */
static size_t common_words(struct arena *arena, const char **a, size_t a_count, const char **b,
                           size_t b_count)
{
    size_t *row = arena_array_of(arena, b_count + 1, size_t);
    for (size_t i = 0; i < a_count; i++) {
        size_t diagonal = 0;
        for (size_t j = 1; j <= b_count; j++) {
            size_t above = row[j];
            if (strcmp(a[i], b[j - 1]) == 0)
                row[j] = diagonal + 1;
            else if (row[j - 1] > row[j])
                row[j] = row[j - 1];
            diagonal = above;
        }
    }
    return row[b_count];
}

int narrative_similarity(struct arena *arena, const char *a, const char *b)
{
    struct arena_mark mark = arena_mark(arena); /* nothing of this is needed afterwards */
    struct narrative first = { .arena = arena, .text = narrative_slice(a) };
    struct narrative second = { .arena = arena, .text = narrative_slice(b) };
    narrative_split(&first);
    narrative_split(&second);
    const char **first_words = arena_array_of(arena, first.count + 1, const char *);
    const char **second_words = arena_array_of(arena, second.count + 1, const char *);
    size_t n = word_list(&first, first_words), m = word_list(&second, second_words);
    n = n < MOST_COMPARED ? n : MOST_COMPARED;
    m = m < MOST_COMPARED ? m : MOST_COMPARED;
    size_t longer = n > m ? n : m, shorter = n > m ? m : n, common = 0;
    if (longer > 0 && shorter * 2 >= longer)
        common = common_words(arena, first_words, n, second_words, m);
    arena_return(arena, mark);
    return longer > 0 ? (int)(common * 100 / longer) : 0;
}

/* Words that say nothing of the subject. */
static const char empty_words[] =
    "a an and are as at be been being but by for from had has have in into is it its of on or our "
    "that the their them these they this to up was we were which who whom will with year years per "
    "all not no than more less least most target targets march by end number percentage proportion "
    "rate figure q1 q2 q3 q4 quarter performance still also";

static bool is_meaningful(const struct narrative *narrative, size_t token)
{
    return narrative->tokens[token].kind == TOKEN_WORD &&
           strlen(narrative->tokens[token].word) > 2 &&
           !token_is_among(narrative, token, empty_words);
}

/* The same word, or the same but for its ending: event, events. */
static bool same_stem(const char *a, const char *b)
{
    size_t common = 0;
    while (a[common] && a[common] == b[common])
        common++;
    size_t rest_a = strlen(a + common), rest_b = strlen(b + common);
    return (rest_a == 0 && rest_b == 0) || (common >= 4 && rest_a <= 3 && rest_b <= 3);
}

int narrative_overlap(const struct narrative *a, const struct narrative *b)
{
    size_t all = 0, found = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (!is_meaningful(a, i))
            continue;
        all++;
        for (size_t j = 0; j < b->count; j++)
            if (is_meaningful(b, j) && same_stem(a->tokens[i].word, b->tokens[j].word)) {
                found++;
                break;
            }
    }
    return all ? (int)(found * 100 / all) : 0;
}

bool narrative_same_figures(const struct narrative *a, const struct narrative *b)
{
    if (a->figure_count != b->figure_count)
        return false;
    for (size_t i = 0; i < a->figure_count; i++)
        if (a->figures[i].number != b->figures[i].number)
            return false;
    return true;
}
