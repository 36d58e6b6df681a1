/* The keys of sealed snapshots: a file each in the workspace's keys/snapshots/, which is outside
 * the database and outside its backups. Without its key a version is noise, in every backup too. */
#ifndef STORE_SNAPSHOT_KEY_H
#define STORE_SNAPSHOT_KEY_H

#include <stdbool.h>

#include "base/work.h"
#include "store/snapshot_seal.h"

/* Makes a key under a new random name (in the work's arena) and writes its file, which only its
 * owner may read. */
MUST_CHECK enum status snapshot_key_new(struct work *work, unsigned char out_key[SEAL_KEY_LENGTH],
                                        const char **out_name);
/* Reads a key; STATUS_NOT_FOUND with a sentence when its file is gone. */
MUST_CHECK enum status snapshot_key_read(struct work *work, const char *name,
                                         unsigned char out_key[SEAL_KEY_LENGTH]);
/* Overwrites and removes the key's file. One that is gone is well. */
MUST_CHECK enum status snapshot_key_shred(struct work *work, const char *name);

#endif
