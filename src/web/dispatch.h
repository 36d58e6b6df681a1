/* Between the network and the handlers: route, permission and limits before, page or JSON after. */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "base/work.h"
#include "web/http/message.h"

struct site;

enum { PAGE_MOST = 16 * 1024 * 1024 /* bytes of one answer */ };

/* How many bytes of a body are taken, by the head of a request: REQUEST_BODY_MOST, or as many as an
 * extract of people may have, where the route takes one and who asks has its right. */
size_t dispatch_body_most(struct work *work, const struct site *site,
                          const struct request *request);
/* Answers a request, in the work's arena; whatever fails becomes a page that says so. `refusal` is
 * the HTTP status with which the network side refused the request, or 0. */
void dispatch(struct work *work, const struct site *site, int refusal,
              const struct request *request, struct response *out_response);

#endif
