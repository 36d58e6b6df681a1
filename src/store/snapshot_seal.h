/* People's columns as sealed chunks, and back: compressed (zlib), encrypted and authenticated as
 * one stream (libsodium's secretstream, XChaCha20-Poly1305), in pieces that go into the database as
 * Base64 text, so that they are rows like all others when a workspace moves or is backed up. A
 * piece that is altered, left out, put elsewhere or cut off at the end does not open. */
#ifndef STORE_SNAPSHOT_SEAL_H
#define STORE_SNAPSHOT_SEAL_H

#include "base/columns.h"
#include "base/hash.h"
#include "store/audit.h"

enum {
    SEAL_KEY_LENGTH = 32,
    SEAL_PIECE = 192 * 1024,    /* compressed bytes in a chunk */
    SEAL_MOST_ABOUT = 64 << 20, /* bytes of what is said about the columns */
    SEAL_MOST_COLUMNS = 1024
};

/* What is sealed together. */
struct seal_content {
    struct columns *columns;
    bool *is_special;        /* one for each column: special category data, or treated so */
    const bool *is_left_out; /* columns that are not sealed; NULL: all are */
    const char *about;       /* JSON of the service's own */
};

/* Which version the chunks belong to. */
struct seal_place {
    int64_t version;      /* id of the snapshot_version */
    const char *key_name; /* bound to the stream, so that chunks of another version do not open */
    const unsigned char *key;
};

/* Writes the chunks under the audit's event. */
MUST_CHECK enum status snapshot_seal(struct work *work, struct audit *audit,
                                     const struct seal_place *place,
                                     const struct seal_content *content, int64_t *out_chunks,
                                     char out_hash[HASH_TEXT_LENGTH + 1]);
/* Opens the chunks again; `hash` is what they must have. The columns are the caller's to free, the
 * rest lives in the work's arena. STATUS_STORAGE with a sentence when anything differs. */
MUST_CHECK enum status snapshot_unseal(struct work *work, const struct seal_place *place,
                                       const char *hash, struct seal_content *out_content);
/* Removes the chunks of a version, under the audit's event. */
MUST_CHECK enum status snapshot_unseal_remove(struct work *work, struct audit *audit,
                                              int64_t version);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const snapshot_seal_statements[];

#endif
