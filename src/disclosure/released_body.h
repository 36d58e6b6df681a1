/* The body of a released table: for release.c, which makes it, and released_table.c alone. */
#ifndef DISCLOSURE_RELEASED_BODY_H
#define DISCLOSURE_RELEASED_BODY_H

#include "disclosure/released_table.h"

struct released_table {
    const char *name;
    size_t heading_count, row_count;
    const char **headings;
    const char **labels; /* row after row */
    struct released_figure *counts, *percents;
    struct released_figure *means, *medians; /* of an amount; NULL: of none */
};

#endif
