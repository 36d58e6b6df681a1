/* Reminders of returns, besides the digests: before a return is due, on the day, and when it is
 * late, by rules/return_calendar.csv. They go to those who supply it; late ones to their lead as
 * well, and all of them to the lead where nobody else supplies it. Each is made once, and a person
 * gets one e-mail however many returns it tells of. */
#ifndef SERVICE_REMINDER_H
#define SERVICE_REMINDER_H

#include "service/digest.h"

/* What the account would be reminded of now, the latest first; `items` is 0, and there are no
 * words, when that is nothing or it has been told. `address` as for digest_make. */
MUST_CHECK enum status reminder_make(struct work *work, const struct account *account,
                                     const char *address, struct digest *out_digest);
/* Queues what is due for every account that is open and has an address, under one event. */
MUST_CHECK enum status reminder_queue_due(struct work *work, const char *address,
                                          int64_t *out_queued);

#endif
