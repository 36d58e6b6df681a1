/* The peer of the page benchmark: libmicrohttpd answering every request with the same bytes, under
 * the same threads and limits as the program. constant_page PORT THREADS FILE, until it is killed.
 */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct page {
    char *bytes;
    size_t size;
};

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    const struct page *page = context;
    (void)url;
    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    /* An answer to the first call, before the request has been read to its end, would cost the
     * connection: every request would then open a new one. */
    if (!*state) {
        *state = context;
        return MHD_YES;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(page->size, page->bytes,
                                                                    MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

int main(int argc, char **argv)
{
    enum { MOST = 1 << 24 };
    struct page page = { .bytes = malloc(MOST) };
    FILE *file = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (!file || !page.bytes)
        return 2;
    page.size = fread(page.bytes, 1, MOST, file);
    fclose(file);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)strtoul(argv[1], NULL, 10), NULL, NULL, answer,
        &page, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)strtoul(argv[2], NULL, 10), MHD_OPTION_END);
    if (!daemon)
        return 4;
    pause();
    return 0;
}
