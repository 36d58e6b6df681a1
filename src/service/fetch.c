#include "service/fetch.h"

#include <curl/curl.h>
#include <string.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/slice.h"
#include "base/text.h"
#include "base/banned.h"

enum { ADDRESS_SHOWN = 200 };

bool fetch_is_allowed(const char *address)
{
    static const char *const starts[] = { "https://", "http://127.0.0.1:", "http://127.0.0.1/",
                                          "http://localhost:", "http://localhost/" };
    if (strpbrk(address, " \"<>\\^`{|}\r\n\t@"))
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_starts(slice_of(address), starts[i]))
            return true;
    return false;
}

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct text *text = context;
    text_add_slice(text, (struct slice){ bytes, size * count });
    return text->is_full ? 0 : size * count;
}

static void set_options(CURL *curl, const struct fetch *fetch, struct text *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, fetch->address);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (fetch->form)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fetch->form);
    if (fetch->user) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, fetch->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, fetch->password);
    }
}

/* What went wrong, in a few words; NULL when nothing did. */
static const char *ask(struct work *work, const struct fetch *fetch, struct text *answer)
{
    long status = 0;
    CURL *curl = late_load(work, "curl") == STATUS_OK ? curl_easy_init() : NULL;
    if (!curl)
        return "the library could not be started";
    struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
    set_options(curl, fetch, answer);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    if (answer->is_full)
        return "the answer is too long";
    if (code != CURLE_OK)
        return curl_easy_strerror(code);
    return status == 200 ? NULL : arena_format(work->arena, "it answered with status %ld", status);
}

enum status fetch_json(struct work *work, const struct fetch *fetch, json_t **out_object)
{
    struct text answer = text_new(work->arena, FETCH_MOST);
    const char *fault = fetch_is_allowed(fetch->address) ? ask(work, fetch, &answer)
                                                         : "it is neither TLS nor loopback";
    json_t *object = fault ? NULL
                           : json_loadb(answer.bytes, answer.length, JSON_REJECT_DUPLICATES, NULL);
    if (!fault && !json_is_object(object))
        fault = "the answer is no JSON object";
    if (!fault) {
        *out_object = object;
        return STATUS_OK;
    }
    json_decref(object);
    return work_fail(work, STATUS_STORAGE, "%.*s could not be asked: %s.", ADDRESS_SHOWN,
                     fetch->address, fault);
}
