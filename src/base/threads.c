#include "base/threads.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "base/banned.h"

enum { ROWS_FOR_THREADS = 100000 };

struct part {
    void (*function)(void *context, size_t index);
    void *context;
    size_t index;
    pthread_t thread;
    bool has_thread;
};

static void *run_part(void *argument)
{
    struct part *part = argument;
    part->function(part->context, part->index);
    return NULL;
}

void threads_run(size_t count, void (*function)(void *context, size_t index), void *context)
{
    struct part parts[THREADS_MOST];
    assert(count <= THREADS_MOST);
    for (size_t i = 1; i < count; i++) {
        parts[i] = (struct part){ .function = function, .context = context, .index = i };
        parts[i].has_thread = pthread_create(&parts[i].thread, NULL, run_part, &parts[i]) == 0;
    }
    if (count > 0)
        function(context, 0);
    for (size_t i = 1; i < count; i++) {
        if (parts[i].has_thread)
            pthread_join(parts[i].thread, NULL);
        else
            function(context, i);
    }
}

size_t threads_available(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : count > THREADS_MOST ? THREADS_MOST : (size_t)count;
}

size_t threads_for_rows(int64_t rows, size_t wanted)
{
    if (wanted > 0)
        return wanted < THREADS_MOST ? wanted : THREADS_MOST;
    return rows < ROWS_FOR_THREADS ? 1 : threads_available();
}
