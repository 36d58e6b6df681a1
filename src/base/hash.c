#include "base/hash.h"

#include "base/hash_blocks.h"
#include "base/banned.h"

enum { HASH_BYTES = 32, WORTH_BLOCKS = 16 };

struct hash hash_new(void)
{
    struct hash hash = { .is_fast = 0 };
    crypto_hash_sha256_init(&hash.state);
    return hash;
}

/* Whole blocks, where none is begun; gives how many bytes it took. libsodium, which counts bits,
 * goes on from there. */
static size_t add_blocks(struct hash *hash, struct slice bytes)
{
    size_t count = bytes.length / HASH_BLOCK;
    bool is_between = hash->state.count / 8 % HASH_BLOCK == 0;
    if (count < WORTH_BLOCKS || !is_between)
        return 0;
    if (hash->is_fast == 0) /* which takes as long as a few kilobytes */
        hash->is_fast = hash_blocks_are_fast() ? 1 : -1;
    if (hash->is_fast < 0)
        return 0;
    hash_blocks(hash->state.state, (const unsigned char *)bytes.start, count);
    hash->state.count += (uint64_t)count * HASH_BLOCK * 8;
    return count * HASH_BLOCK;
}

void hash_add(struct hash *hash, struct slice bytes)
{
    bytes = slice_from(bytes, add_blocks(hash, bytes));
    if (bytes.length)
        crypto_hash_sha256_update(&hash->state, (const unsigned char *)bytes.start, bytes.length);
}

void hash_end(struct hash *hash, char out_text[HASH_TEXT_LENGTH + 1])
{
    unsigned char bytes[HASH_BYTES];
    crypto_hash_sha256_final(&hash->state, bytes);
    sodium_bin2hex(out_text, HASH_TEXT_LENGTH + 1, bytes, sizeof bytes);
}

void hash_of(struct slice bytes, char out_text[HASH_TEXT_LENGTH + 1])
{
    struct hash hash = hash_new();
    hash_add(&hash, bytes);
    hash_end(&hash, out_text);
}

uint64_t hash_spread(struct slice key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.start[i]) * UINT64_C(1099511628211);
    return hash ^ (hash >> 32);
}

struct commitment commitment_new(const unsigned char key[HASH_KEY_LENGTH])
{
    struct commitment commitment = { .count = 0 };
    crypto_generichash_init(&commitment.state, key, HASH_KEY_LENGTH, HASH_BYTES);
    return commitment;
}

void commitment_add(struct commitment *commitment, struct slice part)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)part.length >> (8 * i));
    crypto_generichash_update(&commitment->state, length, sizeof length);
    if (part.length)
        crypto_generichash_update(&commitment->state, (const unsigned char *)part.start,
                                  part.length);
    commitment->count++;
}

void commitment_end(struct commitment *commitment, char out_text[HASH_TEXT_LENGTH + 1])
{
    unsigned char bytes[HASH_BYTES];
    crypto_generichash_final(&commitment->state, bytes, sizeof bytes);
    sodium_bin2hex(out_text, HASH_TEXT_LENGTH + 1, bytes, sizeof bytes);
}
