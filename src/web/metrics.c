#include "web/metrics.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "web/routes.h"
#include "base/banned.h"

enum { CLASSES = 6 /* of statuses: 0 is none, 2 is 2xx */ };

/* Upper bounds of the buckets, in microseconds, and as Prometheus names them, in seconds. */
static const struct {
    long long most;
    const char *words;
} buckets[] = {
    { 1000, "0.001" },  { 2500, "0.0025" }, { 5000, "0.005" },  { 10000, "0.01" },
    { 25000, "0.025" }, { 50000, "0.05" },  { 100000, "0.1" },  { 250000, "0.25" },
    { 500000, "0.5" },  { 1000000, "1" },   { 2500000, "2.5" }, { 10000000, "10" },
};
enum { BUCKETS = sizeof buckets / sizeof *buckets };

static const struct {
    const char *name, *labels, *help;
} counts[METRICS_COUNTS] = {
    [METRICS_LIMITED_ADDRESS] = { "dueregard_requests_limited_total", "{limit=\"address\"}",
                                  "Requests refused with 429." },
    [METRICS_LIMITED_ACCOUNT] = { "dueregard_requests_limited_total", "{limit=\"account\"}", NULL },
    [METRICS_LIMITED_SECRETS] = { "dueregard_requests_limited_total", "{limit=\"secrets\"}", NULL },
    [METRICS_KEPT] = { "dueregard_answers_total", "{from=\"kept\"}",
                       "Answers that may be kept: given again, or made anew." },
    [METRICS_MADE] = { "dueregard_answers_total", "{from=\"made\"}", NULL },
    [METRICS_RELOADS] = { "dueregard_reloads_total", "{outcome=\"done\"}",
                          "Times that the settings were read anew." },
    [METRICS_RELOADS_FAILED] = { "dueregard_reloads_total", "{outcome=\"failed\"}", NULL },
};

struct metrics {
    atomic_ullong counts[METRICS_COUNTS];
    atomic_ullong buckets[BUCKETS + 1]; /* each its own; the last: longer than all */
    atomic_ullong microseconds, bytes;
    atomic_ullong *requests; /* a row for each route, and one for none; CLASSES of each */
    time_t started;
};

struct metrics *metrics_new(void)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    atomic_ullong *requests = calloc((route_count + 1) * CLASSES, sizeof *requests);
    if (!metrics || !requests)
        abort();
    metrics->requests = requests;
    metrics->started = time(NULL);
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    free(metrics->requests);
    free(metrics);
}

void metrics_add(struct metrics *metrics, enum metrics_count count)
{
    if (metrics)
        atomic_fetch_add(&metrics->counts[count], 1);
}

static const char *method_of(const struct route *route)
{
    return route->method == REQUEST_POST ? "POST" : route->method == REQUEST_PUT ? "PUT" : "GET";
}

/* HEAD is counted with GET. */
static size_t row_of(const struct log_line *line)
{
    const char *method = strcmp(line->method, "HEAD") == 0 ? "GET" : line->method;
    for (size_t i = 0; line->route && i < route_count; i++)
        if (routes[i].pattern[1] == line->route[1] && strcmp(routes[i].pattern, line->route) == 0 &&
            strcmp(method_of(&routes[i]), method) == 0)
            return i;
    return route_count;
}

void metrics_note(struct metrics *metrics, const struct log_line *line)
{
    size_t bucket = 0;
    while (bucket < BUCKETS && line->microseconds > buckets[bucket].most)
        bucket++;
    atomic_fetch_add(&metrics->buckets[bucket], 1);
    atomic_fetch_add(&metrics->microseconds, (unsigned long long)line->microseconds);
    atomic_fetch_add(&metrics->bytes, line->bytes);
    size_t class = (size_t)line->status / 100;
    atomic_fetch_add(&metrics->requests[row_of(line) * CLASSES + (class < CLASSES ? class : 0)], 1);
}

static void name(struct text *text, const char *metric, const char *kind, const char *help)
{
    text_add_format(text, "# HELP %s %s\n# TYPE %s %s\n", metric, help, metric, kind);
}

static void write_gauge(struct text *text, const char *metric, const char *help, double value)
{
    name(text, metric, "gauge", help);
    text_add_format(text, "%s %.17g\n", metric, value);
}

static void write_requests(const struct metrics *metrics, struct text *text)
{
    name(text, "dueregard_requests_total", "counter",
         "Requests answered, by the route's pattern and the class of the answer's status.");
    for (size_t row = 0; row <= route_count; row++)
        for (size_t class = 0; class < CLASSES; class ++) {
            unsigned long long count = atomic_load(&metrics->requests[row * CLASSES + class]);
            if (count == 0)
                continue;
            const struct route *route = row < route_count ? &routes[row] : NULL;
            text_add_format(
                text,
                "dueregard_requests_total{route=\"%s\",method=\"%s\",status=\"%s\"} "
                "%llu\n",
                route ? route->pattern : "none", route ? method_of(route) : "any",
                (const char *const[]){ "none", "1xx", "2xx", "3xx", "4xx", "5xx" }[class], count);
        }
}

static void write_times(const struct metrics *metrics, struct text *text)
{
    static const char metric[] = "dueregard_request_duration_seconds";
    unsigned long long sum = 0;
    name(text, metric, "histogram", "From the first byte of a request to the end of its answer.");
    for (size_t i = 0; i <= BUCKETS; i++) {
        sum += atomic_load(&metrics->buckets[i]);
        text_add_format(text, "%s_bucket{le=\"%s\"} %llu\n", metric,
                        i < BUCKETS ? buckets[i].words : "+Inf", sum);
    }
    text_add_format(text, "%s_sum %.6f\n%s_count %llu\n", metric,
                    (double)atomic_load(&metrics->microseconds) / 1e6, metric, sum);
    name(text, "dueregard_answer_bytes_total", "counter", "Bytes of the bodies of answers.");
    text_add_format(text, "dueregard_answer_bytes_total %llu\n", atomic_load(&metrics->bytes));
}

static void write_counts(const struct metrics *metrics, struct text *text)
{
    for (size_t i = 0; i < METRICS_COUNTS; i++) {
        if (counts[i].help)
            name(text, counts[i].name, "counter", counts[i].help);
        text_add_format(text, "%s%s %llu\n", counts[i].name, counts[i].labels,
                        atomic_load(&metrics->counts[i]));
    }
}

/* Resident memory in bytes, as /proc tells it in pages; 0 when it does not. */
static double memory(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file && fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static double open_files(void)
{
    DIR *folder = opendir("/proc/self/fd");
    double count = 0;
    if (!folder)
        return 0;
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 3; /* . and .. and the folder itself */
}

/* By the names that every program has at Prometheus. */
static void write_process(const struct metrics *metrics, struct text *text)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    name(text, "process_cpu_seconds_total", "counter", "Processor time, of user and system.");
    text_add_format(text, "process_cpu_seconds_total %.6f\n",
                    (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                        (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    write_gauge(text, "process_resident_memory_bytes", "Memory in use.", memory());
    write_gauge(text, "process_open_fds", "Files and connections that are open.", open_files());
    write_gauge(text, "process_start_time_seconds", "When the program started, since 1970.",
                (double)metrics->started);
}

void metrics_write(const struct metrics *metrics, const struct server_facts *facts,
                   bool is_draining, struct text *out_text)
{
    name(out_text, "dueregard_build_info", "gauge", "The program's version.");
    text_add_format(out_text, "dueregard_build_info{version=\"%s\"} 1\n", VERSION);
    write_requests(metrics, out_text);
    write_times(metrics, out_text);
    write_counts(metrics, out_text);
    write_gauge(out_text, "dueregard_connections", "Connections that are open.",
                (double)facts->connections);
    write_gauge(out_text, "dueregard_requests_in_progress", "Requests under way.",
                (double)facts->requests);
    name(out_text, "dueregard_connections_cut_off_total", "counter",
         "Connections ended because they took too long.");
    text_add_format(out_text, "dueregard_connections_cut_off_total %" PRIu64 "\n", facts->cut_off);
    write_gauge(out_text, "dueregard_draining", "1 when the server is about to stop.",
                is_draining ? 1 : 0);
    write_process(metrics, out_text);
}
