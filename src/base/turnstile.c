/* Everybody takes a ticket; a ticket's turn has come when it is less than the number of those who
 * left plus those who fit. */
#include "base/turnstile.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/banned.h"

struct turnstile {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint64_t tickets, left, most;
};

struct turnstile *turnstile_new(size_t most)
{
    struct turnstile *turnstile = calloc(1, sizeof *turnstile);
    if (!turnstile)
        abort();
    turnstile->most = most;
    pthread_mutex_init(&turnstile->lock, NULL);
    pthread_cond_init(&turnstile->moved, NULL);
    return turnstile;
}

void turnstile_free(struct turnstile *turnstile)
{
    if (!turnstile)
        return;
    pthread_cond_destroy(&turnstile->moved);
    pthread_mutex_destroy(&turnstile->lock);
    free(turnstile);
}

void turnstile_enter(struct turnstile *turnstile)
{
    if (!turnstile)
        return;
    pthread_mutex_lock(&turnstile->lock);
    uint64_t ticket = turnstile->tickets++;
    while (ticket >= turnstile->left + turnstile->most)
        pthread_cond_wait(&turnstile->moved, &turnstile->lock);
    pthread_mutex_unlock(&turnstile->lock);
}

void turnstile_leave(struct turnstile *turnstile)
{
    if (!turnstile)
        return;
    pthread_mutex_lock(&turnstile->lock);
    turnstile->left++;
    pthread_cond_broadcast(&turnstile->moved);
    pthread_mutex_unlock(&turnstile->lock);
}
