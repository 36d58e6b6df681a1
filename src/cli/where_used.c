/* dueregard where-used: the documents that print a measure's figures. */
#include "base/arena.h"
#include "base/text.h"
#include "cli/command.h"
#include "codec/csv_writer.h"
#include "entity/entity.h"
#include "service/freeze.h"
#include "base/banned.h"

enum { CSV_MOST = 16 * 1024 * 1024 };

static bool stands(const struct citation_use *use)
{
    return use->revision == use->latest;
}

static enum status print_uses_json(struct work *work, const struct list *uses)
{
    json_t *array = json_array();
    for (size_t i = 0; i < uses->count; i++) {
        const struct citation_use *use = uses->items[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:I, s:I, s:b}",
                             "document", use->document, "title", use->title, "state", use->state,
                             "made_at", use->made_at, "subject", use->subject, "detail",
                             use->detail, "unit", use->unit, "period", use->period, "printed",
                             use->printed, "revision", (json_int_t)use->revision, "latest",
                             (json_int_t)use->latest, "stands", stands(use)));
    }
    return print_json(work, array);
}

static enum status print_uses_csv(struct work *work, const struct list *uses)
{
    struct text text = text_new(work->arena, CSV_MOST);
    const struct slice heading[] = { SLICE("document"), SLICE("subject"), SLICE("detail"),
                                     SLICE("unit"),     SLICE("period"),  SLICE("printed"),
                                     SLICE("revision"), SLICE("latest") };
    csv_write_row(&text, heading, ARRAY_COUNT(heading));
    for (size_t i = 0; i < uses->count; i++) {
        const struct citation_use *use = uses->items[i];
        const struct slice cells[] = {
            slice_of(use->document),
            slice_of(use->subject),
            slice_of(use->detail),
            slice_of(use->unit),
            slice_of(use->period),
            slice_of(use->printed),
            slice_of(arena_format(work->arena, "%lld", (long long)use->revision)),
            slice_of(arena_format(work->arena, "%lld", (long long)use->latest)),
        };
        csv_write_row(&text, cells, ARRAY_COUNT(cells));
    }
    return print_bytes(work, text_slice(&text));
}

/* "value", "annual target". */
static const char *what_words(struct arena *arena, const struct citation_use *use)
{
    const struct document_citation citation = { .subject = use->subject, .detail = use->detail };
    const char *words = citation_subject_words(arena, &citation);
    return words ? words : "value";
}

static const char *now_words(struct arena *arena, const struct citation_use *use)
{
    if (stands(use))
        return "stands";
    return use->revision > 0 ? arena_format(arena, "revised since (%lld)", (long long)use->latest)
                             : "revised since";
}

static enum status print_uses(struct work *work, const char *measure, const struct list *uses)
{
    if (uses->count == 0)
        return print_line(work, "No frozen document prints a figure of %s.", measure);
    const char *const heading[] = { "Document", "What",     "Unit", "Period",
                                    "Printed",  "Revision", "Now" };
    struct table_text *table = table_text_new(work->arena, ARRAY_COUNT(heading));
    table_text_add(table, heading);
    for (size_t i = 0; i < uses->count; i++) {
        const struct citation_use *use = uses->items[i];
        const char *const cells[] = {
            use->document,
            what_words(work->arena, use),
            use->unit ? use->unit : "",
            use->period,
            use->printed,
            use->revision > 0 ? arena_format(work->arena, "%lld", (long long)use->revision) : "",
            now_words(work->arena, use),
        };
        table_text_add(table, cells);
    }
    return table_text_print(work, table);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct list uses = { 0 };
    const char *period = NULL;
    enum command_format format = FORMAT_TEXT;
    enum status status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK && argument_value(command, arguments, "period"))
        status = argument_period(work, command, arguments, &period);
    if (status == STATUS_OK)
        status = where_used(work, arguments->words[0], argument_value(command, arguments, "unit"),
                            period, &uses);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        return print_uses_json(work, &uses);
    if (format == FORMAT_CSV)
        return print_uses_csv(work, &uses);
    return print_uses(work, arguments->words[0], &uses);
}

const struct command command_where_used = {
    .name = "where-used",
    .words = "MEASURE",
    .summary =
        "list the frozen documents that print a measure's values, targets and other figures, and "
        "which still stand",
    .details = "A report is frozen with `dueregard report progress --freeze CODE`.",
    .options = { { "unit", "CODE", "only figures of this unit", false },
                 { "period", "PERIOD", "only figures of this period", false },
                 { "format", "FORMAT", "text, json or csv", false } },
    .least_words = 1,
    .most_words = 1,
    .need = NEED_READ,
    .right = RIGHT_READ,
    .run = run,
};
