#include "web/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "web/limiter.h"
#include "web/metrics.h"
#include "web/site.h"
#include "base/banned.h"

struct limits {
    struct limiter *addresses, *accounts, *wrong;
};

struct limits *limits_new(const struct limits_options *options)
{
    struct limits *limits = calloc(1, sizeof *limits);
    if (!limits)
        abort();
    limits->addresses = limiter_new((struct limiter_rate){ options->address, LIMITS_SECONDS });
    limits->accounts = limiter_new((struct limiter_rate){ options->account, LIMITS_SECONDS });
    limits->wrong = limiter_new((struct limiter_rate){ options->wrong, LIMITS_WRONG_SECONDS });
    return limits;
}

void limits_free(struct limits *limits)
{
    if (!limits)
        return;
    limiter_free(limits->addresses);
    limiter_free(limits->accounts);
    limiter_free(limits->wrong);
    free(limits);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000) + time.tv_nsec / 1000000;
}

/* Whether nothing has to be waited for; what it was that stopped it is counted. */
static bool pass(const struct site *site, struct call *call, int64_t wait, enum metrics_count count)
{
    if (wait == 0)
        return true;
    call->retry_after = wait;
    metrics_add(site->metrics, count);
    return false;
}

/* Whether a request brings a secret that could be a guess. */
static bool tries_secret(const struct call *call)
{
    return call->route->tries_secret || (call->route->is_api && *call->request->authorization);
}

bool limits_pass(const struct site *site, struct call *call)
{
    struct limits *limits = site->limits;
    const char *client = call->request->client;
    if (!limits || !client)
        return true;
    return pass(site, call, limiter_take(limits->addresses, client, now()),
                METRICS_LIMITED_ADDRESS) &&
           (!tries_secret(call) ||
            pass(site, call, limiter_wait(limits->wrong, client, now()), METRICS_LIMITED_SECRETS));
}

bool limits_pass_account(const struct site *site, struct call *call, const struct actor *actor)
{
    char number[24];
    if (!site->limits || !actor || actor->account == INTEGER_MISSING)
        return true;
    snprintf(number, sizeof number, "%" PRId64, actor->account);
    return pass(site, call, limiter_take(site->limits->accounts, number, now()),
                METRICS_LIMITED_ACCOUNT);
}

void limits_note_wrong(struct limits *limits, const struct call *call)
{
    if (limits && call->request->client)
        (void)limiter_take(limits->wrong, call->request->client, now());
}
