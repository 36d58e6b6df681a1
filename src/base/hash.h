/* Hashes of libsodium: SHA-256 names a file, keyed BLAKE2b commits to values without showing them.
 * And a quick one, for the places of a table. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { HASH_TEXT_LENGTH = 64, HASH_KEY_LENGTH = 32 };

struct hash {
    crypto_hash_sha256_state state;
    signed char is_fast; /* whether blocks go by the processor's instructions; 0: not looked yet */
};

struct hash hash_new(void);
void hash_add(struct hash *hash, struct slice bytes);
/* Writes 64 hexadecimal digits and a NUL. */
void hash_end(struct hash *hash, char out_text[HASH_TEXT_LENGTH + 1]);
/* The three above in one. */
void hash_of(struct slice bytes, char out_text[HASH_TEXT_LENGTH + 1]);

/* Spreads keys over a table (FNV-1a, 64 bits). It hides nothing, and equal hashes prove nothing. */
uint64_t hash_spread(struct slice key);

struct commitment {
    crypto_generichash_state state;
    size_t count; /* of parts added */
};

/* A keyed hash over parts; each part's length goes in before it, so that parts cannot shift. */
struct commitment commitment_new(const unsigned char key[HASH_KEY_LENGTH]);
void commitment_add(struct commitment *commitment, struct slice part);
void commitment_end(struct commitment *commitment, char out_text[HASH_TEXT_LENGTH + 1]);

#endif
