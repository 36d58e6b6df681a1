/* Libraries that are loaded when they are first needed, because most commands need none of them and
 * each brings others along: a database server's client, e-mail, HTTP, spreadsheets. Code calls
 * their functions by name as ever; the program is linked with a jump for each (script/late.py), and
 * late_load fills in where it leads. Tests are linked with the libraries themselves, where there is
 * nothing left to load. */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include "base/work.h"

/* What script/late.py makes for a library. */
struct late_library {
    const char *name; /* "pq" for libpq */
    const char *file; /* "libpq.so.5" */
    const char *const *functions;
    void (**targets)(void); /* where each of them leads; in pages of their own */
    size_t count, bytes;
};

/* Must come before the first call of a function of the library (which otherwise ends the program);
 * costs next to nothing when it has been loaded. From any thread. Fails when the library, or one of
 * its functions, is not on the machine. */
MUST_CHECK enum status late_load(struct work *work, const char *name);

#endif
