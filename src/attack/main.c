/* dueregard-attack: a program of its own, which reads only what was published. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "attack/arguments.h"
#include "attack/hierarchy_file.h"
#include "attack/tables_file.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/banned.h"

static enum status print(struct work *work, struct slice bytes)
{
    if ((bytes.length && fwrite(bytes.start, 1, bytes.length, stdout) != bytes.length) ||
        fflush(stdout) != 0)
        return work_fail(work, STATUS_STORAGE, "The output could not be written: %s.",
                         strerror(errno));
    return STATUS_OK;
}

/* Names the total whose parts cannot add up to it. */
static enum status explain(struct work *work, const struct report *report, int32_t equation)
{
    const struct puzzle *puzzle = report->puzzle;
    int32_t total = puzzle->cell[puzzle->start[equation]]; /* its first entry */
    const char *name = published_name(report->published, work->arena, report->meanings[total].cell);
    work_forget(work);
    return work_fail(work, STATUS_INPUT,
                     "The figures contradict each other: the parts of \"%s\" cannot add up to it. "
                     "Check that total and parts count the same people, and give --hierarchy "
                     "COLUMN=FILE for a column in which labels of several levels stand.",
                     name);
}

/* Runs the attack and prints; the report says already what is attacked. */
static enum status attack(struct work *work, const struct arguments *arguments,
                          struct report *report)
{
    struct attack_result result = { 0 };
    struct slice bytes;
    enum status status = attack_run(work, report->puzzle, report->options, &result);
    if (status == STATUS_INPUT && report->published && result.bounds.broken >= 0)
        return explain(work, report, result.bounds.broken);
    if (status != STATUS_OK)
        return status;
    report->result = &result;
    status = report_print(work, report, arguments->format, &bytes);
    if (status == STATUS_OK)
        status = print(work, bytes);
    bool has_findings = status == STATUS_OK && report_has_findings(report);
    report->result = NULL;
    return has_findings ? STATUS_FINDINGS : status;
}

static enum status attack_relations(struct work *work, const struct arguments *arguments)
{
    struct relation_file file;
    struct puzzle puzzle;
    unsigned char *states = NULL;
    struct publication publication = arguments->publication;
    enum status status = relation_file_read(work, arguments->relations, &file);
    if (status == STATUS_OK && arguments->pattern)
        status = pattern_read(work, arguments->pattern, file.cell_count, &states);
    if (status != STATUS_OK)
        return status;
    publication.shows_zeros = arguments->zeros ? strcmp(arguments->zeros, "shown") == 0
                                               : states && pattern_shows_zeros(&file, states);
    if (!states)
        states = pattern_of_band(work->arena, &file, &publication);
    status = relation_file_as_puzzle(work, &file, states, &publication, &puzzle);
    if (status != STATUS_OK)
        return status;
    struct attack_options options = arguments->options;
    options.rounded_below = publication.rounding;
    struct report report = { .puzzle = &puzzle,
                             .options = &options,
                             .shows_zeros = publication.shows_zeros,
                             .overlapping = -1 };
    return attack(work, arguments, &report);
}

enum { STANDARD_THRESHOLD = 10 };

enum { MOST_HIERARCHY = 64 << 20 };

static enum status read_hierarchies(struct work *work, const struct arguments *arguments,
                                    struct published *published)
{
    enum status status = STATUS_OK;
    struct slice bytes;
    struct hierarchy *hierarchies = arena_array_of(work->arena, arguments->hierarchy_count + 1,
                                                   struct hierarchy);
    for (size_t i = 0; status == STATUS_OK && i < arguments->hierarchy_count; i++) {
        struct slice rest = slice_of(arguments->hierarchies[i]);
        (void)slice_split(&rest, '=', &hierarchies[i].variable);
        hierarchies[i].path = rest.start;
        status = file_read(work, hierarchies[i].path, MOST_HIERARCHY, &bytes);
        if (status == STATUS_OK)
            status = hierarchy_file_parse(work, bytes, published, &hierarchies[i]);
    }
    published->hierarchies = hierarchies;
    published->hierarchy_count = arguments->hierarchy_count;
    return status;
}

static enum status read_table(struct work *work, const struct table_argument *table,
                              struct tables_context *context, struct published *published)
{
    context->population = table->population;
    context->period = table->period;
    return tables_file_read(work, table->path, context, published);
}

static enum status attack_tables(struct work *work, const struct arguments *arguments)
{
    const struct publication *publication = &arguments->publication;
    struct tables_context context = {
        .rule = { .shows_zeros = arguments->zeros && strcmp(arguments->zeros, "shown") == 0,
                  .rounding = publication->rounding,
                  .band = publication->band },
    };
    struct attack_options options = arguments->options;
    struct published published = published_new(work->arena);
    struct published_puzzle puzzle;
    struct published_links links;
    enum status status = read_hierarchies(work, arguments, &published);
    for (size_t i = 0; status == STATUS_OK && i < arguments->table_count; i++)
        status = read_table(work, &arguments->tables[i], &context, &published);
    if (status == STATUS_OK)
        status = differences_as_links(work, &published, &arguments->differences, &links);
    published.omits_zeros = !context.rule.shows_zeros;
    if (status == STATUS_OK)
        status = published_as_puzzle(work, &published, &links, &puzzle);
    if (status != STATUS_OK)
        return status;
    options.rounded_below = publication->rounding;
    if (options.threshold == 0)
        options.threshold = publication->band > 0 ? publication->band : STANDARD_THRESHOLD;
    struct report report = { .puzzle = &puzzle.puzzle,
                             .options = &options,
                             .shows_zeros = context.rule.shows_zeros,
                             .published = &published,
                             .meanings = puzzle.meanings,
                             .overlapping = puzzle.overlapping };
    return attack(work, arguments, &report);
}

int main(int count, char **words)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = work_clock(arena), .user = "attacker" };
    struct arguments arguments;
    enum status status = arguments_read(&work, count, words, &arguments);
    if (status == STATUS_OK)
        status = arguments.wants_help  ? print(&work, slice_of(arguments_help(arena)))
                 : arguments.relations ? attack_relations(&work, &arguments)
                                       : attack_tables(&work, &arguments);
    if (work.error[0])
        fprintf(stderr, "dueregard-attack: %s\n", work.error);
    return status_exit_code(status);
}
