/* The people of the demonstration: made up, and named for what they do. */
#ifndef SERVICE_DEMO_PEOPLE_H
#define SERVICE_DEMO_PEOPLE_H

#include "base/work.h"

enum { DEMO_PEOPLE_COUNT = 5 };

/* A link with which one of them signs in, good once. */
struct demo_link {
    const char *name, *token;
};

/* Makes the accounts that are not there yet, with their roles, and a new link for each, in the
 * work's arena. The workspace must be the demonstration's: it has the demonstration's units. */
MUST_CHECK enum status demo_people(struct work *work,
                                   struct demo_link out_links[DEMO_PEOPLE_COUNT]);

#endif
