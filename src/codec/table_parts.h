/* What the readers of the several kinds share with table_reader.c; nobody else includes this. */
#ifndef CODEC_TABLE_PARTS_H
#define CODEC_TABLE_PARTS_H

#include "base/hash.h"
#include "codec/source.h"
#include "codec/table_reader.h"

struct table_reader {
    struct work *work;
    struct arena *arena;         /* the reader's own, freed at close */
    const char *name;            /* for messages */
    struct table_options limits; /* every one filled in */
    enum table_kind kind;
    enum status status; /* the first failure, or STATUS_END, given again at each call */
    struct source source;
    char hash[HASH_TEXT_LENGTH + 1];
    void *state; /* the kind's own */
    enum status (*next)(struct table_reader *reader, struct table_row *out_row);
    void (*close)(struct table_reader *reader); /* NULL when the arena is all there is */
};

/* Each fills in state, next and close, or fails. */
MUST_CHECK enum status csv_reader_start(struct table_reader *reader);
/* Finds out by its parts which kind of zip this is, and starts that kind's reader. */
MUST_CHECK enum status office_reader_start(struct table_reader *reader, struct slice bytes);

#endif
