/* The digest: one e-mail for each person, daily or weekly as they choose, with what needs them in
 * the order of how much it presses. Nobody gets an empty one. */
#ifndef SERVICE_DIGEST_H
#define SERVICE_DIGEST_H

#include "base/list.h"
#include "base/slice.h"
#include "model/account.h"
#include "store/audit.h"

struct digest {
    const char *subject; /* "3 things need you" */
    struct slice plain, html;
    size_t items;
};

/* What stands around the items of an e-mail. */
struct digest_letter {
    const char *title, *closing;
    const char *address; /* of the pages; "": not known, and there are no links */
};

/* Writes items (struct work_item *) as an e-mail to the account, without its subject. */
MUST_CHECK enum status digest_write(struct work *work, const struct account *account,
                                    const struct digest_letter *letter, const struct list *items,
                                    struct digest *out_digest);
/* Queues an e-mail for the account's address under the event. */
MUST_CHECK enum status digest_queue(struct work *work, struct audit *audit,
                                    const struct account *account, const struct digest *digest);
/* The digest of an account as it would be sent now; `items` is 0, and there are no words, when
 * nothing needs it. `address` is that of the pages, "" when they are not known: then there are no
 * links. */
MUST_CHECK enum status digest_make(struct work *work, const struct account *account,
                                   const char *address, struct digest *out_digest);
/* Queues the digests that are due by each account's choice (weekly when none was made), under one
 * event; an account that has nothing, or was reminded today, is asked again tomorrow. */
MUST_CHECK enum status digest_queue_due(struct work *work, const char *address,
                                        int64_t *out_queued);
/* How often the account is told: a code of DIGEST_… in model/digest_choice.h. */
MUST_CHECK enum status digest_frequency(struct work *work, int64_t account,
                                        const char **out_frequency);
/* How often an account wants its digest: daily, weekly or never. */
MUST_CHECK enum status digest_choose(struct work *work, const char *account, const char *frequency);

#endif
