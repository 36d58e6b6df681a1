/* A keeper process runs the server as an unprivileged user. It holds one end of a pipe; when the
 * other end closes, because the test program stopped it or died, it stops the server and removes
 * the folder. */
#include "support/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "support/support.h"

#define PROGRAMS "/usr/lib/postgresql/15/bin/"

enum { FOLDER_ROOM = 64, START_TRIES = 600, START_PAUSE_MICROSECONDS = 50000 };

struct postgres_cluster {
    pid_t keeper;
    int pipe; /* open while the cluster shall live */
    int databases;
    char folder[FOLDER_ROOM];
};

static void complain(const char *what)
{
    fprintf(stderr, "# PostgreSQL for the tests: %s (%s)\n", what, strerror(errno));
}

/* Gives up root for good; the server refuses to run as root. */
static bool become_unprivileged(void)
{
    static const char *const names[] = { "dueregard-test", "postgres", "nobody" };
    const struct passwd *user = NULL;
    if (geteuid() != 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names && !user; i++)
        user = getpwnam(names[i]);
    return user && setgroups(0, NULL) == 0 && setgid(user->pw_gid) == 0 &&
           setuid(user->pw_uid) == 0;
}

/* Starts a program of PostgreSQL with its output in `log`; it dies with the keeper. */
static pid_t start_program(const char *const arguments[], const char *log)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    int output = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int input = open("/dev/null", O_RDONLY);
    if (output < 0 || input < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        _exit(126);
    for (int descriptor = 3; descriptor < 256; descriptor++)
        close(descriptor);
    execv(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    remove(path);
    return 0;
}

static void print_log(const char *log)
{
    char line[1024];
    FILE *file = fopen(log, "r");
    while (file && fgets(line, sizeof line, file))
        fprintf(stderr, "# %s", line);
    if (file)
        fclose(file);
}

/* Makes the cluster's files and starts the server; -1 when it cannot. */
static pid_t start_server(const char *folder)
{
    char data[FOLDER_ROOM * 2], log[FOLDER_ROOM * 2];
    snprintf(data, sizeof data, "%s/data", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    const char *const make[] = { PROGRAMS "initdb",
                                 "--pgdata",
                                 data,
                                 "--username",
                                 "tester",
                                 "--auth",
                                 "trust",
                                 "--encoding",
                                 "UTF8",
                                 "--locale",
                                 "C.UTF-8",
                                 "--no-sync",
                                 "--no-instructions",
                                 NULL };
    const char *const serve[] = { PROGRAMS "postgres",
                                  "-D",
                                  data,
                                  "-k",
                                  folder,
                                  "-c",
                                  "listen_addresses=",
                                  "-c",
                                  "fsync=off",
                                  "-c",
                                  "synchronous_commit=off",
                                  "-c",
                                  "full_page_writes=off",
                                  "-c",
                                  "shared_buffers=32MB",
                                  "-c",
                                  "max_connections=20",
                                  "-c",
                                  "autovacuum=off",
                                  NULL };
    int code = 0;
    pid_t child = start_program(make, log);
    if (child < 0 || waitpid(child, &code, 0) != child || code != 0) {
        complain("initdb failed; is the package postgresql-15 installed?");
        print_log(log);
        return -1;
    }
    return start_program(serve, log);
}

/* The keeper: says the folder's name, then "+" when the server starts, and waits for the end. */
static void keep(int input, int output)
{
    char folder[FOLDER_ROOM] = "/tmp/dueregard-postgres-XXXXXX", byte = 0;
    if (!become_unprivileged() || !mkdtemp(folder) || chdir(folder) != 0) {
        complain("no folder or no unprivileged user");
        _exit(1);
    }
    signal(SIGINT, SIG_IGN); /* the test program decides */
    pid_t server = start_server(folder);
    if (server > 0 && write(output, folder, sizeof folder) == sizeof folder) {
        close(output);
        while (read(input, &byte, 1) < 0 && errno == EINTR)
            ;
    }
    if (server > 0) {
        kill(server, SIGQUIT); /* at once: nothing here is kept */
        waitpid(server, NULL, 0);
    }
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    _exit(0);
}

static bool wait_until_ready(const struct postgres_cluster *cluster)
{
    char address[FOLDER_ROOM * 2];
    snprintf(address, sizeof address, "postgresql:///postgres?user=tester&host=%s",
             cluster->folder);
    for (int i = 0; i < START_TRIES; i++) {
        if (PQping(address) == PQPING_OK)
            return true;
        usleep(START_PAUSE_MICROSECONDS);
    }
    return false;
}

struct postgres_cluster *postgres_cluster_start(void)
{
    int down[2], up[2];
    if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0)
        return NULL;
    struct postgres_cluster *cluster = calloc(1, sizeof *cluster);
    if (!cluster)
        abort();
    cluster->keeper = fork();
    if (cluster->keeper == 0) {
        close(down[1]);
        close(up[0]);
        keep(down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    cluster->pipe = down[1];
    ssize_t got = read(up[0], cluster->folder, sizeof cluster->folder);
    close(up[0]);
    if (got != (ssize_t)sizeof cluster->folder || !wait_until_ready(cluster)) {
        complain("the server did not start");
        postgres_cluster_stop(cluster);
        return NULL;
    }
    return cluster;
}

void postgres_cluster_stop(struct postgres_cluster *cluster)
{
    if (!cluster)
        return;
    close(cluster->pipe);
    waitpid(cluster->keeper, NULL, 0);
    free(cluster);
}

/* Runs one statement in the cluster's first database. */
static void administer(const struct postgres_cluster *cluster, const char *sql)
{
    char address[FOLDER_ROOM * 2];
    snprintf(address, sizeof address, "postgresql:///postgres?user=tester&host=%s",
             cluster->folder);
    PGconn *connection = PQconnectdb(address);
    PGresult *result = PQexec(connection, sql);
    bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK ||
                   PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!is_done)
        fprintf(stderr, "# %s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
    assert_true(is_done);
}

const char *postgres_cluster_database(struct work *work, struct postgres_cluster *cluster)
{
    int number = ++cluster->databases;
    administer(cluster, arena_format(work->arena, "CREATE DATABASE test_%d", number));
    return arena_format(work->arena, "postgresql:///test_%d?user=tester&host=%s", number,
                        cluster->folder);
}

void postgres_cluster_disconnect(struct postgres_cluster *cluster)
{
    administer(cluster, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname LIKE 'test_%'");
}
