/* The work of the people benchmark in one process, each phase timed: CSV into columns, all tables,
 * pay measures; with RUNS above 0 the rows are then put in the order of the units, as a sealed
 * snapshot has them, and both are done again so often. Prints JSON lines; with a folder it writes
 * what was counted as canonical lines, so that it can be compared with the peers' before any time
 * is.
 *
 *   count_people FILE TABLES THREADS RUNS [FOLDER] */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/arena.h"
#include "base/threads.h"
#include "codec/columns_reader.h"
#include "service/table_list.h"
#include "stats/grouped.h"

enum { MOST_COLUMNS = 64, GROUPS = 3, AMOUNTS = 2, PENCE = 2 };

static const char *const groups[GROUPS] = { "sex", "ethnicity", "disability" };
static const char *const amounts[AMOUNTS] = { "hourly_pay", "bonus" };
static const char unit[] = "org_unit";

struct bench {
    struct work work;
    struct table_list list;
    struct columns_wish wishes[MOST_COLUMNS];
    size_t wish_count, threads;
    struct cube_table *tables;
    struct columns_reading reading;
    struct cube cube;
    struct grouped grouped[AMOUNTS];
    double wall, processor; /* when the phase began */
};

static double clock_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void begin(struct bench *bench)
{
    bench->wall = clock_of(CLOCK_MONOTONIC);
    bench->processor = clock_of(CLOCK_PROCESS_CPUTIME_ID);
}

static void end(const struct bench *bench, const char *phase)
{
    struct rusage usage;
    double wall = clock_of(CLOCK_MONOTONIC) - bench->wall;
    double processor = clock_of(CLOCK_PROCESS_CPUTIME_ID) - bench->processor;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"phase\":\"%s\",\"seconds\":%.6f,\"processor\":%.6f,\"memory\":%.1f}\n", phase, wall,
           processor, (double)usage.ru_maxrss / 1024);
}

/* The place of a column among the wishes, added when it is new. */
static size_t wish(struct bench *bench, const char *heading, enum column_kind kind)
{
    for (size_t i = 0; i < bench->wish_count; i++)
        if (strcmp(bench->wishes[i].heading, heading) == 0)
            return i;
    bench->wishes[bench->wish_count] = (struct columns_wish){
        .heading = heading, .kind = kind, .scale = kind == COLUMN_DECIMAL ? PENCE : 0
    };
    return bench->wish_count++;
}

static void name_tables(struct bench *bench)
{
    bench->tables = arena_array_of(bench->work.arena, bench->list.count, struct cube_table);
    for (size_t i = 0; i < bench->list.count; i++) {
        const struct listed_table *listed = &bench->list.tables[i];
        struct cube_table *table = &bench->tables[i];
        *table = (struct cube_table){ .name = listed->name,
                                      .variable_count = listed->variable_count };
        for (size_t k = 0; k < listed->variable_count; k++) {
            table->variables[k].columns[0] = wish(bench, listed->variables[k], COLUMN_CATEGORY);
            table->variables[k].level_count = 1;
        }
    }
    for (size_t i = 0; i < AMOUNTS; i++)
        (void)wish(bench, amounts[i], COLUMN_DECIMAL);
}

static enum status read_file(struct bench *bench, const char *path)
{
    const struct columns_request request = { .paths = &path,
                                             .path_count = 1,
                                             .wishes = bench->wishes,
                                             .wish_count = bench->wish_count,
                                             .threads = bench->threads };
    begin(bench);
    enum status status = columns_read(&bench->work, &request, &bench->reading);
    end(bench, "load");
    return status;
}

static enum status count(struct bench *bench, const char *phase)
{
    const struct cube_request request = { .columns = bench->reading.columns,
                                          .tables = bench->tables,
                                          .table_count = bench->list.count,
                                          .weight = -1,
                                          .threads = bench->threads };
    begin(bench);
    enum status status = cube_count(&bench->work, &request, &bench->cube);
    end(bench, phase);
    return status;
}

static enum status measure(struct bench *bench, const char *phase)
{
    const struct columns *columns = bench->reading.columns;
    size_t by[GROUPS];
    enum status status = STATUS_OK;
    for (size_t i = 0; i < GROUPS; i++)
        by[i] = (size_t)columns_find(columns, groups[i]);
    begin(bench);
    for (size_t i = 0; status == STATUS_OK && i < AMOUNTS; i++) {
        const struct grouped_request request = {
            .columns = columns,
            .amount = (size_t)columns_find(columns, amounts[i]),
            .unit = { { (size_t)columns_find(columns, unit) }, 1 },
            .groups = by,
            .group_count = GROUPS,
            .weight = -1,
            .threads = bench->threads
        };
        status = grouped_measure(&bench->work, &request, &bench->grouped[i]);
    }
    end(bench, phase);
    return status;
}

/* ---- canonical lines ---- */

static void put_label(FILE *file, struct slice label)
{
    fprintf(file, "|%.*s", (int)label.length, label.length ? label.start : "");
}

static void put_counts(const struct bench *bench, FILE *file)
{
    for (size_t i = 0; i < bench->cube.table_count; i++) {
        const struct cube_counts *counts = &bench->cube.tables[i];
        size_t nodes[CUBE_MOST_VARIABLES];
        for (size_t cell = 0; cell < counts->cell_count; cell++) {
            if (counts->counts[cell] == 0)
                continue;
            cube_nodes(counts, cell, nodes);
            fputs(counts->name, file);
            for (size_t k = 0; k < counts->axis_count; k++)
                put_label(file, counts->axes[k]->nodes[nodes[k]].label);
            fprintf(file, "|%" PRId64 "\n", counts->counts[cell]);
        }
    }
}

static void put_bands(const struct bench *bench, FILE *file)
{
    const struct grouped *grouped = &bench->grouped[0];
    for (size_t group = 0; group < GROUPS; group++)
        for (size_t node = grouped->units->first_leaf; node < grouped->units->node_count; node++)
            for (size_t label = 1; label < grouped->groups[group].axis->node_count; label++)
                for (int band = 0; band < GROUPED_BANDS; band++) {
                    int64_t people = grouped_cell(grouped, group, node, label)->bands[band];
                    if (people == 0)
                        continue;
                    fputs(groups[group], file);
                    put_label(file, grouped->units->nodes[node].label);
                    fprintf(file, "|%d", band + 1);
                    put_label(file, grouped->groups[group].axis->nodes[label].label);
                    fprintf(file, "|%" PRId64 "\n", people);
                }
}

/* Number, mean and median in pounds; nothing where nobody is. */
static void put_cell(FILE *file, const struct grouped_cell *cell)
{
    fprintf(file, "|%" PRId64, cell->count);
    if (cell->count)
        fprintf(file, "|%.17g|%.17g", (double)cell->sum / 100 / (double)cell->count,
                ((double)cell->middle[0] + (double)cell->middle[1]) / 200);
    else
        fputs("||", file);
}

static void put_pay(const struct bench *bench, FILE *file)
{
    const struct grouped *pay = &bench->grouped[0], *bonus = &bench->grouped[1];
    for (size_t group = 0; group < GROUPS; group++)
        for (size_t node = 0; node < pay->units->node_count; node++)
            for (size_t label = 1; label < pay->groups[group].axis->node_count; label++) {
                const struct grouped_cell *cell = grouped_cell(pay, group, node, label);
                if (cell->count == 0)
                    continue;
                fputs(groups[group], file);
                put_label(file, node ? pay->units->nodes[node].label : SLICE("*"));
                put_label(file, pay->groups[group].axis->nodes[label].label);
                put_cell(file, cell);
                put_cell(file, grouped_cell(bonus, group, node, label));
                fputc('\n', file);
            }
}

static void write_lines(const struct bench *bench, const char *folder, const char *name,
                        void (*put)(const struct bench *bench, FILE *file))
{
    FILE *file = fopen(arena_format(bench->work.arena, "%s/%s", folder, name), "w");
    if (!file)
        return;
    put(bench, file);
    fclose(file);
}

static enum status run(struct bench *bench, const char *path, const char *tables, int64_t runs)
{
    enum status status = table_list_read(&bench->work, tables, &bench->list);
    if (status == STATUS_OK) {
        name_tables(bench);
        status = read_file(bench, path);
    }
    if (status == STATUS_OK)
        status = count(bench, "tables-as-read");
    if (status == STATUS_OK)
        status = measure(bench, "measures-as-read");
    if (status != STATUS_OK)
        return status;
    if (runs == 0)
        return STATUS_OK; /* the whole process is timed from outside */
    begin(bench);
    columns_order(bench->reading.columns, (size_t)columns_find(bench->reading.columns, unit),
                  bench->threads);
    end(bench, "order");
    for (int64_t i = 0; status == STATUS_OK && i < runs; i++) {
        status = count(bench, "tables");
        if (status == STATUS_OK)
            status = measure(bench, "measures");
    }
    return status;
}

int main(int argc, char **argv)
{
    static struct bench bench;
    int64_t threads = 0, runs = 0;
    if (argc < 5 || !slice_integer(slice_of(argv[3]), &threads) ||
        !slice_integer(slice_of(argv[4]), &runs) || threads < 0 || threads > THREADS_MOST) {
        fprintf(stderr, "usage: count_people FILE TABLES THREADS RUNS [FOLDER]\n");
        return 2;
    }
    CLEANUP_ARENA struct arena *arena = arena_new();
    bench.work.arena = arena;
    bench.threads = (size_t)threads;
    enum status status = run(&bench, argv[1], argv[2], runs);
    if (status != STATUS_OK) {
        fprintf(stderr, "%s\n", bench.work.error);
        return status_exit_code(status);
    }
    if (argc > 5) {
        write_lines(&bench, argv[5], "counts", put_counts);
        write_lines(&bench, argv[5], "bands", put_bands);
        write_lines(&bench, argv[5], "pay", put_pay);
    }
    columns_free(bench.reading.columns);
    return 0;
}
