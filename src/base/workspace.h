/* A workspace: a folder with dueregard.ini, the audit key, and (on SQLite) the database. */
#ifndef BASE_WORKSPACE_H
#define BASE_WORKSPACE_H

#include "base/hash.h"

struct workspace {
    const char *folder;
    const char *address; /* of the database: sqlite:PATH or postgresql://… */
    const char *heads;   /* the file to which signed heads of the audit are added; NULL: none */
    unsigned char audit_key[HASH_KEY_LENGTH];
};

#endif
