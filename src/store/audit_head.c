#include "store/audit_head.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/moment.h"
#include "base/banned.h"

static const char select_before[] =
    "SELECT id, hash FROM audit_event WHERE id < $1 AND hash IS NOT NULL ORDER BY id DESC LIMIT 1";
static const char select_hash[] = "SELECT hash FROM audit_event WHERE id = $1";
static const char select_newest[] = "SELECT COALESCE(MAX(id), 0) FROM audit_event";

const char *const audit_head_statements[] = { select_before, select_hash, select_newest, NULL };

struct key_pair {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
};

/* The pair follows from the audit's key, so that there is one secret to keep. */
static struct key_pair key_pair(const struct workspace *workspace)
{
    static const char purpose[] = "audit head";
    struct key_pair pair;
    unsigned char seed[crypto_sign_SEEDBYTES];
    crypto_generichash(seed, sizeof seed, (const unsigned char *)purpose, sizeof purpose - 1,
                       workspace->audit_key, HASH_KEY_LENGTH);
    crypto_sign_seed_keypair(pair.public, pair.secret, seed);
    sodium_memzero(seed, sizeof seed);
    return pair;
}

void audit_head_key(const struct workspace *workspace, char out_key[AUDIT_HEAD_KEY_LENGTH + 1])
{
    struct key_pair pair = key_pair(workspace);
    sodium_bin2hex(out_key, AUDIT_HEAD_KEY_LENGTH + 1, pair.public, sizeof pair.public);
    sodium_memzero(&pair, sizeof pair);
}

/* What is signed. */
static struct slice words_of(struct arena *arena, const struct audit_head *head)
{
    return slice_of(arena_format(arena, "dueregard audit head 1\n%lld\n%s\n%s\n",
                                 (long long)head->event, head->hash, head->at));
}

static void sign(struct work *work, struct audit_head *head)
{
    unsigned char signature[crypto_sign_BYTES];
    char digits[AUDIT_HEAD_SIGNATURE_LENGTH + 1];
    struct key_pair pair = key_pair(work->workspace);
    struct slice words = words_of(work->arena, head);
    crypto_sign_detached(signature, NULL, (const unsigned char *)words.start, words.length,
                         pair.secret);
    sodium_memzero(&pair, sizeof pair);
    sodium_bin2hex(digits, sizeof digits, signature, sizeof signature);
    head->signature = arena_copy_text(work->arena, digits);
}

static enum status make_before(struct work *work, int64_t next, struct audit_head *out_head)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, select_before, PARAMETERS(parameter_integer(next)),
                                     &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status != STATUS_OK)
        return status == STATUS_END ? STATUS_NOT_FOUND : status;
    *out_head = (struct audit_head){ .event = cursor_integer(cursor, 0),
                                     .hash = arena_copy_text(work->arena, cursor_text(cursor, 1)),
                                     .at = work->now };
    sign(work, out_head);
    return STATUS_OK;
}

enum status audit_head_make(struct work *work, struct audit_head *out_head)
{
    return make_before(work, INT64_MAX, out_head);
}

const char *audit_head_print(struct arena *arena, const struct audit_head *head)
{
    return arena_format(arena, "head 1 %lld %s %s %s", (long long)head->event, head->hash, head->at,
                        head->signature);
}

static bool is_hexadecimal(struct slice word, size_t length)
{
    for (size_t i = 0; i < word.length; i++) {
        char c = word.start[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return word.length == length;
}

bool audit_head_read(struct arena *arena, struct slice line, struct audit_head *out_head)
{
    struct slice rest = line, words[6], extra;
    struct audit_head head;
    int64_t moment = 0;
    for (size_t i = 0; i < 6; i++)
        if (!slice_word(&rest, &words[i]))
            return false;
    if (slice_word(&rest, &extra) || !slice_is(words[0], "head") || !slice_is(words[1], "1") ||
        !slice_integer(words[2], &head.event) || head.event < 1 ||
        !is_hexadecimal(words[3], HASH_TEXT_LENGTH) ||
        !is_hexadecimal(words[5], AUDIT_HEAD_SIGNATURE_LENGTH))
        return false;
    head.hash = slice_copy(arena, words[3]);
    head.at = slice_copy(arena, words[4]);
    head.signature = slice_copy(arena, words[5]);
    if (!moment_read(head.at, &moment))
        return false;
    *out_head = head;
    return true;
}

static bool is_signed(struct arena *arena, const struct audit_head *head, const char *key)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
    size_t key_length = 0, signature_length = 0;
    struct slice words = words_of(arena, head);
    return sodium_hex2bin(public, sizeof public, key, strlen(key), NULL, &key_length, NULL) == 0 &&
           key_length == sizeof public &&
           sodium_hex2bin(signature, sizeof signature, head->signature, strlen(head->signature),
                          NULL, &signature_length, NULL) == 0 &&
           signature_length == sizeof signature &&
           crypto_sign_verify_detached(signature, (const unsigned char *)words.start, words.length,
                                       public) == 0;
}

static enum status newest(struct work *work, int64_t *out_event)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, select_newest, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_event = cursor_integer(cursor, 0);
    return status;
}

enum status audit_head_check(struct work *work, const struct audit_head *head, const char *key,
                             enum audit_head_outcome *out_outcome)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    int64_t last = 0;
    if (!is_signed(work->arena, head, key)) {
        *out_outcome = AUDIT_HEAD_FORGED;
        return STATUS_OK;
    }
    enum status status = newest(work, &last);
    if (status == STATUS_OK)
        status = store_query(work, select_hash, PARAMETERS(parameter_integer(head->event)),
                             &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    const char *hash = status == STATUS_OK ? cursor_text(cursor, 0) : NULL;
    bool is_same = hash && strcmp(hash, head->hash) == 0;
    *out_outcome = last < head->event ? AUDIT_HEAD_CUT
                   : is_same          ? AUDIT_HEAD_HOLDS
                                      : AUDIT_HEAD_CHANGED;
    return STATUS_OK;
}

enum status audit_head_last_kept(struct work *work, struct audit_head *out_head)
{
    const char *path = work->workspace->heads;
    struct audit_head head, last = { .event = 0 };
    struct slice bytes, line;
    if (!path || !file_exists(path))
        return STATUS_NOT_FOUND;
    enum status status = file_read(work, path, AUDIT_HEADS_MOST_BYTES, &bytes);
    while (status == STATUS_OK && slice_split(&bytes, '\n', &line))
        if (audit_head_read(work->arena, line, &head) && head.event > last.event)
            last = head;
    if (status == STATUS_OK && last.event == 0)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out_head = last;
    return status;
}

static enum status append(struct work *work, const char *path, const char *line)
{
    struct slice words = slice_of(arena_format(work->arena, "%s\n", line));
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    bool is_well = file >= 0 && write(file, words.start, words.length) == (ssize_t)words.length &&
                   fdatasync(file) == 0;
    int failure = errno;
    if (file >= 0)
        close(file);
    if (!is_well)
        return work_fail(work, STATUS_STORAGE,
                         "%s: the signed head of the audit could not be written (%s); nothing is "
                         "changed until it can.",
                         path, strerror(failure));
    return STATUS_OK;
}

static bool is_due(const char *path, int64_t next)
{
    struct stat facts;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return stat(path, &facts) != 0 || facts.st_size == 0 ||
           now.tv_sec - facts.st_mtime >= AUDIT_HEAD_EVERY_SECONDS ||
           next % AUDIT_HEAD_EVERY_EVENTS == 1;
}

enum status audit_head_keep(struct work *work, int64_t next)
{
    struct audit_head head;
    const char *path = work->workspace->heads;
    if (!path || !is_due(path, next))
        return STATUS_OK;
    enum status status = make_before(work, next, &head);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    return status == STATUS_OK ? append(work, path, audit_head_print(work->arena, &head)) : status;
}
