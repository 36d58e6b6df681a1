/* A list under a lock, gone through a few times a second. A late connection is shut down, not
 * closed: its thread sees the end of the stream and closes it, so a descriptor is never used twice.
 */
#include "web/http/reaper.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "base/banned.h"

enum { LOOK_EVERY = 200 /* milliseconds */ };

struct reaped {
    struct reaped *next, *previous;
    int socket;
    enum reaper_phase phase;
    long since; /* milliseconds */
    bool is_shut;
};

struct reaper {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct reaper_limits limits;
    struct reaped *first;
    unsigned open;
    uint64_t ended;
    bool is_ending;
};

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Whether bytes have come that no thread of ours has taken yet: then it is we who are slow, under
 * more requests than the machine can answer, and the client is not to blame. */
static bool waits_for_us(const struct reaped *reaped)
{
    int unread = 0;
    return reaped->phase != REAPER_ANSWERED && ioctl(reaped->socket, FIONREAD, &unread) == 0 &&
           unread > 0;
}

static bool is_late(const struct reaper *reaper, const struct reaped *reaped, long present)
{
    long limit = reaper->limits.milliseconds[reaped->phase], taken = present - reaped->since;
    return reaped->phase != REAPER_WORKING && taken > limit &&
           (taken > REAPER_PATIENCE * limit || !waits_for_us(reaped));
}

static void look(struct reaper *reaper)
{
    long present = now();
    for (struct reaped *reaped = reaper->first; reaped; reaped = reaped->next)
        if (!reaped->is_shut && is_late(reaper, reaped, present)) {
            reaped->is_shut = true;
            reaper->ended++;
            shutdown(reaped->socket, SHUT_RDWR);
        }
}

static void *run(void *context)
{
    struct reaper *reaper = context;
    pthread_mutex_lock(&reaper->lock);
    while (!reaper->is_ending) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_EVERY * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&reaper->wake, &reaper->lock, &until);
        look(reaper);
    }
    pthread_mutex_unlock(&reaper->lock);
    return NULL;
}

struct reaper *reaper_start(struct reaper_limits limits)
{
    struct reaper *reaper = calloc(1, sizeof *reaper);
    if (!reaper)
        abort();
    reaper->limits = limits;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&reaper->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&reaper->lock, NULL);
    if (pthread_create(&reaper->thread, NULL, run, reaper) != 0) {
        free(reaper);
        return NULL;
    }
    return reaper;
}

void reaper_stop(struct reaper *reaper)
{
    if (!reaper)
        return;
    pthread_mutex_lock(&reaper->lock);
    reaper->is_ending = true;
    pthread_cond_signal(&reaper->wake);
    pthread_mutex_unlock(&reaper->lock);
    pthread_join(reaper->thread, NULL);
    while (reaper->first)
        reaper_remove(reaper, reaper->first);
    pthread_cond_destroy(&reaper->wake);
    pthread_mutex_destroy(&reaper->lock);
    free(reaper);
}

void reaper_count(struct reaper *reaper, unsigned *out_open, uint64_t *out_ended)
{
    pthread_mutex_lock(&reaper->lock);
    *out_open = reaper->open;
    *out_ended = reaper->ended;
    pthread_mutex_unlock(&reaper->lock);
}

struct reaped *reaper_add(struct reaper *reaper, int socket)
{
    struct reaped *reaped = calloc(1, sizeof *reaped);
    if (!reaped)
        abort();
    reaped->socket = socket;
    reaped->since = now();
    pthread_mutex_lock(&reaper->lock);
    reaper->open++;
    reaped->next = reaper->first;
    if (reaper->first)
        reaper->first->previous = reaped;
    reaper->first = reaped;
    pthread_mutex_unlock(&reaper->lock);
    return reaped;
}

void reaper_remove(struct reaper *reaper, struct reaped *reaped)
{
    pthread_mutex_lock(&reaper->lock);
    reaper->open--;
    if (reaped->next)
        reaped->next->previous = reaped->previous;
    if (reaped->previous)
        reaped->previous->next = reaped->next;
    else
        reaper->first = reaped->next;
    pthread_mutex_unlock(&reaper->lock);
    free(reaped);
}

void reaper_enter(struct reaper *reaper, struct reaped *reaped, enum reaper_phase phase)
{
    pthread_mutex_lock(&reaper->lock);
    reaped->phase = phase;
    reaped->since = now();
    pthread_mutex_unlock(&reaper->lock);
}
