/* dueregard-attack: a program of its own, which reads only what was published. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "attack/arguments.h"
#include "attack/tables_file.h"
#include "base/arena.h"
#include "base/banned.h"

static enum status print(struct work *work, struct slice bytes)
{
    if ((bytes.length && fwrite(bytes.start, 1, bytes.length, stdout) != bytes.length) ||
        fflush(stdout) != 0)
        return work_fail(work, STATUS_STORAGE, "The output could not be written: %s.",
                         strerror(errno));
    return STATUS_OK;
}

/* Runs the attack and prints; the report says already what is attacked. */
static enum status attack(struct work *work, const struct arguments *arguments,
                          struct report *report)
{
    struct attack_result result;
    struct slice bytes;
    enum status status = attack_run(work, report->puzzle, report->options, &result);
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
    struct report report = { .puzzle = &puzzle,
                             .options = &arguments->options,
                             .shows_zeros = publication.shows_zeros };
    return attack(work, arguments, &report);
}

enum { STANDARD_THRESHOLD = 10 };

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
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < arguments->table_count; i++)
        status = tables_file_read(work, arguments->tables[i], &context, &published);
    published.omits_zeros = !context.rule.shows_zeros;
    if (status == STATUS_OK)
        status = published_as_puzzle(work, &published, NULL, &puzzle);
    if (status != STATUS_OK)
        return status;
    if (options.threshold == 0)
        options.threshold = publication->band > 0 ? publication->band : STANDARD_THRESHOLD;
    struct report report = { .puzzle = &puzzle.puzzle,
                             .options = &options,
                             .shows_zeros = context.rule.shows_zeros,
                             .published = &published,
                             .meanings = puzzle.meanings };
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
