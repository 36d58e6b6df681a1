/* Secrets that are given out once: 256 random bits as 43 letters; only their hash is kept. */
#ifndef SERVICE_TOKEN_H
#define SERVICE_TOKEN_H

#include "base/hash.h"

enum { TOKEN_BYTES = 32, TOKEN_LENGTH = 43 };

struct token {
    char text[TOKEN_LENGTH + 1];     /* for the person: link or cookie */
    char hash[HASH_TEXT_LENGTH + 1]; /* for the store */
};

struct token token_new(void);
/* The hash of a token that somebody brought. */
void token_hash(const char *text, char out_hash[HASH_TEXT_LENGTH + 1]);

#endif
