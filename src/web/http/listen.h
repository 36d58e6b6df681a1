/* The socket on which pages are served: the loopback address, or a Unix socket. */
#ifndef WEB_HTTP_LISTEN_H
#define WEB_HTTP_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/work.h"

enum { LISTEN_PORTS_TRIED = 20 };

/* Opens a listening socket on `address`: a loopback address (127.0.0.1, ::1, localhost) with `port`
 * (0: any), or unix:PATH. `may_move` lets a busy port give way to the next. `*out_words` is what a
 * browser is given: http://127.0.0.1:8080/. Fails with a sentence for any other address, since what
 * stands open to the network needs a proxy with TLS before it. */
MUST_CHECK enum status listen_open(struct work *work, const char *address, int64_t port,
                                   bool may_move, int *out_socket, const char **out_words);

#endif
