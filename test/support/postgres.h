/* A PostgreSQL of the tests' own: in a temporary folder, on a Unix socket only, without fsync. It
 * stops and its folder goes when the test program ends, however it ends. */
#ifndef TEST_SUPPORT_POSTGRES_H
#define TEST_SUPPORT_POSTGRES_H

#include "base/work.h"

struct postgres_cluster;

/* Starts a cluster; NULL, with the cause on standard error, when that cannot be done. As root it
 * runs as dueregard-test, postgres or nobody, the first of them that exists. */
struct postgres_cluster *postgres_cluster_start(void);
/* NULL is allowed. */
void postgres_cluster_stop(struct postgres_cluster *cluster);
/* The address of a fresh, empty database, in the work's arena. */
const char *postgres_cluster_database(struct work *work, struct postgres_cluster *cluster);
/* Ends every connection to the databases, as a server that goes away does. */
void postgres_cluster_disconnect(struct postgres_cluster *cluster);

#endif
