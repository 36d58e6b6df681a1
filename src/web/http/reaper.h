/* Ends connections that take too long: the library's own timeout begins anew with every byte, so a
 * client that sends a byte a second would hold its place for ever. */
#ifndef WEB_HTTP_REAPER_H
#define WEB_HTTP_REAPER_H

#include <stdbool.h>
#include <stdint.h>

struct reaper;
struct reaped; /* one connection */

/* What a connection may be doing, each with a time limit of its own, in milliseconds; while it
 * waits for its answer to be made (REAPER_WORKING) there is none, for that time is ours. */
enum reaper_phase { REAPER_ASKING, REAPER_SENDING, REAPER_ANSWERED, REAPER_WORKING, REAPER_PHASES };

/* How many times as long a client may take whose bytes wait for us. */
enum { REAPER_PATIENCE = 6 };

struct reaper_limits {
    long milliseconds[REAPER_PHASES]; /* headers, a body, reading the answer */
};

/* Starts the thread that looks. NULL when there is no thread to be had. */
struct reaper *reaper_start(struct reaper_limits limits);
void reaper_stop(struct reaper *reaper);
/* How many connections are open, and how many it has ended so far. */
void reaper_count(struct reaper *reaper, unsigned *out_open, uint64_t *out_ended);
/* A connection has opened: its time to ask begins. */
struct reaped *reaper_add(struct reaper *reaper, int socket);
void reaper_remove(struct reaper *reaper, struct reaped *reaped);
/* The connection does something else now, and its time begins anew. */
void reaper_enter(struct reaper *reaper, struct reaped *reaped, enum reaper_phase phase);

#endif
