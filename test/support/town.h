/* A small authority made of CSV, for the tests of reports: two objectives, three directorates. */
#ifndef TEST_SUPPORT_TOWN_H
#define TEST_SUPPORT_TOWN_H

#include "store/store.h"

struct town {
    struct work work;
    const char *folder;
};

/* The town in a workspace of its own, opened for writing. */
void town_open(struct town *town);
void town_close(struct town *town);
/* Imports CSV of a kind (an entity's name); every row must be taken. */
void town_send(struct town *town, const char *kind, const char *csv);

#endif
