/* dueregard protect --relations: cells and relations in the plain form, one status a cell. */
#include "cli/protect.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "disclosure/plain.h"
#include "disclosure/suppression.h"
#include "base/banned.h"

enum { LONGEST_STATUS_LINE = 16 };

struct request {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
    struct relations *relations;
    unsigned char *statuses;
    struct suppression_options options;
};

static const char *value_of(const struct request *request, const char *name)
{
    return argument_value(request->command, request->arguments, name);
}

static enum status read_safety(struct request *request)
{
    static const char *const safeties[] = {
        [SAFETY_LINEAR] = "linear", [SAFETY_ONES] = "ones", [SAFETY_JOINT] = "joint"
    };
    const char *zeros = value_of(request, "zeros"), *safety = value_of(request, "safety");
    if (zeros && strcmp(zeros, "shown") != 0 && strcmp(zeros, "hidden") != 0)
        return work_fail(request->work, STATUS_USAGE, "--zeros is shown or hidden, not \"%.40s\".",
                         zeros);
    request->options.shows_zeros = !zeros || strcmp(zeros, "shown") == 0;
    for (int i = 0; i < 3; i++)
        if (strcmp(safety ? safety : "joint", safeties[i]) == 0) {
            request->options.safety = (enum safety)i;
            return STATUS_OK;
        }
    return work_fail(request->work, STATUS_USAGE,
                     "--safety is joint, ones or linear, not \"%.40s\".", safety);
}

static enum status read_threshold(struct request *request)
{
    bool is_internal = value_of(request, "not-for-publication") != NULL;
    bool has_primaries = value_of(request, "primary") != NULL;
    int64_t least = is_internal ? 1 : SUPPRESSION_LEAST_THRESHOLD;
    int64_t standard = has_primaries ? 0 : 10, number = standard;
    const char *value = value_of(request, "threshold");
    if (value && slice_integer(slice_of(value), &number) && number >= 1 && number < least)
        return work_fail(request->work, STATUS_REFUSED,
                         "A threshold below %d is not safe to publish with; with "
                         "--not-for-publication it can be tried out.",
                         SUPPRESSION_LEAST_THRESHOLD);
    return argument_integer(request->work, request->command, request->arguments, "threshold",
                            (struct argument_range){ least, SUPPRESSION_MOST_THRESHOLD, standard },
                            &request->options.threshold);
}

/* A list of cells, each of which gets `cell_status`. */
static enum status read_list(struct request *request, const char *option,
                             enum cell_status cell_status)
{
    const char *path = value_of(request, option);
    struct slice bytes;
    if (!path)
        return STATUS_OK;
    enum status status = file_read(request->work, path, RELATIONS_MOST_BYTES, &bytes);
    if (status != STATUS_OK)
        return status;
    struct plain_file plain = plain_open(request->work, path, bytes);
    return plain_read_cells(&plain, request->relations->cell_count, (unsigned char)cell_status,
                            request->statuses);
}

static enum status read_weights(struct request *request)
{
    const char *path = value_of(request, "weights");
    struct slice bytes;
    int64_t *weights = NULL;
    if (!path)
        return STATUS_OK;
    enum status status = file_read(request->work, path, RELATIONS_MOST_BYTES, &bytes);
    if (status != STATUS_OK)
        return status;
    struct plain_file plain = plain_open(request->work, path, bytes);
    status = plain_read_each(&plain, request->relations->cell_count, SECONDARY_MOST_WEIGHT,
                             &weights);
    request->options.weights = weights;
    return status;
}

static enum status read_all(struct request *request)
{
    const char *path = value_of(request, "relations");
    struct slice bytes;
    enum status status = read_safety(request);
    if (status == STATUS_OK)
        status = read_threshold(request);
    if (status == STATUS_OK)
        status = argument_integer(
            request->work, request->command, request->arguments, "effort",
            (struct argument_range){ 0, SECONDARY_MOST_EFFORT, SECONDARY_STANDARD_EFFORT },
            &request->options.effort);
    if (status == STATUS_OK)
        status = file_read(request->work, path, RELATIONS_MOST_BYTES, &bytes);
    if (status == STATUS_OK)
        status = relations_read_plain(request->work, path, bytes, &request->relations);
    if (status != STATUS_OK)
        return status;
    request->statuses = arena_take(request->work->arena, (size_t)request->relations->cell_count);
    status = read_list(request, "primary", CELL_PRIMARY);
    if (status == STATUS_OK)
        status = read_list(request, "known", CELL_KNOWN);
    return status == STATUS_OK ? read_weights(request) : status;
}

static enum status print_statuses(const struct request *request)
{
    size_t count = (size_t)request->relations->cell_count;
    struct text text = text_new_of_room(request->work->arena, count * LONGEST_STATUS_LINE,
                                        count * LONGEST_STATUS_LINE);
    for (size_t cell = 0; cell < count; cell++) {
        text_add(&text, cell_status_name(request->statuses[cell]));
        text_add_character(&text, '\n');
    }
    return print_output(request->work, value_of(request, "output"), text_slice(&text));
}

static void print_summary(const struct request *request, const struct suppression *suppression)
{
    const struct secondary_result *counts = &suppression->secondary;
    fprintf(stderr,
            "%d cells in %d relations: %lld published, %lld primary, %lld secondary, %lld known.\n"
            "Audit against a reader who %s: nothing hidden can be worked out.\n",
            request->relations->cell_count, request->relations->relation_count,
            (long long)counts->published_count, (long long)counts->primary_count,
            (long long)counts->secondary_count, (long long)counts->known_count,
            request->options.safety == SAFETY_LINEAR
                ? "only adds and subtracts"
                : (request->options.shows_zeros ? "knows that hidden cells are at least 1"
                                                : "knows that hidden cells are not negative"));
    fputs(suppression_joint_words(request->work->arena, suppression->joint,
                                  suppression->combination_count),
          stderr);
    fputs(suppression_whole_words(request->work->arena, suppression->whole_open), stderr);
}

enum status protect_relations(struct work *work, const struct command *command,
                              const struct arguments *arguments)
{
    struct request request = { .work = work, .command = command, .arguments = arguments };
    struct suppression suppression;
    if (arguments->word_count)
        return work_fail(work, STATUS_USAGE, "--relations takes no further file.");
    enum status status = read_all(&request);
    if (status != STATUS_OK)
        return status;
    status = suppression_run(work, request.relations, &request.options, request.statuses,
                             &suppression);
    if (status == STATUS_REFUSED && suppression.certificate)
        fprintf(stderr, "A reader works it out: %s.\n", suppression.certificate);
    if (status != STATUS_OK)
        return status;
    status = print_statuses(&request);
    if (status == STATUS_OK && !value_of(&request, "quiet"))
        print_summary(&request, &suppression);
    return status;
}
