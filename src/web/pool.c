#include "web/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/turnstile.h"
#include "store/store.h"
#include "base/banned.h"

struct waiting {
    struct waiting *next;
    struct store *store;
};

struct pool {
    pthread_mutex_t lock; /* of `first` */
    struct waiting *first;
    struct turnstile *turnstile;
    char *address;
};

struct pool *pool_new(const char *address)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        abort();
    pool->address = strdup(address);
    if (!pool->address)
        abort();
    pthread_mutex_init(&pool->lock, NULL);
    pool->turnstile = turnstile_new(1);
    return pool;
}

static struct store *pop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    struct waiting *waiting = pool->first;
    if (waiting)
        pool->first = waiting->next;
    pthread_mutex_unlock(&pool->lock);
    struct store *store = waiting ? waiting->store : NULL;
    free(waiting);
    return store;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    struct work work = { .store = NULL };
    while ((work.store = pop(pool)) != NULL)
        store_close(&work);
    turnstile_free(pool->turnstile);
    pthread_mutex_destroy(&pool->lock);
    free(pool->address);
    free(pool);
}

enum status pool_take(struct pool *pool, struct work *work, struct store **out_own)
{
    struct store *own = work->store;
    enum status status = STATUS_OK;
    work->store = pop(pool);
    if (!work->store)
        status = store_open(work, pool->address, STORE_WRITE);
    if (status != STATUS_OK) {
        work->store = own;
        return status;
    }
    store_set_turnstile(work->store, pool->turnstile);
    *out_own = own;
    return STATUS_OK;
}

void pool_give(struct pool *pool, struct work *work, struct store *own)
{
    store_rollback(work);
    if (work->status == STATUS_STORAGE) {
        store_close(work);
    } else {
        struct waiting *waiting = calloc(1, sizeof *waiting);
        if (!waiting)
            abort();
        waiting->store = work->store;
        pthread_mutex_lock(&pool->lock);
        waiting->next = pool->first;
        pool->first = waiting;
        pthread_mutex_unlock(&pool->lock);
    }
    work->store = own;
}
