/* Prints the seconds that interval propagation takes over a file of relations, when counts below 10
 * are hidden and the others rounded to 5. */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "disclosure/intervals.h"
#include "disclosure/profile.h"
#include "base/banned.h"

enum { THRESHOLD = 10, BASE = 5 };

static double seconds(void)
{
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + (double)moment.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = work_clock(arena), .user = "bench" };
    struct relations *relations = NULL;
    struct slice bytes;
    if (argc != 2 || file_read(&work, argv[1], RELATIONS_MOST_BYTES, &bytes) != STATUS_OK ||
        relations_read_plain(&work, argv[1], bytes, &relations) != STATUS_OK) {
        fprintf(stderr, "narrow_intervals FILE: %s\n", work.error);
        return 1;
    }
    size_t count = (size_t)relations->cell_count;
    struct intervals intervals = { arena_take_raw(arena, count * sizeof(int64_t)),
                                   arena_take_raw(arena, count * sizeof(int64_t)) };
    for (size_t cell = 0; cell < count; cell++) {
        int64_t shown = profile_round(BASE, relations->values[cell]);
        bool is_hidden = relations->values[cell] < THRESHOLD;
        int64_t low = shown - BASE / 2 > THRESHOLD ? shown - BASE / 2 : THRESHOLD;
        intervals.low[cell] = is_hidden ? 0 : low;
        intervals.high[cell] = is_hidden ? THRESHOLD - 1 : shown + BASE / 2;
    }
    double start = seconds();
    bool fits = intervals_narrow(relations, &intervals);
    printf("%.4f\n", seconds() - start);
    return fits ? 0 : 1;
}
