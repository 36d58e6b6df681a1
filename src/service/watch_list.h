/* What somebody would look for who has nothing to do: red ratings, overdue actions, the newest
 * report, the audit; by what the person may see. The page "Your work" shows it below the work. */
#ifndef SERVICE_WATCH_LIST_H
#define SERVICE_WATCH_LIST_H

#include "service/work_list.h"

/* As struct work_item * of the kind WORK_WATCH. */
MUST_CHECK enum status watch_list_load(struct work *work, struct list *out_items);

#endif
