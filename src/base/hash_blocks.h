/* Whole blocks of SHA-256 by the processor's own instructions, where it has them: five times as
 * fast, which counts for files of gigabytes. */
#ifndef BASE_HASH_BLOCKS_H
#define BASE_HASH_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_BLOCK = 64 };

/* Whether hash_blocks can be called. */
bool hash_blocks_are_fast(void);
/* Takes `count` blocks into the eight words of the state (FIPS 180-4, 6.2). */
void hash_blocks(uint32_t state[8], const unsigned char *bytes, size_t count);

#endif
