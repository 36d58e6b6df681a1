#include "web/http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/banned.h"

enum { BACKLOG = 511, SOCKET_MODE = 0660 };

static enum status fail(struct work *work, const char *place)
{
    return work_fail(work, STATUS_STORAGE, "Pages cannot be served on %s: %s.", place,
                     strerror(errno));
}

/* Binds and listens; the socket, or -1 with errno. */
static int open_at(const struct sockaddr *address, socklen_t length)
{
    int yes = 1;
    int made = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0)
        return -1;
    if (address->sa_family != AF_UNIX)
        setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(made, address, length) == 0 && listen(made, BACKLOG) == 0)
        return made;
    int kept = errno;
    close(made);
    errno = kept;
    return -1;
}

/* A socket file that nobody listens on any more is in the way. */
static void remove_stale(const struct sockaddr_un *address)
{
    struct stat facts;
    if (lstat(address->sun_path, &facts) != 0 || !S_ISSOCK(facts.st_mode))
        return;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return;
    if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 &&
        errno == ECONNREFUSED)
        unlink(address->sun_path);
    close(probe);
}

static enum status open_unix(struct work *work, const char *path, int *out_socket,
                             const char **out_words)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path)
        return work_fail(work, STATUS_INPUT,
                         "listen: the path of a Unix socket is of 1 to %zu bytes.",
                         sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, length + 1);
    remove_stale(&address);
    int made = open_at((const struct sockaddr *)&address, sizeof address);
    if (made < 0)
        return fail(work, path);
    if (chmod(path, SOCKET_MODE) != 0) {
        enum status status = fail(work, path);
        close(made);
        return status;
    }
    *out_socket = made;
    *out_words = arena_format(work->arena, "unix:%s", path);
    return STATUS_OK;
}

union loopback {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

static bool read_loopback(const char *words, union loopback *out_address, socklen_t *out_length)
{
    union loopback address = { .six = { .sin6_family = AF_INET6 } };
    *out_length = sizeof address.six;
    bool is_six = strcmp(words, "::1") == 0;
    if (is_six)
        address.six.sin6_addr = in6addr_loopback;
    if (strcmp(words, "localhost") == 0)
        words = "127.0.0.1";
    if (!is_six) {
        address = (union loopback){ .four = { .sin_family = AF_INET } };
        *out_length = sizeof address.four;
        if (inet_pton(AF_INET, words, &address.four.sin_addr) != 1 ||
            (ntohl(address.four.sin_addr.s_addr) >> 24) != 127)
            return false;
    }
    *out_address = address;
    return true;
}

static uint16_t port_of(int open)
{
    union loopback bound = { .four = { 0 } };
    socklen_t length = sizeof bound;
    if (getsockname(open, &bound.any, &length) != 0)
        return 0;
    return ntohs(bound.any.sa_family == AF_INET6 ? bound.six.sin6_port : bound.four.sin_port);
}

/* Tries the port and the next ones; the socket, or -1 with errno. */
static int open_loopback(union loopback address, socklen_t length, int64_t port, int tries)
{
    int made = -1;
    errno = EADDRINUSE;
    for (int i = 0; i < tries && port <= 65535 && made < 0 && errno == EADDRINUSE; i++, port++) {
        if (address.any.sa_family == AF_INET6)
            address.six.sin6_port = htons((uint16_t)port);
        else
            address.four.sin_port = htons((uint16_t)port);
        made = open_at(&address.any, length);
    }
    return made;
}

enum status listen_open(struct work *work, const char *address, int64_t port, bool may_move,
                        int *out_socket, const char **out_words)
{
    if (slice_starts(slice_of(address), "unix:"))
        return open_unix(work, address + strlen("unix:"), out_socket, out_words);
    union loopback loopback;
    socklen_t length = 0;
    if (!read_loopback(address, &loopback, &length))
        return work_fail(work, STATUS_INPUT,
                         "listen: %s is not a loopback address. Pages are served on 127.0.0.1, ::1 "
                         "or unix:PATH; a proxy with TLS stands before them.",
                         address);
    if (port < 0 || port > 65535)
        return work_fail(work, STATUS_INPUT, "port: a port is a number from 0 to 65535.");
    int made = open_loopback(loopback, length, port, may_move && port ? LISTEN_PORTS_TRIED : 1);
    if (made < 0)
        return fail(work, arena_format(work->arena, "%s, port %d", address, (int)port));
    bool is_six = loopback.any.sa_family == AF_INET6;
    *out_socket = made;
    *out_words = arena_format(work->arena, is_six ? "http://[%s]:%d/" : "http://%s:%d/", address,
                              port_of(made));
    return STATUS_OK;
}
