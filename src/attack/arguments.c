#include "attack/arguments.h"

#include <string.h>

#include "attack/profile_rule.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum { HELP_BYTES = 16 * 1024 };

typedef enum status take_option(struct work *work, const char *value, struct arguments *arguments);

static enum status take_integer(struct work *work, const char *name, const char *value,
                                int64_t most, int64_t *out_number)
{
    int64_t number;
    if (!slice_integer(slice_of(value), &number) || number < 0 || number > most)
        return work_fail(work, STATUS_USAGE, "--%s is a whole number from 0 to %lld.", name,
                         (long long)most);
    *out_number = number;
    return STATUS_OK;
}

static enum status take_relations(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->relations = value;
    return STATUS_OK;
}

static enum status take_pattern(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->pattern = value;
    return STATUS_OK;
}

static enum status take_hierarchy(struct work *work, const char *value, struct arguments *arguments)
{
    ptrdiff_t at = slice_find(slice_of(value), "=");
    if (at <= 0 || value[at + 1] == '\0')
        return work_fail(work, STATUS_USAGE,
                         "--hierarchy takes a column of the tables and a file, as unit=units.csv; "
                         "\"%.60s\" is not that.",
                         value);
    arguments->hierarchies[arguments->hierarchy_count++] = value;
    return STATUS_OK;
}

static enum status take_population(struct work *work, const char *value,
                                   struct arguments *arguments)
{
    (void)work;
    arguments->population = value;
    return STATUS_OK;
}

static enum status take_period(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->period = value;
    return STATUS_OK;
}

static enum status take_sum(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->differences.sums[arguments->differences.sum_count++] = value;
    return STATUS_OK;
}

static enum status take_change(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->differences.changes[arguments->differences.change_count++] = value;
    return STATUS_OK;
}

static enum status take_profile(struct work *work, const char *value, struct arguments *arguments)
{
    (void)work;
    arguments->profile = value;
    return STATUS_OK;
}

static enum status take_zeros(struct work *work, const char *value, struct arguments *arguments)
{
    if (strcmp(value, "shown") != 0 && strcmp(value, "hidden") != 0)
        return work_fail(work, STATUS_USAGE, "--zeros is shown or hidden, not \"%.40s\".", value);
    arguments->zeros = value;
    return STATUS_OK;
}

static enum status take_threshold(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "threshold", value, 1000000, &arguments->options.threshold);
}

static enum status take_width(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "width", value, 1000000, &arguments->options.width);
}

static enum status take_effort(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "effort", value, 1000, &arguments->options.effort);
}

static enum status take_sample(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "sample", value, 1000000, &arguments->options.sample);
}

static enum status take_rounding(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "rounding", value, 1000000, &arguments->publication.rounding);
}

static enum status take_band(struct work *work, const char *value, struct arguments *arguments)
{
    return take_integer(work, "band", value, 1000000, &arguments->publication.band);
}

static enum status take_level(struct work *work, const char *value, struct arguments *arguments)
{
    int64_t level = 0;
    enum status status = take_integer(work, "level", value, LEVEL_COUNT - 1, &level);
    if (status == STATUS_OK)
        arguments->options.level = (enum attack_level)level;
    return status;
}

static enum status take_format(struct work *work, const char *value, struct arguments *arguments)
{
    static const char *const names[] = {
        [REPORT_TEXT] = "text", [REPORT_JSON] = "json", [REPORT_CSV] = "csv"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i]) == 0) {
            arguments->format = (enum report_format)i;
            return STATUS_OK;
        }
    return work_fail(work, STATUS_USAGE, "--format is text, json or csv, not \"%.40s\".", value);
}

static const struct option {
    const char *name, *value, *help;
    take_option *take;
} options[] = {
    { "relations", "FILE", "cells and relations in the plain form", take_relations },
    { "pattern", "FILE", "the status of each cell, a line each", take_pattern },
    { "hierarchy", "COLUMN=FILE", "which labels lie within which; once a column", take_hierarchy },
    { "population", "NAME", "whom the files that follow count", take_population },
    { "period", "NAME", "and when", take_period },
    { "sum", "WHOLE=PARTS", "populations: \"all = without schools + schools\"", take_sum },
    { "change", "EARLIER=LATER", "periods between which few people moved", take_change },
    { "profile", "NAME", "read and judge figures as a profile of protect says", take_profile },
    { "zeros", "HOW", "shown or hidden; else as the pattern shows", take_zeros },
    { "threshold", "N", "protect hidden cells proved to be below N", take_threshold },
    { "width", "N", "how far apart least and most must stay (1)", take_width },
    { "rounding", "N", "what is shown is rounded to the nearest N", take_rounding },
    { "band", "N", "counts below N are shown as one band", take_band },
    { "level", "N", "the last level to run (2)", take_level },
    { "effort", "N", "how long level 4 searches, times the usual (1)", take_effort },
    { "sample", "N", "level 5: N hidden cells, evenly spread (all)", take_sample },
    { "format", "FORMAT", "text, json or csv", take_format },
};

static const struct option *option_of(struct slice name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (slice_is(name, options[i].name))
            return &options[i];
    return NULL;
}

/* What the words do not say themselves is as the profile has it. */
static enum status apply_profile(struct work *work, struct arguments *arguments)
{
    struct profile_rule rule = { .width = 1 };
    enum status status = arguments->profile ? profile_rule_read(work, arguments->profile, &rule)
                                            : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (arguments->options.width == 0)
        arguments->options.width = rule.width;
    if (arguments->options.threshold == 0)
        arguments->options.threshold = rule.threshold;
    if (arguments->publication.rounding == 0)
        arguments->publication.rounding = rule.rounding;
    if (arguments->publication.band == 0)
        arguments->publication.band = rule.band;
    if (!arguments->zeros && arguments->profile)
        arguments->zeros = rule.shows_zeros ? "shown" : "hidden";
    return STATUS_OK;
}

static enum status check(struct work *work, const struct arguments *arguments)
{
    if (!arguments->relations == !arguments->table_count)
        return work_fail(work, STATUS_USAGE,
                         "Say what to attack: files of published tables, or "
                         "--relations FILE --pattern FILE.");
    if (arguments->relations && !arguments->pattern && arguments->publication.rounding < 2)
        return work_fail(work, STATUS_USAGE,
                         "Say which cells are hidden: --pattern FILE; only "
                         "rounded figures (--rounding) need none.");
    return STATUS_OK;
}

enum status arguments_read(struct work *work, int count, char **words,
                           struct arguments *out_arguments)
{
    struct arguments arguments = { .options = { .level = LEVEL_EXACT } };
    arguments.tables = arena_array_of(work->arena, (size_t)count + 1, struct table_argument);
    arguments.differences.sums = arena_array_of(work->arena, (size_t)count + 1, const char *);
    arguments.differences.changes = arena_array_of(work->arena, (size_t)count + 1, const char *);
    arguments.hierarchies = arena_array_of(work->arena, (size_t)count + 1, const char *);
    for (int i = 1; i < count; i++) {
        struct slice rest = slice_of(words[i]), name;
        if (!slice_starts(rest, "--")) {
            arguments.tables[arguments.table_count++] = (struct table_argument){
                words[i], arguments.population, arguments.period
            };
            continue;
        }
        rest = slice_from(rest, 2);
        (void)slice_split(&rest, '=', &name);
        if (slice_is(name, "help")) {
            arguments.wants_help = true;
            *out_arguments = arguments;
            return STATUS_OK;
        }
        const struct option *option = option_of(name);
        if (!option)
            return work_fail(work, STATUS_USAGE, "There is no option %.60s; see --help.", words[i]);
        const char *value = rest.start;
        if (!value && ++i < count)
            value = words[i];
        if (!value)
            return work_fail(work, STATUS_USAGE, "--%s needs a value.", option->name);
        enum status status = option->take(work, value, &arguments);
        if (status != STATUS_OK)
            return status;
    }
    enum status status = apply_profile(work, &arguments);
    if (status == STATUS_OK)
        status = check(work, &arguments);
    if (status == STATUS_OK)
        *out_arguments = arguments;
    return status;
}

const char *arguments_help(struct arena *arena)
{
    struct text text = text_new(arena, HELP_BYTES);
    text_add(&text,
             "dueregard-attack TABLES… [OPTIONS]\n"
             "dueregard-attack --relations FILE --pattern FILE [OPTIONS]\n"
             "\n"
             "Tries to find out what published tables hide. Reads what was published,\n"
             "nothing else, and says first how it has read it.\n"
             "\n"
             "TABLES are CSV, XLSX, ODS, or JSON from protect, with a row a figure: a column\n"
             "named count, a column a variable (empty or Total where it is not divided by),\n"
             "and if need be the columns table, population and period. Several files are\n"
             "attacked together.\n"
             "\n"
             "A hierarchy FILE has the labels of the column first, then a column for each\n"
             "kind of group that they lie in.\n"
             "\n"
             "Options:\n");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const char *left = arena_format(arena, "--%s %s", options[i].name, options[i].value);
        text_add_format(&text, "  %-23s  %s\n", left, options[i].help);
    }
    text_add(&text, "\n"
                    "Levels: 0 subtraction, 1 intervals, 2 exact recovery, 3 joint counts,\n"
                    "4 widths, 5 second opinion of the solvers clp and glpsol.\n"
                    "Exit codes: 0 nothing is given away, 1 something is or it could not be told,\n"
                    "2 wrong use, 3 bad input.\n");
    return text.bytes;
}
