/* dueregard compare --benchmark: representation with intervals, index and shortfall. */
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/compare.h"
#include "codec/csv_writer.h"
#include "service/comparison.h"
#include "service/people_view.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 256 << 20, MOST_UNITS_SHOWN = 60, LABEL_SHOWN = 32, HEADING_SHOWN = 14 };

static const char *one_decimal(struct arena *arena, int64_t millionths)
{
    return number_print(arena, millionths, 1);
}

static const char *interval_end(struct arena *arena, double percent)
{
    return arena_format(arena, "%.1f", percent);
}

/* JSON ------------------------------------------------------------------------------------------
 */

static json_t *group_json(struct arena *arena, const struct comparison *comparison,
                          const struct comparison_part *part, size_t i)
{
    const struct representation *found = &part->found[i];
    json_t *json = json_object();
    json_object_set_new(json, "group", json_string(comparison->groups[i].code->code));
    json_object_set_new(json, "label", json_string(comparison->groups[i].code->label));
    json_object_set_new(json, "people", json_integer(part->people[i]));
    json_object_set_new(json, "benchmark_percent",
                        json_string(one_decimal(arena, part->shares[i])));
    if (!part->is_found[i])
        return json;
    json_object_set_new(json, "percent", json_string(one_decimal(arena, found->share)));
    json_object_set_new(json, "interval",
                        json_pack("[s, s]", interval_end(arena, found->interval.low),
                                  interval_end(arena, found->interval.high)));
    json_object_set_new(json, "index", json_string(one_decimal(arena, found->index)));
    json_object_set_new(json, "gap_points", json_string(one_decimal(arena, found->gap)));
    json_object_set_new(json, "shortfall", json_integer(found->shortfall));
    json_object_set_new(json, "finding", json_string(likelihood_finding_code(found->finding)));
    json_object_set_new(json, "reading", json_string(comparison_reading(arena, found)));
    json_object_set_new(json, "small", json_boolean(found->is_small));
    return json;
}

static json_t *groups_json(struct arena *arena, const struct comparison *comparison,
                           const struct comparison_part *part)
{
    json_t *json = json_array();
    for (size_t i = 0; i < comparison->group_count; i++)
        json_array_append_new(json, group_json(arena, comparison, part, i));
    return json;
}

static json_t *comparison_json(struct arena *arena, const struct comparison *comparison)
{
    json_t *json = json_object(), *states = json_object(), *units = json_array();
    json_object_set_new(json, "characteristic", json_string(people_roles[comparison->role].code));
    json_object_set_new(json, "column", json_string(comparison->heading));
    json_object_set_new(json, "list", json_string(comparison->list->name));
    json_object_set_new(json, "asked_list", json_string(comparison->asked->name));
    json_object_set_new(json, "known", json_integer(comparison->everybody.base));
    for (int state = 0; state < ANSWER_STATE_COUNT; state++)
        json_object_set_new(states, answer_state_code((enum answer_state)state),
                            json_integer(comparison->states[state]));
    json_object_set_new(json, "answers", states);
    json_object_set_new(json, "disclosure_percent",
                        json_string(one_decimal(arena, comparison->rates.disclosure)));
    json_object_set_new(json, "response_percent",
                        json_string(one_decimal(arena, comparison->rates.response)));
    json_object_set_new(json, "unknown_percent",
                        json_string(one_decimal(arena, comparison->rates.unknown)));
    json_object_set_new(json, "benchmark_is_partial", json_boolean(comparison->is_partial));
    json_object_set_new(json, "groups", groups_json(arena, comparison, &comparison->everybody));
    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct comparison_part *unit = &comparison->units[i];
        json_array_append_new(
            units, json_pack("{s:s, s:s, s:I, s:b, s:o}", "unit", unit->path, "level", unit->level,
                             "known", (json_int_t)unit->base, "own_benchmark", unit->has_own_shares,
                             "groups", groups_json(arena, comparison, unit)));
    }
    json_object_set_new(json, "units", units);
    return json;
}

static enum status print_as_json(struct work *work, const struct benchmark *benchmark,
                                 const struct list *comparisons)
{
    json_t *json = json_object(), *array = json_array();
    json_object_set_new(json, "protected", json_false());
    json_object_set_new(json, "benchmark",
                        json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?}", "name",
                                  benchmark->name, "title", benchmark->title, "place",
                                  benchmark->place, "date", benchmark->date, "population",
                                  benchmark->population, "source", benchmark->source, "standing",
                                  benchmark->standing));
    for (size_t i = 0; i < comparisons->count; i++)
        json_array_append_new(array, comparison_json(work->arena, comparisons->items[i]));
    json_object_set_new(json, "characteristics", array);
    return print_json(work, json);
}

/* CSV -------------------------------------------------------------------------------------------
 */

static void add_csv(struct text *text, struct arena *arena, const struct comparison *comparison,
                    const struct comparison_part *part)
{
    for (size_t i = 0; i < comparison->group_count; i++) {
        const struct representation *found = &part->found[i];
        bool is_found = part->is_found[i];
        const struct slice cells[] = {
            slice_of(people_roles[comparison->role].code),
            slice_of(part->path),
            slice_of(comparison->groups[i].code->code),
            slice_of(comparison->groups[i].code->label),
            slice_of(arena_format(arena, "%lld", (long long)part->people[i])),
            slice_of(arena_format(arena, "%lld", (long long)part->base)),
            slice_of(is_found ? one_decimal(arena, found->share) : ""),
            slice_of(is_found ? interval_end(arena, found->interval.low) : ""),
            slice_of(is_found ? interval_end(arena, found->interval.high) : ""),
            slice_of(one_decimal(arena, part->shares[i])),
            slice_of(is_found ? one_decimal(arena, found->index) : ""),
            slice_of(is_found ? one_decimal(arena, found->gap) : ""),
            slice_of(is_found ? arena_format(arena, "%lld", (long long)found->shortfall) : ""),
            slice_of(is_found ? likelihood_finding_code(found->finding) : ""),
        };
        csv_write_row(text, cells, ARRAY_COUNT(cells));
    }
}

static enum status print_as_csv(struct work *work, const struct list *comparisons)
{
    const struct slice heading[] = { SLICE("characteristic"), SLICE("unit"),
                                     SLICE("group"),          SLICE("label"),
                                     SLICE("people"),         SLICE("known"),
                                     SLICE("percent"),        SLICE("low"),
                                     SLICE("high"),           SLICE("benchmark_percent"),
                                     SLICE("index"),          SLICE("gap_points"),
                                     SLICE("shortfall"),      SLICE("finding") };
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    csv_write_row(&text, heading, ARRAY_COUNT(heading));
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct comparison *comparison = comparisons->items[i];
        add_csv(&text, work->arena, comparison, &comparison->everybody);
        for (size_t unit = 0; unit < comparison->unit_count; unit++)
            add_csv(&text, work->arena, comparison, &comparison->units[unit]);
    }
    if (text.is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The CSV would be larger than 256 MiB; name fewer units.");
    return print_bytes(work, text_slice(&text));
}

/* Text ------------------------------------------------------------------------------------------
 */

/* The reading in the width of a column. */
static const char *short_reading(struct arena *arena, const struct representation *found)
{
    static const char *const words[] = {
        [LIKELIHOOD_NO_EVIDENCE] = NULL,        [LIKELIHOOD_SMALL_BUT_REAL] = "small but real",
        [LIKELIHOOD_INDICATION] = "indication", [LIKELIHOOD_SIGNIFICANT] = "significant",
        [LIKELIHOOD_NOT_COMPARED] = NULL,
    };
    const char *how = words[found->finding];
    return how ? arena_format(arena, "%s, %s", found->gap < 0 ? "under" : "over", how)
               : "no evidence";
}

static enum status print_groups(struct work *work, const struct comparison *comparison)
{
    struct arena *arena = work->arena;
    const struct comparison_part *part = &comparison->everybody;
    struct table_text *table = table_text_new(arena, 8);
    const char *const titles[] = { "  Group",   "People", "%",        "95% interval",
                                   "Benchmark", "Index",  "Short by", "Represented" };
    table_text_add(table, titles);
    for (size_t i = 0; i < comparison->group_count; i++) {
        const struct representation *found = &part->found[i];
        bool is_found = part->is_found[i];
        const char *const cells[] = {
            arena_format(arena, "  %s",
                         cell_shortened(arena, comparison->groups[i].code->label, LABEL_SHOWN)),
            count_words(arena, part->people[i]),
            is_found ? one_decimal(arena, found->share) : "-",
            is_found
                ? arena_format(arena, "%.1f to %.1f", found->interval.low, found->interval.high)
                : "-",
            one_decimal(arena, part->shares[i]),
            is_found ? number_print(arena, found->index, 0) : "-",
            is_found && found->shortfall > 0 ? count_words(arena, found->shortfall) : "",
            is_found ? short_reading(arena, found) : "",
        };
        table_text_add(table, cells);
    }
    return table_text_print(work, table);
}

static enum status print_units(struct work *work, const struct comparison *comparison)
{
    struct arena *arena = work->arena;
    size_t shown = 0;
    bool with_own = false;
    if (comparison->unit_count == 0)
        return STATUS_OK;
    struct table_text *table = table_text_new(arena, 2 + comparison->group_count);
    const char **cells = arena_array_of(arena, 2 + comparison->group_count, const char *);
    cells[0] = "  Share of each unit";
    cells[1] = "Known";
    for (size_t i = 0; i < comparison->group_count; i++)
        cells[2 + i] = cell_shortened(arena, comparison->groups[i].code->label, HEADING_SHOWN);
    table_text_add(table, cells);
    for (; shown < comparison->unit_count && shown < MOST_UNITS_SHOWN; shown++) {
        const struct comparison_part *unit = &comparison->units[shown];
        with_own |= unit->has_own_shares;
        cells[0] = arena_format(arena, "  %s", cell_shortened(arena, unit->path, LABEL_SHOWN));
        cells[1] = count_words(arena, unit->base);
        for (size_t i = 0; i < comparison->group_count; i++)
            cells[2 + i] = unit->is_found[i]
                               ? arena_format(arena, "%s%%%s",
                                              one_decimal(arena, unit->found[i].share),
                                              unit->found[i].finding == LIKELIHOOD_SIGNIFICANT
                                                  ? (unit->found[i].gap < 0 ? " -" : " +")
                                                  : "")
                               : "-";
        table_text_add(table, cells);
    }
    enum status status = print_line(work, "%s", "");
    if (status == STATUS_OK)
        status = table_text_print(work, table);
    if (status == STATUS_OK)
        status = print_wrapped(work, "  ",
                               arena_format(arena,
                                            "A minus or plus: significantly under- or "
                                            "over-represented%s.",
                                            with_own ? ", each against its own place where the "
                                                       "benchmark has it"
                                                     : ""));
    if (status == STATUS_OK && shown < comparison->unit_count)
        status = print_line(work, "  and %zu more; --format csv has them all.",
                            comparison->unit_count - shown);
    return status;
}

static enum status print_comparison(struct work *work, const struct comparison *comparison)
{
    struct arena *arena = work->arena;
    enum status status = print_line(work, "\n%s (\"%s\")", people_roles[comparison->role].title,
                                    comparison->heading);
    if (status == STATUS_OK)
        status = print_wrapped(
            work, "  ",
            arena_format(
                arena,
                "%s%% answered, %s%% gave a response (would rather not say counts as one), "
                "%s%% are not known. Compared by the list \"%s\"%s.%s",
                one_decimal(arena, comparison->rates.disclosure),
                one_decimal(arena, comparison->rates.response),
                one_decimal(arena, comparison->rates.unknown), comparison->list->title,
                comparison->is_partial
                    ? "; the benchmark gives some groups only, so shares are of all who "
                      "answered and its own are as printed"
                    : "; both sides are based on those who answered",
                comparison->unplaced > 0 && !comparison->is_partial
                    ? arena_format(arena, " %lld answers have no place in it.",
                                   (long long)comparison->unplaced)
                    : ""));
    if (status == STATUS_OK)
        status = print_groups(work, comparison);
    return status == STATUS_OK ? print_units(work, comparison) : status;
}

static enum status print_as_text(struct work *work, const struct benchmark *benchmark,
                                 const struct list *comparisons)
{
    struct arena *arena = work->arena;
    enum status status = print_wrapped(
        work, "",
        arena_format(
            arena, "Compared with %s%s%s%s%s%s%s.", benchmark->title,
            benchmark->population ? ", " : "", benchmark->population ? benchmark->population : "",
            benchmark->source ? "; source: " : "", benchmark->source ? benchmark->source : "",
            benchmark->standing ? "; " : "", benchmark->standing ? benchmark->standing : ""));
    if (status == STATUS_OK)
        status = print_wrapped(work, "", PEOPLE_UNPROTECTED);
    for (size_t i = 0; i < comparisons->count && status == STATUS_OK; i++)
        status = print_comparison(work, comparisons->items[i]);
    return status;
}

enum status compare_with_benchmark(struct work *work, const struct compare_job *job,
                                   const char *name)
{
    struct benchmark benchmark;
    struct list comparisons;
    const char *units[COMMAND_MOST_REPEATED];
    struct comparison_request request = { .benchmark = &benchmark, .units = units };
    request.unit_count = argument_repeated(job->command, job->arguments, "unit", units);
    enum status status = benchmark_load(work, job->labels, name, &benchmark);
    if (status == STATUS_OK)
        status = comparison_make(work, job->labels, job->people, &request, &comparisons);
    if (status != STATUS_OK)
        return status;
    switch (job->format) {
    case FORMAT_JSON:
        return print_as_json(work, &benchmark, &comparisons);
    case FORMAT_CSV:
        return print_as_csv(work, &comparisons);
    case FORMAT_TEXT:
        break;
    }
    return print_as_text(work, &benchmark, &comparisons);
}
