/* Documents for people without an account: unions, voluntary organisations, partners. Each has a
 * link of their own, good up to a day, which can be withdrawn. Making and listing them needs
 * RIGHT_REPORT_MAKE. */
#ifndef SERVICE_SHARE_H
#define SERVICE_SHARE_H

#include "base/list.h"
#include "base/problem.h"
#include "model/document.h"
#include "model/shared_link.h"
#include "store/store.h"

enum { SHARE_DAYS_MOST = 366 };

/* As typed: the code of a frozen document, for whom, the last day. */
struct share_details {
    const char *document, *reader, *valid_to;
};

/* Makes a link; its token, in the work's arena, is told this once. What was typed wrong is in
 * `problems`, and then nothing is made. */
MUST_CHECK enum status share_make(struct work *work, const struct share_details *details,
                                  struct problems *problems, const char **out_token);
/* Withdraws a link by its number. */
MUST_CHECK enum status share_withdraw(struct work *work, int64_t number);
/* All links (struct shared_link *), the newest last. */
MUST_CHECK enum status share_list(struct work *work, struct list *out_links);
bool share_holds(const struct work *work, const struct shared_link *link);
/* The document of a token that holds; STATUS_NOT_FOUND with a sentence when there is none. */
MUST_CHECK enum status share_open(struct work *work, const char *token,
                                  struct shared_link *out_link, struct document *out_document);

#endif
