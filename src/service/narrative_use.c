/* Finds the numbers that are no figures although they are no dates: ages, names, durations, money.
 * Groups of people (school years, ages) are read here too, for they are the same words. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

enum { OLDEST = 150, LAST_SCHOOL_YEAR = 13 };

/* A whole number straight after one of these is a name. */
static const char label_words[] =
    "ni objective objectives output outputs stage stages phase section sections part level levels "
    "band bands grade grades appendix page pages survey wave tier tiers priority action actions "
    "aps version no nos article schedule table figure figures paragraph para chapter step ks key "
    "y item question outcome strand theme aim goal room lot zone category";

static const char duration_words[] = "minute minutes hour hours day days week weeks month months "
                                     "year years yr yrs term terms night nights min mins hrs";

static void mark(struct narrative *narrative, size_t token, enum token_use use)
{
    if (token_is_plain(narrative, token))
        narrative->tokens[token].use = use;
}

/* True when a bracket that was opened before the token in its sentence is still open there. */
static bool is_in_brackets(const struct narrative *narrative, size_t token)
{
    for (size_t i = token; i-- > 0 && token_same_sentence(narrative, i, token);)
        if (token_is_among(narrative, i, "( )"))
            return token_is(narrative, i, "(");
    return false;
}

/* "1)" at the head of an item. */
static bool is_list_mark(const struct narrative *narrative, size_t token)
{
    return token_whole(narrative, token) >= 0 && token_is(narrative, token + 1, ")") &&
           !is_in_brackets(narrative, token) && narrative->tokens[token].text.length <= 2 &&
           narrative->tokens[token].after_blank;
}

static bool joins_numbers(const struct narrative *narrative, size_t token)
{
    return token_is_among(narrative, token, "- / to and or &");
}

/* The end of a list of labels or ages that begins at a number: 5 and 6, 16-18, 1, 2 and 3. */
static size_t run_end(const struct narrative *narrative, size_t token)
{
    size_t end = token + 1;
    while ((joins_numbers(narrative, end) || token_is(narrative, end, ",")) &&
           token_whole(narrative, end + 1) >= 0 && token_is_plain(narrative, end + 1) &&
           token_same_sentence(narrative, token, end + 1))
        end += 2;
    return end;
}

static bool is_school_word(const struct narrative *narrative, size_t token)
{
    return token_is_among(narrative, token, "year years yr yrs");
}

static void find_labels(struct narrative *narrative)
{
    for (size_t i = 0; i + 1 < narrative->count; i++) {
        bool label = token_is_among(narrative, i, label_words);
        bool school = is_school_word(narrative, i) && token_whole(narrative, i + 1) >= 1 &&
                      token_whole(narrative, i + 1) <= LAST_SCHOOL_YEAR;
        bool whole = token_whole(narrative, i + 1) >= 0 ||
                     (token_is_plain(narrative, i + 1) && narrative->tokens[i + 1].worded);
        if ((!label && !school) || !whole || !token_is_plain(narrative, i + 1) ||
            !token_same_sentence(narrative, i, i + 1))
            continue;
        size_t end = school ? run_end(narrative, i + 1) : i + 2;
        for (size_t j = i + 1; j < end; j++)
            mark(narrative, j, USE_LABEL);
    }
    for (size_t i = 0; i < narrative->count; i++)
        if (is_list_mark(narrative, i))
            mark(narrative, i, USE_LABEL);
}

/* "year olds", "year old", "years of age", "years old" at a token. */
static bool is_age_word(const struct narrative *narrative, size_t token)
{
    static const char *const phrases[] = { "year old*", "years old", "years of age",
                                           "yr old*",   "yo",        "yos" };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (token_phrase(narrative, token, phrases[i]) > 0)
            return true;
    return false;
}

/* 16-18, 16 to 18, 16/17: the token of the upper number, or the same token. */
static size_t range_upper(const struct narrative *narrative, size_t token)
{
    int64_t low = token_whole(narrative, token), high = token_whole(narrative, token + 2);
    bool range = token_is_among(narrative, token + 1, "- / to and") && low >= 0 && high > low &&
                 high < OLDEST && token_is_number(narrative, token + 2) &&
                 narrative->tokens[token + 2].use != USE_PERIOD;
    return range ? token + 2 : token;
}

/* Whether the number or range at [token, upper] is an age by the words around it. */
static bool is_age(const struct narrative *narrative, size_t token, size_t upper)
{
    if (token_is_among(narrative, token - 1, "aged ages age") || is_age_word(narrative, upper + 1))
        return true;
    if (token_is_among(narrative, token - 1, "between from") &&
        token_is_among(narrative, token - 2, "aged ages age"))
        return true;
    bool half_open = token_is(narrative, upper + 1, "+") ||
                     token_phrase(narrative, upper + 1, "and over") > 0 ||
                     token_phrase(narrative, upper + 1, "plus") > 0;
    if (half_open && upper == token && token_is_among(narrative, token - 1, "over") == false)
        return token_whole(narrative, token) >= 10 && token_whole(narrative, token) <= 100;
    bool dash = upper > token && token_is(narrative, token + 1, "-");
    return dash && upper == token + 2 && token_whole(narrative, upper) <= 100;
}

static void find_ages(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++) {
        if (!token_is_plain(narrative, i) || token_whole(narrative, i) < 0 ||
            token_whole(narrative, i) > OLDEST)
            continue;
        size_t upper = range_upper(narrative, i);
        if (!is_age(narrative, i, upper))
            continue;
        mark(narrative, i, USE_AGE);
        mark(narrative, upper, USE_AGE);
    }
}

static void find_durations_and_money(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count; i++) {
        if (!token_is_plain(narrative, i))
            continue;
        size_t next = i + 1;
        next += token_is_among(narrative, next, "calendar working rolling consecutive full") ? 1
                                                                                             : 0;
        if (!narrative->tokens[i].percent && token_is_among(narrative, next, duration_words) &&
            token_same_sentence(narrative, i, next))
            mark(narrative, i, USE_DURATION);
        if (i > 0 && token_is(narrative, i - 1, "$") && !narrative->tokens[i].after_blank)
            mark(narrative, i, USE_MONEY);
    }
}

void narrative_find_uses(struct narrative *narrative)
{
    find_labels(narrative); /* first, so that "Years 1-3" are no ages */
    find_ages(narrative);
    find_durations_and_money(narrative);
}

/* The Reception year, not a reception desk: a capital letter, or "class", "year" or "pupils". */
static bool is_reception(const struct narrative *narrative, size_t token)
{
    if (!token_is(narrative, token, "reception"))
        return false;
    return narrative->tokens[token].text.start[0] == 'R' ||
           token_is_among(narrative, token + 1, "year class pupils children and");
}

static void add_words(const struct narrative *narrative, struct narrative_groups *groups,
                      size_t first, size_t end)
{
    struct slice words = narrative_words(narrative, first, end);
    if (groups->words.length == 0)
        groups->words = words;
    else
        groups->words.length = (size_t)(words.start + words.length - groups->words.start);
}

static void add_school_years(const struct narrative *narrative, struct narrative_groups *groups,
                             size_t token)
{
    size_t end = token + 1;
    while (end < narrative->count &&
           narrative->tokens[end].sentence == narrative->tokens[token].sentence) {
        int64_t year = token_whole(narrative, end);
        if (narrative->tokens[end].kind == TOKEN_NUMBER) {
            if (narrative->tokens[end].use != USE_LABEL || year < 1 || year > LAST_SCHOOL_YEAR)
                break;
            groups->school_years |= UINT32_C(1) << year;
            bool range = token_is_among(narrative, end + 1, "- to");
            int64_t last = range ? token_whole(narrative, end + 2) : -1;
            for (int64_t i = year; i <= last && i <= LAST_SCHOOL_YEAR; i++)
                groups->school_years |= UINT32_C(1) << i;
        } else if (!joins_numbers(narrative, end) && !token_is(narrative, end, ",")) {
            break;
        }
        end++;
    }
    while (end > token + 1 && narrative->tokens[end - 1].kind != TOKEN_NUMBER)
        end--;
    if (end > token + 1)
        add_words(narrative, groups, token, end);
}

static void add_age(const struct narrative *narrative, struct narrative_groups *groups,
                    size_t token)
{
    int64_t age = token_whole(narrative, token);
    size_t upper = range_upper(narrative, token);
    int64_t least = age, most = upper > token ? token_whole(narrative, upper) : age;
    if (upper == token && token > 0 && token_is_among(narrative, token - 1, "under below"))
        least = 0, most = age - 1;
    else if (token > 0 && token_is_among(narrative, token - 1, "over above"))
        least = age + 1, most = OLDEST;
    else if (upper == token &&
             (token_is(narrative, token + 1, "+") || token_is(narrative, token + 1, "plus") ||
              token_phrase(narrative, token + 1, "and over") > 0 ||
              token_phrase(narrative, token + 1, "and above") > 0 ||
              token_phrase(narrative, token + 1, "or over") > 0))
        most = OLDEST;
    groups->age_least = groups->has_ages && groups->age_least < least ? groups->age_least : least;
    groups->age_most = groups->has_ages && groups->age_most > most ? groups->age_most : most;
    groups->has_ages = true;
    add_words(narrative, groups, token, upper + 1);
}

struct narrative_groups narrative_groups_of(const struct narrative *narrative)
{
    struct narrative_groups groups = { 0 };
    for (size_t i = 0; i < narrative->count; i++) {
        const struct token *token = &narrative->tokens[i];
        int64_t glued = 0;
        if (is_reception(narrative, i)) {
            groups.school_years |= 1;
            add_words(narrative, &groups, i, i + 1);
        } else if (is_school_word(narrative, i) && i + 1 < narrative->count &&
                   narrative->tokens[i + 1].use == USE_LABEL) {
            add_school_years(narrative, &groups, i);
        } else if (token->kind == TOKEN_WORD && token->word[0] == 'y' &&
                   slice_integer(slice_from(token->text, 1), &glued) && glued >= 1 &&
                   glued <= LAST_SCHOOL_YEAR) {
            groups.school_years |= UINT32_C(1) << glued;
            add_words(narrative, &groups, i, i + 1);
        } else if (token->use == USE_AGE && token_whole(narrative, i) >= 0) {
            add_age(narrative, &groups, i);
            i = range_upper(narrative, i);
        }
    }
    return groups;
}
