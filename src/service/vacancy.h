/* Posts that nobody holds. */
#ifndef SERVICE_VACANCY_H
#define SERVICE_VACANCY_H

#include "model/post.h"

/* Whether nobody holds the post on a day (ISO), or there is no such post then. `appointments` are
 * those of the post (struct appointment *). */
bool vacancy_on(const struct post *post, void *const *appointments, size_t count, const char *day);

#endif
