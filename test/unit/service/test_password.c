/* Passwords that many people use, or that somebody nearby would guess, are refused, whatever is put
 * behind them to make them long; ones that were drawn by lot are taken. */
#include "service/password.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "service/guesses.h"
#include "support/support.h"

enum { COMMON = 3000, DRAWN = 2000 };

static const struct password_owner owner = { "s.okafor", "Sam Okafor-Lindqvist",
                                             "sam.okafor@barchester.gov.invalid",
                                             "Barchester Borough Council" };

static bool is_taken(struct work *work, const char *password, const char **out_words)
{
    struct problems problems = { .arena = work->arena };
    password_check(&problems, slice_of(password), &owner);
    *out_words = problems.list.count ? ((struct problem *)problems.list.items[0])->words : "";
    return problems.list.count == 0;
}

static void refuse(struct work *work, const char *password)
{
    const char *words = NULL;
    struct arena_mark mark = arena_mark(work->arena);
    if (is_taken(work, password, &words))
        fail_msg("\"%s\" is taken", password);
    assert_true(strstr(words, "harder to guess") || strstr(words, "15 characters or more"));
    arena_return(work->arena, mark);
}

static void take(struct work *work, const char *password)
{
    const char *words = NULL;
    struct arena_mark mark = arena_mark(work->arena);
    if (!is_taken(work, password, &words))
        fail_msg("\"%s\": %s", password, words);
    arena_return(work->arena, mark);
}

/* What people do to make a password long enough. */
static void refuse_in_all_forms(struct work *work, const char *word)
{
    struct arena_mark mark = arena_mark(work->arena);
    char *capital = arena_copy_text(work->arena, word);
    if (*capital >= 'a' && *capital <= 'z')
        *capital = (char)(*capital - 'a' + 'A');
    refuse(work, word);
    refuse(work, arena_format(work->arena, "%s123456789012345", word));
    refuse(work, arena_format(work->arena, "%s%s%s%s%s%s", word, word, word, word, word, word));
    refuse(work, arena_format(work->arena, "%s2026!!!!!!!!!!!", capital));
    refuse(work, arena_format(work->arena, "qwertyuiop1234%s", capital));
    arena_return(work->arena, mark);
}

/* The commonest passwords of the list that the words were made from; without it (npm ci), a few. */
static void common_ones_are_refused(void **state)
{
    static const char *const few[] = { "123456",   "password", "12345678", "qwerty",   "123456789",
                                       "monkey",   "letmein",  "dragon",   "iloveyou", "sunshine",
                                       "princess", "football", "charlie",  "shadow",   "trustno1" };
    struct work work = support_work();
    struct slice bytes, rest, word;
    size_t count = 0;
    (void)state;
    for (size_t i = 0; i < sizeof few / sizeof *few; i++)
        refuse_in_all_forms(&work, few[i]);
    const char *path = support_path(&work, "node_modules/zxcvbn/lib/frequency_lists.js");
    if (file_read(&work, path, 4 << 20, &bytes) != STATUS_OK) {
        work_forget(&work);
        support_work_end(&work);
        skip();
    }
    ptrdiff_t at = slice_find(bytes, "passwords: \"");
    assert_true(at > 0);
    rest = slice_from(bytes, (size_t)at + strlen("passwords: \""));
    while (count < COMMON && slice_split(&rest, ',', &word)) {
        refuse_in_all_forms(&work, slice_copy(work.arena, word));
        count++;
    }
    assert_int_equal(count, COMMON);
    support_work_end(&work);
}

static void ones_own_words_are_refused(void **state)
{
    static const char *const own[] = {
        "Sam Okafor-Lindqvist",     "SamOkaforLindqvist1",   "sam.okafor@barchester.gov.invalid",
        "Barchester2026Council!",   "b@rchester b@rchester", "s.okafor s.okafor",
        "BarchesterBoroughCouncil", "Okafor19841984Okafor",  "equality equality",
        "DueRegardDueRegard1",      "sam25121984okafor",
    };
    static const char *const patterns[] = {
        "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrst", "zyxwvutsrqponmlkj",  "1qaz2wsx3edc4rfv",
        "qazwsxedcrfvtgb",      "qwertyuiopasdfghjkl",  "123456789987654321", "000111222333444",
        "31121999 31121999",    "P@55w0rdP@55w0rd",     "!!!!!!!!!!!!!!!!!!",
    };
    struct work work = support_work();
    (void)state;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        refuse(&work, own[i]);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        refuse(&work, patterns[i]);
    support_work_end(&work);
}

static uint32_t draw(uint64_t *seed, uint32_t most)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % most;
}

/* Syllables that make a word which is in no list. */
static const char *drawn_word(struct arena *arena, uint64_t *seed)
{
    static const char *const syllables[] = {
        "bra", "cho", "dil", "ef",  "gom", "hur", "ixa", "jub", "kel", "lor", "mip", "nud",
        "osk", "pra", "quo", "rif", "sun", "tev", "ulm", "vop", "wex", "yar", "zid", "clo"
    };
    return arena_format(arena, "%s%s", syllables[draw(seed, 24)], syllables[draw(seed, 24)]);
}

static void drawn_ones_are_taken(void **state)
{
    static const char *const good[] = {
        "umbrella violet canyon 7",      "granite teapot lullaby 8",
        "correct horse battery staple",  "tri chath gwyrdd ar y lleuad",
        "Zwölf Boxkämpfer jagen Viktor", "kettle-orbit-sandal-fjord"
    };
    struct work work = support_work();
    uint64_t seed = 20261125;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        take(&work, good[i]);
    for (size_t i = 0; i < DRAWN; i++) {
        struct arena_mark mark = arena_mark(work.arena);
        char signs[17] = "";
        for (size_t j = 0; j < 16; j++)
            signs[j] = (char)('!' + draw(&seed, 94));
        take(&work, signs);
        take(&work, arena_format(work.arena, "%s %s %s %s", drawn_word(work.arena, &seed),
                                 drawn_word(work.arena, &seed), drawn_word(work.arena, &seed),
                                 drawn_word(work.arena, &seed)));
        arena_return(work.arena, mark);
    }
    support_work_end(&work);
}

static void lengths_are_in_characters(void **state)
{
    struct work work = support_work();
    const char *words = NULL;
    char long_one[PASSWORD_MOST + 2] = "";
    (void)state;
    uint64_t seed = 7;
    for (size_t i = 0; i < PASSWORD_MOST; i++)
        long_one[i] = (char)('!' + draw(&seed, 94));
    take(&work, long_one);
    long_one[PASSWORD_MOST] = 'x';
    assert_false(is_taken(&work, long_one, &words));
    assert_non_null(strstr(words, "128 characters or fewer"));
    assert_false(is_taken(&work, "kř9ŵq-ŷx!âz7ô1", &words)); /* fourteen, of more bytes */
    assert_non_null(strstr(words, "15 characters or more"));
    take(&work, "kř9ŵq-ŷx!âz7ô1u");
    support_work_end(&work);
}

/* Five bytes of a hash: what is in no list is hardly ever taken for a word. */
static void strange_words_are_hardly_ever_common(void **state)
{
    uint64_t seed = 1;
    size_t found = 0;
    double rank = 0;
    (void)state;
    for (size_t i = 0; i < 1000000; i++) {
        char word[21] = "";
        for (size_t j = 0; j < 20; j++)
            word[j] = (char)('a' + draw(&seed, 26));
        found += guesses_common(slice_of(word), &rank);
    }
    assert_int_equal(found, 0);
    assert_true(guesses_common(SLICE("password"), &rank));
    assert_true(rank < 0.5);
    assert_true(guesses_common(SLICE("gloucestershire"), &rank));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_ones_are_refused),
        cmocka_unit_test(ones_own_words_are_refused),
        cmocka_unit_test(drawn_ones_are_taken),
        cmocka_unit_test(lengths_are_in_characters),
        cmocka_unit_test(strange_words_are_hardly_ever_common),
    };
    return cmocka_run_group_tests_name("service/password", tests, NULL, NULL);
}
