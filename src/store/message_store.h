/* The queue of e-mails. */
#ifndef STORE_MESSAGE_STORE_H
#define STORE_MESSAGE_STORE_H

#include "model/message.h"
#include "store/store.h"

/* The next message that is due by the work's moment, or that was being sent at `lost` or before (an
 * ISO moment); STATUS_END when there is none. */
MUST_CHECK enum status message_store_next(struct work *work, const char *lost,
                                          struct message *out_message);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const message_statements[];

#endif
