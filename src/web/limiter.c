/* For each, the moment at which all that was done would be paid for at the even rate (the "generic
 * cell rate algorithm" of ITU-T I.371): one number says it all. Whoever's moment is past owes
 * nothing and need not be known. */
#include "web/limiter.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { WAYS = 8, SETS = LIMITER_HELD / WAYS };

struct debt {
    uint64_t who;  /* a keyed hash, so that nobody can choose who shares a set with them */
    int64_t until; /* microseconds */
};

struct limiter {
    pthread_mutex_t lock;
    struct limiter_rate rate;
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct debt debts[SETS][WAYS];
};

struct limiter *limiter_new(struct limiter_rate rate)
{
    struct limiter *limiter = calloc(1, sizeof *limiter);
    if (!limiter || pthread_mutex_init(&limiter->lock, NULL) != 0)
        abort();
    limiter->rate = rate;
    crypto_shorthash_keygen(limiter->key);
    return limiter;
}

void limiter_free(struct limiter *limiter)
{
    if (!limiter)
        return;
    pthread_mutex_destroy(&limiter->lock);
    free(limiter);
}

/* Where `who` stands, or the one whose debt ends first, to be replaced. */
static struct debt *place_of(struct limiter *limiter, uint64_t who)
{
    struct debt *set = limiter->debts[who % SETS], *least = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].who == who)
            return &set[i];
        if (set[i].until < least->until)
            least = &set[i];
    }
    return least;
}

static int64_t look(struct limiter *limiter, const char *who, int64_t now, int64_t taken)
{
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash = 0;
    if (limiter->rate.most <= 0)
        return 0;
    int64_t each = limiter->rate.seconds * 1000000 / limiter->rate.most;
    crypto_shorthash(bytes, (const unsigned char *)who, strlen(who), limiter->key);
    memcpy(&hash, bytes, sizeof hash);
    now *= 1000;
    pthread_mutex_lock(&limiter->lock);
    struct debt *debt = place_of(limiter, hash);
    int64_t until = debt->who == hash && debt->until > now ? debt->until : now;
    int64_t late = until + each - now - each * limiter->rate.most;
    if (late <= 0 && taken)
        *debt = (struct debt){ hash, until + each * taken };
    pthread_mutex_unlock(&limiter->lock);
    return late <= 0 ? 0 : (late + 999999) / 1000000;
}

int64_t limiter_take(struct limiter *limiter, const char *who, int64_t now)
{
    return look(limiter, who, now, 1);
}

int64_t limiter_wait(struct limiter *limiter, const char *who, int64_t now)
{
    return look(limiter, who, now, 0);
}
