/* From where a request came, as the proxy in front tells it. */
#ifndef WEB_HTTP_CLIENT_H
#define WEB_HTTP_CLIENT_H

#include "base/slice.h"

struct arena;

/* The last entry of X-Forwarded-For, which is the one that the proxy itself wrote: what stands
 * before it anybody can have sent. An IPv4 address as it is; of IPv6 the network of 64 bits, which
 * one household has whole. NULL when it is no address. In the arena. */
const char *client_of(struct arena *arena, struct slice forwarded);

#endif
