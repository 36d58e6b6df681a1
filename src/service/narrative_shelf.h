/* Texts that were read before, for as long as a store is open: of the words of a period most are
 * the same from one page to the next, and reading them is most of what checking them costs. A text
 * is known by its bytes, so nothing here can be out of date. */
#ifndef SERVICE_NARRATIVE_SHELF_H
#define SERVICE_NARRATIVE_SHELF_H

#include "base/work.h"
#include "service/narrative.h"

enum { NARRATIVE_SHELF_MOST = 8 * 1024 * 1024 /* bytes; more is not kept */ };

struct narrative_shelf;

/* The shelf of the work's store, which may be emptied here when it is full; NULL: there is no
 * store. What was read from it before is not to be used any more. */
struct narrative_shelf *narrative_shelf_open(struct work *work);
/* As narrative_read; what it gives lives as long as `arena` or until the shelf is opened again,
 * and is not to be changed. Without a shelf it is read. */
struct narrative narrative_shelf_read(struct narrative_shelf *shelf, struct arena *arena,
                                      const char *text);

#endif
