#include "base/hash.h"

#include "base/banned.h"

enum { HASH_BYTES = 32 };

struct hash hash_new(void)
{
    struct hash hash;
    crypto_hash_sha256_init(&hash.state);
    return hash;
}

void hash_add(struct hash *hash, struct slice bytes)
{
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
