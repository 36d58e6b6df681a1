/* dueregard check: what is wrong with a period's return. */
#include "service/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "base/text.h"
#include "cli/command.h"
#include "codec/csv_writer.h"
#include "entity/entity.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 64 * 1024 * 1024 };

static enum status print_csv(struct work *work, const struct findings *findings)
{
    const struct slice heading[] = { SLICE("kind"),    SLICE("severity"), SLICE("objective"),
                                     SLICE("measure"), SLICE("unit"),     SLICE("row"),
                                     SLICE("message"), SLICE("evidence") };
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    csv_write_row(&text, heading, ARRAY_COUNT(heading));
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        const struct slice cells[] = {
            slice_of(finding->kind),      slice_of(finding_severity_code(finding->severity)),
            slice_of(finding->objective), slice_of(finding->measure),
            slice_of(finding->unit),      slice_of(finding->row),
            slice_of(finding->message),   slice_of(finding->evidence),
        };
        csv_write_row(&text, cells, ARRAY_COUNT(cells));
    }
    return print_bytes(work, text_slice(&text));
}

static enum status print_text(struct work *work, struct period period,
                              const struct findings *findings)
{
    size_t counts[3] = { 0 };
    const char *row = "";
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        counts[finding->severity]++;
        if (!finding->row || strcmp(row, finding->row) != 0)
            status = print_line(work, "%s%s  %s", i ? "\n" : "", finding->row ? finding->row : "",
                                finding->unit ? finding->unit : "");
        row = finding->row ? finding->row : "";
        if (status == STATUS_OK)
            status = print_wrapped(
                work, arena_format(work->arena, "  %-8s", finding_severity_code(finding->severity)),
                arena_format(work->arena, "%s (%s)", finding->message, finding->kind));
    }
    if (status != STATUS_OK)
        return status;
    if (findings->list.count == 0)
        return print_line(work, "%s: nothing was found.", period_print_long(work->arena, period));
    return print_line(work, "\n%s: %zu findings: %zu error%s, %zu warning%s, %zu note%s.",
                      period_print_long(work->arena, period), findings->list.count, counts[0],
                      counts[0] == 1 ? "" : "s", counts[1], counts[1] == 1 ? "" : "s", counts[2],
                      counts[2] == 1 ? "" : "s");
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct period period;
    struct findings findings;
    const char *words = NULL;
    enum command_format format = FORMAT_TEXT;
    struct check_options options = { .unit = argument_value(command, arguments, "unit") };
    enum status status = argument_period(work, command, arguments, &words);
    if (status == STATUS_OK)
        status = argument_format(work, command, arguments, &format);
    if (status != STATUS_OK)
        return status;
    bool read = period_read(slice_of(words), &period);
    assert(read);
    status = check_period(work, period, &options, &findings);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        status = print_json(work, findings_as_json(&findings));
    else if (format == FORMAT_CSV)
        status = print_csv(work, &findings);
    else
        status = print_text(work, period, &findings);
    if (status == STATUS_OK && findings.list.count > 0)
        status = STATUS_FINDINGS;
    return status;
}

const struct command command_check = {
    .name = "check",
    .words = "",
    .summary = "find the faults of a period's return",
    .details =
        "Exits with 1 when something was found. The kinds are explained in docs/findings.md.",
    .options = { { "period", "PERIOD", "the period, such as 2012-13-Q1", false },
                 { "unit", "CODE", "only the return of this unit", false },
                 { "format", "FORMAT", "text, json or csv", false } },
    .need = NEED_READ,
    .right = RIGHT_READ,
    .run = run,
};
