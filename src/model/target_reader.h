/* The words, numbers and marks of a target date, read one after the other; used by target_date.c
 * and its helpers alone. */
#ifndef MODEL_TARGET_READER_H
#define MODEL_TARGET_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct target_date_context;

enum { TARGET_MOST_TOKENS = 128 };

enum target_token_kind { TARGET_WORD, TARGET_NUMBER, TARGET_MARK, TARGET_END };

struct target_token {
    enum target_token_kind kind;
    struct slice text; /* as it was written */
    int64_t number;    /* of a number, as far as nine digits */
    char mark;         /* dashes are '-', single quotes '\'', brackets '(' and ')' */
    bool touches;      /* nothing stands between it and the token before */
};

/* Tokens are looked at from `at`; a function that does not find what it wants puts `at` back. */
struct target_reader {
    struct slice text;
    const struct target_date_context *context;
    struct target_token tokens[TARGET_MOST_TOKENS + 1]; /* ended by TARGET_END */
    size_t count, at;
};

/* Cuts the text into tokens. False when there are too many. */
bool target_reader_open(struct slice text, const struct target_date_context *context,
                        struct target_reader *out_reader);
/* The token `ahead` of the present one; TARGET_END after the last. */
const struct target_token *target_peek(const struct target_reader *reader, size_t ahead);
bool target_is_mark(const struct target_reader *reader, size_t ahead, char mark);
/* Takes one mark or one word, case ignored. */
bool target_take_mark(struct target_reader *reader, char mark);
bool target_take_word(struct target_reader *reader, const char *word);
/* Takes the first phrase of a list, ended by NULL, that fits; the longer ones stand first. */
bool target_take_any(struct target_reader *reader, const char *const *phrases);
/* Takes a number of `least` to `most` digits. */
bool target_take_number(struct target_reader *reader, size_t least, size_t most,
                        int64_t *out_number);
/* The text from one token up to, and without, another, without blanks at its ends. */
struct slice target_text(const struct target_reader *reader, size_t from, size_t to);

#endif
