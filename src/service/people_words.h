/* The words in which texts speak of few people: rules/people_words.csv. */
#ifndef SERVICE_PEOPLE_WORDS_H
#define SERVICE_PEOPLE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/work.h"
#include "service/narrative.h"

enum people_word_kind {
    PEOPLE_WORD_COUNT,   /* a single, the only, both, none of: `count` of them */
    PEOPLE_WORD_ALL_BUT, /* the number after it is who is left out */
    PEOPLE_WORD_WITHIN,  /* between the two numbers of a ratio: one in 62 */
    PEOPLE_WORD_OF,      /* between a part and its whole: two of the 62 */
    PEOPLE_WORD_PEOPLE,  /* women, residents */
    PEOPLE_WORD_STAFF,   /* people who are the workforce */
    PEOPLE_WORD_GROUP,   /* disabled: a label of a variable */
    PEOPLE_WORD_KINDS
};

struct people_word {
    enum people_word_kind kind;
    const char *words;    /* in lower case, parted by blanks */
    int64_t count;        /* of PEOPLE_WORD_COUNT */
    const char *variable; /* of PEOPLE_WORD_GROUP: stands in the variable's name; NULL: any */
    const char *label;    /* of PEOPLE_WORD_GROUP: how the label begins; NULL: any */
};

struct people_words;

/* Reads the list, which is kept as long as the work's store, or in the work's arena. A row that is
 * not understood is STATUS_INPUT. */
MUST_CHECK enum status people_words_read(struct work *work, const struct people_words **out_words);
/* The longest phrase of the kind that begins at the token: its length in tokens, or 0. */
size_t people_words_at(const struct people_words *words, const struct narrative *narrative,
                       size_t token, enum people_word_kind kind,
                       const struct people_word **out_word);
/* The phrases of the kind that begin at the token, one by one: start with *at 0, ends with NULL. */
const struct people_word *people_words_next(const struct people_words *words,
                                            const struct narrative *narrative, size_t token,
                                            enum people_word_kind kind, size_t *at);

#endif
