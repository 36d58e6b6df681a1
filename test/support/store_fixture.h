/* A fresh store on either engine, for tests that run on both. */
#ifndef TEST_SUPPORT_STORE_FIXTURE_H
#define TEST_SUPPORT_STORE_FIXTURE_H

#include "base/workspace.h"
#include "store/store.h"
#include "support/postgres.h"

/* What a test gets as its state: which engine it runs on. */
struct store_fixture {
    enum engine engine;
    struct postgres_cluster *cluster; /* NULL: PostgreSQL could not be started, so its tests fail */
};

/* A work with a store of its own, and where that is. */
struct opened {
    struct work work;
    struct workspace workspace;
    const char *folder, *address;
};

/* A fresh, empty place for a store; nothing is opened yet. */
void opened_place(struct opened *opened, const struct store_fixture *fixture);
/* The same, opened with STORE_CREATE. */
void opened_empty(struct opened *opened, const struct store_fixture *fixture);
/* The same, brought to the newest schema. */
void opened_new(struct opened *opened, const struct store_fixture *fixture);
void opened_end(struct opened *opened);
/* Fails the test with the work's words unless `status` is STATUS_OK. */
void must(struct opened *opened, enum status status);
/* The only integer that a statement without parameters gives. */
int64_t number_of(struct opened *opened, const char *sql);
/* A hash over all rows of all entities: equal when and only when the contents are. */
const char *contents_of(struct opened *opened);

/* Adds `rows` random rows of every entity, ids from 1 on; the same seed, the same rows. The audit's
 * events are random too, so the chain is none. */
void opened_fill(struct opened *opened, uint64_t seed, int64_t rows);
/* One sealed event. */
void opened_event(struct opened *opened);

/* Runs a test on both engines, in MAIN_ON_BOTH or where `sqlite` and `postgresql` are fixtures. */
#define ON_BOTH(function)                                                                          \
    { #function " on SQLite", function, NULL, NULL, &sqlite },                                     \
    {                                                                                              \
#function " on PostgreSQL", function, NULL, NULL, &postgresql                              \
    }

/* The main function of a program whose tests are rows of ON_BOTH. */
#define MAIN_ON_BOTH(name, ...)                                                                    \
    int main(void)                                                                                 \
    {                                                                                              \
        struct store_fixture sqlite = { ENGINE_SQLITE, NULL };                                     \
        struct store_fixture postgresql = { ENGINE_POSTGRESQL, postgres_cluster_start() };         \
        const struct CMUnitTest tests[] = { __VA_ARGS__ };                                         \
        int failed = cmocka_run_group_tests_name(name, tests, NULL, NULL);                         \
        postgres_cluster_stop(postgresql.cluster);                                                 \
        return failed;                                                                             \
    }

#endif
