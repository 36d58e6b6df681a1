/* What a person typed wrong, as data: never a status. */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include <stdint.h>

#include "base/list.h"

struct arena;

struct problem {
    const char *file, *sheet; /* NULL for a form */
    int64_t row;              /* as the person sees it, counted from 1; 0: the whole file */
    const char *column;       /* heading or field name; NULL: the whole row */
    const char *words;        /* one plain sentence with the remedy */
};

struct problems {
    struct arena *arena;
    const char *file, *sheet; /* stamped on each problem added */
    int64_t row;
    struct list list; /* of struct problem * */
};

/* Adds a problem at the present file, sheet and row. */
void problem_add(struct problems *problems, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
