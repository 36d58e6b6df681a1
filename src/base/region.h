/* One array that may grow large. It is not moved by copying when it grows, what was never touched
 * costs no memory, and it goes back to the system at once. */
#ifndef BASE_REGION_H
#define BASE_REGION_H

#include <stddef.h>

enum { REGION_SLACK = 64 }; /* bytes after the wanted ones that may be read */

struct region {
    void *bytes; /* NULL until the first region_reach */
    size_t room;
};

/* Makes room for `size` bytes and the slack after them; new bytes are zero, old ones stay. Out of
 * memory aborts. */
void region_reach(struct region *region, size_t size);
/* Gives back what lies beyond `size` bytes and the slack. */
void region_trim(struct region *region, size_t size);
/* Gives everything back; an empty region is allowed. */
void region_free(struct region *region);

#define CLEANUP_REGION __attribute__((cleanup(region_free)))

#endif
