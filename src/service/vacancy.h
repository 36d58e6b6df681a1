/* Posts that nobody holds. */
#ifndef SERVICE_VACANCY_H
#define SERVICE_VACANCY_H

#include "model/post.h"
#include "store/store.h"

/* Whether nobody holds the post on a day (ISO), or there is no such post then. `appointments` are
 * those of the post (struct appointment *). */
bool vacancy_on(const struct post *post, void *const *appointments, size_t count, const char *day);
/* The same of a post in the store, on the work's day. */
MUST_CHECK enum status vacancy_today(struct work *work, int64_t post, bool *out_is_vacant);

#endif
