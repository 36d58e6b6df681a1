/* Shuts the whole process in, for good: from then on it opens no file but those below the folders
 * named (Landlock), starts no program, traces and signals nobody, and makes none of the calls of
 * the system that a server has no use for (a filter of seccomp). What an attacker who got the
 * process to run their code could do is bounded by it. As far as the kernel goes: an older one
 * gives less, and none of it is a failure. Call it before any thread is made. */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stddef.h>

struct confine_folder {
    const char *path; /* one that is not there is left out */
    enum { CONFINE_READ, CONFINE_WRITE } use;
};

/* What was shut, as a sentence for the log. */
const char *confine(const struct confine_folder *folders, size_t count);

#endif
