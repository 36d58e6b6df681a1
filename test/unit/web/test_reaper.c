/* Who is cut off, and who is not: with real sockets and short limits. */
#include "web/http/reaper.h"

#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/support.h"

enum { LIMIT = 400 /* milliseconds */ };

static void wait_for(long milliseconds)
{
    const struct timespec time = { .tv_sec = milliseconds / 1000,
                                   .tv_nsec = milliseconds % 1000 * 1000000L };
    nanosleep(&time, NULL);
}

/* Whether the other end sees that the connection is over. */
static bool is_cut(int client)
{
    char byte;
    return recv(client, &byte, 1, MSG_DONTWAIT) == 0;
}

struct pair {
    int client, server;
    struct reaped *reaped;
};

static struct pair join(struct reaper *reaper)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    return (struct pair){ ends[0], ends[1], reaper_add(reaper, ends[1]) };
}

static void part(struct reaper *reaper, const struct pair *pair)
{
    reaper_remove(reaper, pair->reaped);
    close(pair->client);
    close(pair->server);
}

static void who_is_slow_is_cut_off_and_who_waits_for_us_is_not(void **state)
{
    struct reaper *reaper = reaper_start((struct reaper_limits){ { LIMIT, LIMIT, LIMIT } });
    struct pair silent = join(reaper), waiting = join(reaper), reading = join(reaper);
    struct pair answered = join(reaper);
    unsigned open = 0;
    uint64_t ended = 0;
    (void)state;
    /* Two have sent what nobody of ours has read; one of them was answered, and does not read. */
    assert_int_equal(write(waiting.client, "GET", 3), 3);
    assert_int_equal(write(reading.client, "GET", 3), 3);
    reaper_enter(reaper, reading.reaped, REAPER_ANSWERED);
    reaper_enter(reaper, answered.reaped, REAPER_WORKING); /* its answer is being made */
    wait_for(LIMIT / 4);
    assert_false(is_cut(silent.client) || is_cut(waiting.client) || is_cut(reading.client));
    wait_for(LIMIT * 2);
    assert_true(is_cut(silent.client));
    assert_true(is_cut(reading.client));
    assert_false(is_cut(waiting.client));
    reaper_count(reaper, &open, &ended);
    assert_int_equal(open, 4);
    assert_int_equal(ended, 2);
    /* It has as long as others once its bytes were taken, and not for ever when they never are. */
    wait_for(LIMIT * REAPER_PATIENCE);
    assert_true(is_cut(waiting.client));
    assert_false(is_cut(answered.client));
    part(reaper, &answered);
    part(reaper, &silent);
    part(reaper, &waiting);
    part(reaper, &reading);
    reaper_count(reaper, &open, &ended);
    assert_int_equal(open, 0);
    reaper_stop(reaper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_slow_is_cut_off_and_who_waits_for_us_is_not),
    };
    return cmocka_run_group_tests_name("web/reaper", tests, NULL, NULL);
}
