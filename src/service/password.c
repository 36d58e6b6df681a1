#include "service/password.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum {
    PASSES = 3,
    MEMORY = 64 * 1024 * 1024,
    DIFFERENT_LEAST = 6, /* characters */
    OWN_LEAST = 4,       /* letters of a name that count as that name */
    REST_LEAST = 8       /* characters beside the person's own words */
};

/* A hash of nothing that anybody knows, with the costs above: what is tried on no account is tried
 * on it. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$c29tZXRoaW5nIG5vYm9keQ$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static size_t characters(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.start[i] & 0xC0) != 0x80;
    return count;
}

static size_t different(struct slice text)
{
    bool seen[256] = { false };
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        count += !seen[(unsigned char)text.start[i]];
        seen[(unsigned char)text.start[i]] = true;
    }
    return count;
}

/* Takes each place of `word` out of the text, whatever its case. */
static struct slice without(struct arena *arena, struct slice text, struct slice word)
{
    const char *own = slice_copy(arena, word);
    ptrdiff_t at = 0;
    while (word.length >= OWN_LEAST && (at = slice_find_folded(text, own)) >= 0)
        text = slice_of(arena_format(arena, "%.*s%.*s", (int)at, text.start,
                                     (int)(text.length - (size_t)at - word.length),
                                     text.start + (size_t)at + word.length));
    return text;
}

static struct slice without_words(struct arena *arena, struct slice text, const char *words)
{
    struct slice rest = slice_of(words), part = { NULL, 0 };
    while (rest.length) {
        size_t length = strcspn(rest.start, " @.-");
        part = slice_first(rest, length);
        text = without(arena, text, part);
        rest = slice_from(rest, length + 1);
    }
    return text;
}

void password_check(struct problems *problems, struct slice password,
                    const struct password_owner *owner)
{
    static const char *const common[] = { "password", "dueregard", "letmein", "welcome", "qwerty",
                                          "equality", "council",   "123456",  "abcdef" };
    size_t length = characters(password);
    if (length < PASSWORD_LEAST) {
        problem_add(problems, "password",
                    "Your password must have %d characters or more; three or four words "
                    "make a good one",
                    PASSWORD_LEAST);
        return;
    }
    if (length > PASSWORD_MOST) {
        problem_add(problems, "password", "Your password must have %d characters or fewer",
                    PASSWORD_MOST);
        return;
    }
    struct slice rest = without_words(problems->arena, password, owner->name);
    rest = without_words(problems->arena, rest, owner->email);
    rest = without_words(problems->arena, rest, owner->code);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        rest = without(problems->arena, rest, slice_of(common[i]));
    if (different(rest) < DIFFERENT_LEAST || characters(rest) < REST_LEAST)
        problem_add(problems, "password",
                    "Your password must be harder to guess; do not use your name, your e-mail "
                    "address, or the same characters again and again");
}

enum status password_hash(struct work *work, struct slice password, const char **out_hash)
{
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, password.start ? password.start : "", password.length, PASSES,
                          MEMORY) != 0)
        return work_fail(work, STATUS_LIMIT,
                         "There was not enough memory to protect the password; try again.");
    *out_hash = arena_copy_text(work->arena, hash);
    return STATUS_OK;
}

bool password_verify(const char *hash, struct slice password)
{
    bool fits = crypto_pwhash_str_verify(hash ? hash : nobody, password.start ? password.start : "",
                                         password.length) == 0;
    return fits && hash;
}
