/* Sending what is queued, through the authority's own mail server. */
#ifndef SERVICE_MAIL_H
#define SERVICE_MAIL_H

#include "settings/settings.h"

enum { MAIL_MOST_ATTEMPTS = 8 };

struct mail_result {
    int64_t sent, put_off, failed;
};

/* Whether the settings name a server and a sender; STATUS_INPUT with the remedy when they do not.
 */
MUST_CHECK enum status mail_check_settings(struct work *work, const struct settings *settings);
/* Sends each message that is queued and due, one after the other. One that the server does not take
 * is tried again after 5, 10, 20 … minutes, and given up after MAIL_MOST_ATTEMPTS; one that was
 * being sent when the program died is sent again after an hour. Two runs side by side never take
 * the same. A server that cannot be reached is no failure: `put_off` counts what waits. The
 * settings have been checked. */
MUST_CHECK enum status mail_send_due(struct work *work, const struct settings *settings,
                                     struct mail_result *out_result);

#endif
