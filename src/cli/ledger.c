/* dueregard ledger: what was released, and whether something new may go out beside it. */
#include "service/ledger.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "service/ledger_record.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { STANDARD_THRESHOLD = 10, LEAST_THRESHOLD = 5, LARGEST_OPTION = 1000000 };

/* One call: the ledger of a file (--ledger) or of the workspace. */
struct call {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
    const char *path; /* of the plain form, or NULL */
    enum command_format format;
    struct ledger ledger;
};

static const char *option(const struct call *call, const char *name)
{
    return argument_value(call->command, call->arguments, name);
}

static enum status open_ledger(struct call *call, enum store_mode mode)
{
    if (call->path)
        return ledger_read(call->work, call->path, &call->ledger);
    enum status status = workspace_open(call->work, call->arguments->folder, mode);
    return status == STATUS_OK ? ledger_record_load(call->work, &call->ledger) : status;
}

static const struct ledger_release *release_at(const struct ledger *ledger, size_t place)
{
    return ledger->releases.items[place];
}

/* "rounded to 5, counts below 10 as a band, zeros hidden", where nobody says it better. */
static const char *method_words(struct arena *arena, const struct figure_rule *rule)
{
    const char *zeros = rule->shows_zeros ? "zeros shown" : "zeros hidden";
    if (rule->rounding > 1 && rule->band > 0)
        return arena_format(arena, "rounded to %lld, counts below %lld as a band, %s",
                            (long long)rule->rounding, (long long)rule->band, zeros);
    if (rule->reach > 0)
        return arena_format(arena, "every figure off by %lld at most", (long long)rule->reach);
    if (rule->rounding > 1)
        return arena_format(arena, "rounded to %lld", (long long)rule->rounding);
    return arena_format(arena, "suppression, %s", zeros);
}

/* The words and numbers that describe a new release. */
static enum status read_about(struct call *call, struct ledger_release *about,
                              struct figure_rule *rule)
{
    struct work *work = call->work;
    const char *zeros = option(call, "zeros");
    const struct argument_range free = { 0, LARGEST_OPTION, 0 };
    const struct argument_range threshold = { LEAST_THRESHOLD, LARGEST_OPTION, STANDARD_THRESHOLD };
    if (zeros && strcmp(zeros, "shown") != 0 && strcmp(zeros, "hidden") != 0)
        return work_fail(work, STATUS_USAGE, "--zeros is shown or hidden, not \"%.40s\".", zeros);
    rule->shows_zeros = zeros && strcmp(zeros, "shown") == 0;
    enum status status = argument_integer(work, call->command, call->arguments, "rounding", free,
                                          &rule->rounding);
    if (status == STATUS_OK)
        status = argument_integer(work, call->command, call->arguments, "band", free, &rule->band);
    if (status == STATUS_OK)
        status = argument_integer(work, call->command, call->arguments, "off-by", free,
                                  &rule->reach);
    if (status == STATUS_OK)
        status = argument_integer(work, call->command, call->arguments, "threshold", threshold,
                                  &about->threshold);
    if (status != STATUS_OK)
        return status;
    about->population = option(call, "population");
    about->period = option(call, "period");
    about->definition = option(call, "definition") ? option(call, "definition") : "";
    about->method = option(call, "method") ? option(call, "method")
                                           : method_words(work->arena, rule);
    about->by = option(call, "by") ? option(call, "by") : work->user;
    about->released = work->now;
    if (!about->population || !about->period)
        return work_fail(work, STATUS_USAGE,
                         "Say who is counted and when: --population \"all "
                         "staff\" --period 2012-13-Q1.");
    return STATUS_OK;
}

static enum status print_exposure(struct work *work, const struct ledger_exposure *exposure)
{
    enum status status;
    if (exposure->least == exposure->most)
        status = print_line(work, "\n%s would become known: %lld.", exposure->name,
                            (long long)exposure->least);
    else
        status = print_line(work, "\n%s would become known: %lld to %lld.", exposure->name,
                            (long long)exposure->least, (long long)exposure->most);
    if (status == STATUS_OK && exposure->certificate)
        status = print_bytes(work, slice_of(exposure->certificate));
    return status;
}

static json_t *verdict_json(const struct ledger_release *release,
                            const struct ledger_verdict *verdict)
{
    json_t *exposures = json_array();
    for (size_t i = 0; i < verdict->exposures.count; i++) {
        const struct ledger_exposure *exposure = verdict->exposures.items[i];
        json_array_append_new(exposures,
                              json_pack("{s:s, s:I, s:I, s:s}", "cell", exposure->name, "least",
                                        (json_int_t)exposure->least, "most",
                                        (json_int_t)exposure->most, "certificate",
                                        exposure->certificate ? exposure->certificate : ""));
    }
    return json_pack("{s:s, s:b, s:b, s:o}", "release", release->name, "exposing",
                     (int)(verdict->exposures.count > 0), "undecided", (int)verdict->is_undecided,
                     "exposures", exposures);
}

static enum status print_verdict(struct work *work, const struct ledger_release *release,
                                 const struct ledger_verdict *verdict)
{
    size_t count = verdict->exposures.count;
    enum status status = STATUS_OK;
    if (count > 0)
        status = print_line(work,
                            "%s gives %zu protected count%s away, with what was released before:",
                            release->name, count, count == 1 ? "" : "s");
    else if (verdict->is_undecided)
        status = print_line(work,
                            "%s is not proved safe: the exact test could not decide every count.",
                            release->name);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = print_exposure(work, verdict->exposures.items[i]);
    return status;
}

/* Tells of one release that is added. */
static enum status tell_verdict(struct call *call, size_t place,
                                const struct ledger_verdict *verdict)
{
    const struct ledger_release *release = release_at(&call->ledger, place);
    if (call->format == FORMAT_TEXT)
        return print_verdict(call->work, release, verdict);
    json_t *list = json_array();
    json_array_append_new(list, verdict_json(release, verdict));
    return print_json(call->work, list);
}

/* Judges releases from one place on, and tells of those that give something away. Memory goes with
 * each release. */
static enum status judge_from(struct call *call, size_t first, size_t *out_exposing)
{
    struct work *work = call->work;
    struct arena *kept = work->arena;
    json_t *list = json_array();
    enum status status = STATUS_OK;
    for (size_t r = first; status == STATUS_OK && r < call->ledger.releases.count; r++) {
        CLEANUP_ARENA struct arena *arena = arena_new();
        struct ledger_verdict verdict;
        work->arena = arena;
        status = ledger_judge(work, &call->ledger, r, &verdict);
        if (status == STATUS_OK) {
            *out_exposing += !ledger_verdict_admits(&verdict);
            json_array_append_new(list, verdict_json(release_at(&call->ledger, r), &verdict));
            if (call->format == FORMAT_TEXT)
                status = print_verdict(work, release_at(&call->ledger, r), &verdict);
        }
        work->arena = kept;
    }
    if (status == STATUS_OK && call->format == FORMAT_JSON)
        status = print_json(work, list);
    else
        json_decref(list);
    return status;
}

static enum status take_tables(struct call *call, const char *name)
{
    struct ledger_release about = { .name = name };
    struct figure_rule rule = { 0 };
    enum status status = read_about(call, &about, &rule);
    return status == STATUS_OK
               ? ledger_take(call->work, &call->ledger, &about, &rule, call->arguments->words + 1,
                             call->arguments->word_count - 1)
               : status;
}

static enum status check(struct call *call)
{
    size_t first = 0, exposing = 0;
    const char *name = option(call, "release") ? option(call, "release") : "The new release";
    enum status status = open_ledger(call, STORE_READ);
    if (status == STATUS_OK && call->arguments->word_count > 1) {
        first = call->ledger.releases.count;
        status = take_tables(call, name);
    }
    if (status == STATUS_OK)
        status = judge_from(call, first, &exposing);
    if (status != STATUS_OK || exposing > 0)
        return status == STATUS_OK ? STATUS_FINDINGS : status;
    return call->format != FORMAT_TEXT ? STATUS_OK
           : first > 0 || call->arguments->word_count > 1
               ? print_line(call->work, "With what was released before, it gives nobody away.")
               : print_line(call->work,
                            "%zu releases; the chain is whole, and none gives anybody away.",
                            call->ledger.releases.count);
}

static enum status write_release(struct call *call, size_t place,
                                 const struct ledger_verdict *verdict)
{
    struct work *work = call->work;
    const struct ledger_release *release = release_at(&call->ledger, place);
    struct slice old = SLICE("");
    if (!call->path)
        return ledger_record_add(work, &call->ledger, release, verdict);
    enum status status = ledger_admit(work, release, verdict);
    if (status == STATUS_OK && file_exists(call->path))
        status = file_read(work, call->path, SIZE_MAX / 4, &old);
    if (status != STATUS_OK)
        return status;
    struct slice lines = ledger_lines(work, &call->ledger, release);
    struct text all = text_new_of_room(work->arena, old.length + lines.length + 1, SIZE_MAX / 4);
    text_add_slice(&all, old);
    text_add_slice(&all, lines);
    return file_write(work, call->path, text_slice(&all));
}

static enum status add(struct call *call)
{
    struct ledger_verdict verdict = { .is_undecided = true };
    const char *name = option(call, "release");
    if (!name || call->arguments->word_count < 2)
        return work_fail(call->work, STATUS_USAGE,
                         "Name the release and its tables: ledger add TABLES --release NAME.");
    enum status status = open_ledger(call, STORE_WRITE);
    size_t place = call->ledger.releases.count;
    if (status == STATUS_OK)
        status = take_tables(call, name);
    if (status == STATUS_OK)
        status = ledger_judge(call->work, &call->ledger, place, &verdict);
    if (status == STATUS_OK)
        status = tell_verdict(call, place, &verdict);
    if (status == STATUS_OK)
        status = write_release(call, place, &verdict);
    if (status != STATUS_OK || call->format != FORMAT_TEXT)
        return status;
    const struct ledger_release *release = release_at(&call->ledger, place);
    return print_line(call->work, "%s is on record: %zu cells of %s, %s.", name,
                      release->end - release->first, release->population, release->period);
}

/* Cells of a release that hold the words of --find in their name. */
static size_t count_found(const struct call *call, const struct ledger_release *release,
                          const char *words)
{
    size_t count = 0;
    struct arena *arena = call->work->arena;
    struct arena_mark mark = arena_mark(arena);
    for (size_t i = release->first; i < release->end; i++) {
        const struct published_cell *cell = &call->ledger.published.cells[i];
        const char *name = published_name(&call->ledger.published, arena, cell);
        count += slice_find_folded(slice_of(name), words) >= 0;
        arena_return(arena, mark);
    }
    return count;
}

static bool is_wanted(const struct call *call, const struct ledger_release *release)
{
    const char *population = option(call, "population"), *period = option(call, "period");
    const char *name = option(call, "release"), *words = option(call, "find");
    return (!population || strcmp(population, release->population) == 0) &&
           (!period || strcmp(period, release->period) == 0) &&
           (!name || strcmp(name, release->name) == 0) &&
           (!words || count_found(call, release, words) > 0);
}

static enum status show_cells(struct call *call, const struct ledger_release *release,
                              const char *words, struct table_text *table)
{
    struct arena *arena = call->work->arena;
    const struct published *published = &call->ledger.published;
    for (size_t i = release->first; i < release->end; i++) {
        const struct published_cell *cell = &published->cells[i];
        const char *name = published_name(published, arena, cell);
        if (!words || slice_find_folded(slice_of(name), words) >= 0)
            table_text_add(table, (const char *[]){ release->name, name,
                                                    published_word_of(published, cell->shown) });
    }
    return STATUS_OK;
}

static void show_release(struct call *call, const struct ledger_release *release,
                         struct table_text *table)
{
    struct arena *arena = call->work->arena;
    size_t hidden = 0;
    for (size_t i = release->first; i < release->end; i++)
        hidden += call->ledger.published.cells[i].state != CELL_SHOWN;
    table_text_add(table,
                   (const char *[]){ release->name, release->released, release->by,
                                     release->population, release->period,
                                     arena_format(arena, "%zu", release->end - release->first),
                                     arena_format(arena, "%zu", hidden), release->method });
}

/* The lines as they are recorded, of the releases wanted. */
static enum status show_lines(struct call *call)
{
    struct ledger again = call->ledger;
    again.hash[0] = '\0';
    enum status status = STATUS_OK;
    for (size_t r = 0; status == STATUS_OK && r < call->ledger.releases.count; r++) {
        struct slice lines = ledger_lines(call->work, &again, release_at(&call->ledger, r));
        if (is_wanted(call, release_at(&call->ledger, r)))
            status = print_bytes(call->work, lines);
    }
    return status;
}

static enum status show(struct call *call)
{
    const char *words = option(call, "find");
    bool has_cells = words || option(call, "release");
    enum status status = open_ledger(call, STORE_READ);
    if (status != STATUS_OK)
        return status;
    if (call->format == FORMAT_JSON)
        return show_lines(call);
    struct table_text *table = table_text_new(call->work->arena, has_cells ? 3 : 8);
    if (has_cells)
        table_text_add(table, (const char *[]){ "release", "cell", "shown" });
    else
        table_text_add(table, (const char *[]){ "release", "released", "by", "population", "period",
                                                "cells", "hidden", "method" });
    for (size_t r = 0; status == STATUS_OK && r < call->ledger.releases.count; r++) {
        const struct ledger_release *release = release_at(&call->ledger, r);
        if (!is_wanted(call, release))
            continue;
        if (has_cells)
            status = show_cells(call, release, words, table);
        else
            show_release(call, release, table);
    }
    return status == STATUS_OK ? table_text_print(call->work, table) : status;
}

static const struct verb {
    const char *name;
    enum status (*run)(struct call *call);
} verbs[] = { { "show", show }, { "check", check }, { "add", add } };

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct call call = { .work = work,
                         .command = command,
                         .arguments = arguments,
                         .path = argument_value(command, arguments, "ledger") };
    enum status status = argument_format(work, command, arguments, &call.format);
    if (status == STATUS_OK && call.format == FORMAT_CSV)
        return work_fail(work, STATUS_USAGE, "The ledger is printed as text or json.");
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(verbs); i++)
        if (strcmp(arguments->words[0], verbs[i].name) == 0)
            return verbs[i].run(&call);
    return status == STATUS_OK ? work_fail(work, STATUS_USAGE,
                                           "ledger does not know \"%.40s\"; there are show, check "
                                           "and add.",
                                           arguments->words[0])
                               : status;
}

const struct command command_ledger = {
    .name = "ledger",
    .words = "show|check|add [TABLES…]",
    .summary = "what was released; whether something new beside it gives anybody away",
    .details =
        "show lists releases, or with --find or --release their cells. check attacks the tables "
        "given together with all that was released of the same people; without tables it goes "
        "through the ledger from its start.\nadd checks, and puts on record what gives nobody "
        "away. "
        "A revision is a release of its own. JSON is the plain form: a line a released cell.",
    .options = { { "ledger", "FILE", "a ledger in its plain form (else the workspace's)", false },
                 { "release", "NAME", "what the release is called", false },
                 { "population", "NAME", "who is counted", false },
                 { "definition", "WORDS",
                   "what the population is made of: \"council - schools\", \"north + south\"",
                   false },
                 { "period", "PERIOD", "of when the counts are", false },
                 { "by", "NAME", "who releases (standard: the user)", false },
                 { "method", "WORDS", "how it was protected (standard: from the next options)",
                   false },
                 { "rounding", "N", "figures are rounded to the nearest N", false },
                 { "band", "N", "counts below N are shown as one band", false },
                 { "off-by", "N", "figures may be off by N: noise, or rounding so that sums hold",
                   false },
                 { "zeros", "HOW", "shown or hidden (standard)", false },
                 { "threshold", "N", "counts below it must not become known (standard: 10)",
                   false },
                 { "find", "WORDS", "only cells in whose name the words stand", false },
                 { "format", "FORMAT", "text or json", false } },
    .least_words = 1,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_ITSELF,
    .right = RIGHT_TABLES_RELEASE,
    .run = run,
};
