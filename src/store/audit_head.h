/* Signed heads of the audit's chain. A chain alone shows that an event was altered, but not that
 * its end was cut off or that all of it was written anew; a head that somebody else keeps does. A
 * head names the newest event and its hash, signed with Ed25519; each is a line of a file.
 *
 *     head 1 1042 <hash> 2026-11-25T10:15:00Z <signature>
 */
#ifndef STORE_AUDIT_HEAD_H
#define STORE_AUDIT_HEAD_H

#include "base/workspace.h"
#include "store/store.h"

enum {
    AUDIT_HEAD_KEY_LENGTH = 64,        /* hexadecimal digits of the public key */
    AUDIT_HEAD_SIGNATURE_LENGTH = 128, /* and of a signature */
    AUDIT_HEAD_EVERY_EVENTS = 1000,    /* a head is written after so many events, */
    AUDIT_HEAD_EVERY_SECONDS = 3600,   /* and where the last one is older than this */
    AUDIT_HEADS_MOST_BYTES = 16 * 1024 * 1024
};

struct audit_head {
    int64_t event;
    const char *hash, *at, *signature;
};

/* What a head says of the chain. */
enum audit_head_outcome {
    AUDIT_HEAD_HOLDS,
    AUDIT_HEAD_FORGED,  /* not signed with this key */
    AUDIT_HEAD_CUT,     /* the chain ends before its event */
    AUDIT_HEAD_CHANGED, /* its event is another one, or is gone */
};

/* The public key of the workspace's heads. */
void audit_head_key(const struct workspace *workspace, char out_key[AUDIT_HEAD_KEY_LENGTH + 1]);
/* The head of now, in the work's arena. STATUS_NOT_FOUND without a sentence when there is no event.
 */
MUST_CHECK enum status audit_head_make(struct work *work, struct audit_head *out_head);
/* The head as a line, without its end. */
const char *audit_head_print(struct arena *arena, const struct audit_head *head);
/* Reads a line; false for anything else. */
bool audit_head_read(struct arena *arena, struct slice line, struct audit_head *out_head);
/* What the head says of the chain, by a public key. */
MUST_CHECK enum status audit_head_check(struct work *work, const struct audit_head *head,
                                        const char *key, enum audit_head_outcome *out_outcome);
/* The head of the highest event in the workspace's own file. STATUS_NOT_FOUND without a sentence
 * when there is none; lines that are no head are passed over. */
MUST_CHECK enum status audit_head_last_kept(struct work *work, struct audit_head *out_head);
/* Adds the head before event `next` to the workspace's file when one is due. That it cannot be
 * written is a failure: nothing is changed that is not vouched for. */
MUST_CHECK enum status audit_head_keep(struct work *work, int64_t next);

/* Ended by NULL, for the test that prepares each on both engines. */
extern const char *const audit_head_statements[];

#endif
