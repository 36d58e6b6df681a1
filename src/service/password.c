#include "service/password.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "service/guesses.h"
#include "base/banned.h"

enum { PASSES = 3, MEMORY = 64 * 1024 * 1024 };

#define GUESSES_LEAST 10.0 /* the decimal logarithm of the guesses that one must take */

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

/* Adds the words that somebody nearby would try first: the whole and its parts, in small letters.
 */
static void add_own(struct arena *arena, const char *words, struct list *own)
{
    char *small = arena_copy_text(arena, words ? words : "");
    for (char *c = small; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    list_add(arena, own, small);
    struct slice rest = slice_of(small);
    while (rest.length) {
        size_t length = strcspn(rest.start, " @.-'()");
        list_add(arena, own, slice_copy(arena, slice_first(rest, length)));
        rest = slice_from(rest, length + 1);
    }
}

void password_check(struct problems *problems, struct slice password,
                    const struct password_owner *owner)
{
    struct list own = { 0 };
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
    add_own(problems->arena, owner->name, &own);
    add_own(problems->arena, owner->email, &own);
    add_own(problems->arena, owner->code, &own);
    add_own(problems->arena, owner->authority, &own);
    add_own(problems->arena, "dueregard due regard equality council", &own);
    if (guesses_log10(problems->arena, password, &own) < GUESSES_LEAST)
        problem_add(problems, "password",
                    "Your password must be harder to guess: it is made of words, names or patterns "
                    "that many people use, or that belong to you or your authority. Put three or "
                    "four words together that have nothing to do with each other");
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
