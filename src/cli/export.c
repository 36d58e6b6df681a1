/* dueregard export: the rows of one kind, to be read or imported again. */
#include "service/export.h"

#include "base/arena.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/kind.h"
#include "base/banned.h"

static enum status to_output(struct work *work, void *context, struct slice piece)
{
    (void)context;
    return print_bytes(work, piece);
}

static enum status to_text(struct work *work, void *context, struct slice piece)
{
    struct text *text = context;
    text_add_slice(text, piece);
    return text->is_full ? work_fail(work, STATUS_LIMIT, "The export is larger than %d bytes.",
                                     EXPORT_MOST_BYTES)
                         : STATUS_OK;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const struct entity *entity = NULL;
    const char *path = argument_value(command, arguments, "output");
    enum command_format format = FORMAT_TEXT;
    struct export_options options = {
        .all_revisions = argument_value(command, arguments, "all-revisions") != NULL,
    };
    enum status status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK)
        status = kind_find(work, arguments->words[0], &entity);
    if (status != STATUS_OK)
        return status;
    options.format = format == FORMAT_JSON ? EXPORT_JSON : EXPORT_CSV;
    if (!path)
        return export_entity(work, entity, &options, to_output, NULL);
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct text text = text_new(arena, EXPORT_MOST_BYTES);
    status = export_entity(work, entity, &options, to_text, &text);
    return status == STATUS_OK ? file_write(work, path, text_slice(&text)) : status;
}

const struct command command_export = {
    .name = "export",
    .words = "KIND",
    .summary = "give out rows of one kind as CSV (standard) or JSON, to be imported unchanged",
    .listed = kinds_listed,
    .options = { { "format", "FORMAT", "csv or json", false },
                 { "output", "FILE", "write to FILE (also -o FILE)", false },
                 { "all-revisions", NULL, "older revisions of values and targets too", false } },
    .least_words = 1,
    .most_words = 1,
    .need = NEED_READ,
    .right = RIGHT_DATA_EXPORT,
    .run = run,
};
