/* A small authority made of CSV, for the tests of reports: two objectives, three directorates. */
#ifndef TEST_SUPPORT_TOWN_H
#define TEST_SUPPORT_TOWN_H

#include "store/store.h"

struct town {
    struct work work;
    const char *folder;
};

/* The town of this test program. */
extern struct town town;

/* Opens the town for writing, in a workspace of its own; and ends it. For cmocka's groups. */
int town_open(void **state);
int town_close(void **state);
/* Imports CSV of a kind (an entity's name); every row must be taken. */
void town_send(const char *kind, const char *csv);

#endif
