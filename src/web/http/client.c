#include "web/http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

/* "[2001:db8::1]:443" without brackets and port, "192.0.2.1:443" without its port. */
static struct slice without_port(struct slice words)
{
    ptrdiff_t bracket = slice_find(words, "]"), colon = slice_find(words, ":");
    if (slice_starts(words, "[") && bracket > 0)
        return (struct slice){ words.start + 1, (size_t)bracket - 1 };
    if (slice_find(words, ".") >= 0 && colon > 0 && words.start[0] != ':' &&
        slice_find(slice_from(words, (size_t)colon + 1), ":") < 0)
        return slice_first(words, (size_t)colon);
    return words;
}

const char *client_of(struct arena *arena, struct slice forwarded)
{
    struct slice last = { NULL, 0 };
    struct in_addr four;
    struct in6_addr six;
    char words[INET6_ADDRSTRLEN];
    while (slice_split(&forwarded, ',', &last))
        continue;
    const char *address = slice_copy(arena, without_port(slice_trim(last)));
    if (inet_pton(AF_INET, address, &four) == 1)
        return inet_ntop(AF_INET, &four, words, sizeof words) ? arena_copy_text(arena, words)
                                                              : NULL;
    if (inet_pton(AF_INET6, address, &six) != 1)
        return NULL;
    if (IN6_IS_ADDR_V4MAPPED(&six))
        return inet_ntop(AF_INET, &six.s6_addr[12], words, sizeof words)
                   ? arena_copy_text(arena, words)
                   : NULL;
    memset(&six.s6_addr[8], 0, 8);
    return inet_ntop(AF_INET6, &six, words, sizeof words) ? arena_format(arena, "%s/64", words)
                                                          : NULL;
}
