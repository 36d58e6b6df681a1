#include "service/provider.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/slice.h"
#include "service/fetch.h"
#include "base/banned.h"

struct provider {
    struct provider_options options;
    pthread_mutex_t lock; /* of all below */
    json_t *metadata, *keys;
    time_t asked; /* by a clock that nobody sets */
};

struct provider *provider_new(const struct provider_options *options)
{
    struct provider *provider = calloc(1, sizeof *provider);
    if (!provider)
        abort();
    provider->options = *options;
    pthread_mutex_init(&provider->lock, NULL);
    return provider;
}

void provider_free(struct provider *provider)
{
    if (!provider)
        return;
    json_decref(provider->metadata);
    json_decref(provider->keys);
    pthread_mutex_destroy(&provider->lock);
    free(provider);
}

const struct provider_options *provider_options(const struct provider *provider)
{
    return &provider->options;
}

static time_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* https://idp.example/realm → https://idp.example/ */
static struct slice origin_of(const char *address)
{
    const char *host = strstr(address, "://");
    size_t start = host ? (size_t)(host - address) + 3 : 0;
    return (struct slice){ address, start + strcspn(address + start, "/?#") };
}

/* Whether an address of the metadata is the issuer's own, or one that the settings name: whoever
 * can change the metadata must not lead us elsewhere. */
static bool is_known_place(const struct provider_options *options, const char *address)
{
    struct slice origin = origin_of(address), rest = slice_of(options->hosts), host;
    if (!fetch_is_allowed(address))
        return false;
    if (slice_equal(origin, origin_of(options->issuer)))
        return true;
    while (slice_word(&rest, &host))
        if (slice_starts(origin, "https://") &&
            slice_equal(slice_from(origin, strlen("https://")), host))
            return true;
    return false;
}

static enum status check_metadata(struct work *work, const struct provider_options *options,
                                  const json_t *metadata)
{
    static const char *const places[] = { "authorization_endpoint", "token_endpoint", "jwks_uri" };
    const char *issuer = json_string_value(json_object_get(metadata, "issuer"));
    if (!issuer || strcmp(issuer, options->issuer) != 0)
        return work_fail(work, STATUS_STORAGE,
                         "The identity provider calls itself by another name than the setting "
                         "sso-issuer does.");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *address = json_string_value(json_object_get(metadata, places[i]));
        if (!address || !is_known_place(options, address))
            return work_fail(work, STATUS_STORAGE,
                             "The identity provider's %s is at another host; name that in the "
                             "setting sso-hosts if it is right.",
                             places[i]);
    }
    return STATUS_OK;
}

/* Asks for metadata and keys, and puts both in the place of what was known. */
static enum status ask(struct work *work, struct provider *provider)
{
    json_t *metadata = NULL, *keys = NULL;
    const char *issuer = provider->options.issuer;
    const char *slash = strlen(issuer) && issuer[strlen(issuer) - 1] == '/' ? "" : "/";
    struct fetch fetch = {
        .address = arena_format(work->arena, "%s%s.well-known/openid-configuration", issuer, slash)
    };
    enum status status = fetch_json(work, &fetch, &metadata);
    if (status == STATUS_OK)
        status = check_metadata(work, &provider->options, metadata);
    if (status == STATUS_OK) {
        fetch.address = json_string_value(json_object_get(metadata, "jwks_uri"));
        status = fetch_json(work, &fetch, &keys);
    }
    if (status != STATUS_OK) {
        json_decref(metadata);
        return status;
    }
    json_decref(provider->metadata);
    json_decref(provider->keys);
    provider->metadata = metadata;
    provider->keys = keys;
    provider->asked = seconds();
    return STATUS_OK;
}

static const char *copied(struct work *work, const struct provider *provider, const char *name)
{
    return arena_copy_text(work->arena,
                           json_string_value(json_object_get(provider->metadata, name)));
}

enum status provider_facts(struct work *work, struct provider *provider, bool anew,
                           struct provider_facts *out_facts)
{
    enum status status = STATUS_OK;
    pthread_mutex_lock(&provider->lock);
    time_t age = seconds() - provider->asked;
    if (!provider->metadata || age >= PROVIDER_KEPT_SECONDS ||
        (anew && age >= PROVIDER_ASKED_AGAIN_SECONDS))
        status = ask(work, provider);
    if (status == STATUS_OK)
        *out_facts = (struct provider_facts){
            .authorization = copied(work, provider, "authorization_endpoint"),
            .token = copied(work, provider, "token_endpoint"),
            .keys = json_deep_copy(provider->keys),
        };
    pthread_mutex_unlock(&provider->lock);
    return status;
}
