/* THE table of formats. */
#include "document/render.h"

#include <string.h>

#include "document/renderers.h"

#include "base/banned.h"

const struct document_format document_formats[] = {
    { .name = "html",
      .extension = "html",
      .media_type = "text/html; charset=utf-8",
      .title = "Web page (HTML)",
      .render = render_html },
    { .name = "text",
      .extension = "txt",
      .media_type = "text/plain; charset=utf-8",
      .title = "Plain text",
      .render = render_text },
    { .name = "odt",
      .extension = "odt",
      .media_type = "application/vnd.oasis.opendocument.text",
      .title = "Text document (ODT)",
      .render = render_odt },
    { .name = "ods",
      .extension = "ods",
      .media_type = "application/vnd.oasis.opendocument.spreadsheet",
      .title = "Spreadsheet (ODS)",
      .render = render_ods },
    { .name = "csv",
      .extension = "csv",
      .media_type = "text/csv; charset=utf-8; header=present",
      .title = "Comma-separated values (CSV)",
      .render = render_csv },
    { .name = "json",
      .extension = "json",
      .media_type = "application/json",
      .title = "Data for programs (JSON)",
      .render = render_json },
};
const size_t document_format_count = sizeof document_formats / sizeof *document_formats;

const struct document_format *document_format_named(const char *name)
{
    for (size_t i = 0; name && i < document_format_count; i++)
        if (strcmp(document_formats[i].name, name) == 0)
            return &document_formats[i];
    return NULL;
}

enum status render_finish(struct work *work, const struct text *text, struct slice *out_bytes)
{
    if (text->is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The document is longer than %d MiB; ask for a shorter period or for one "
                         "directorate.",
                         DOCUMENT_BYTES_MOST / (1024 * 1024));
    *out_bytes = text_slice(text);
    return STATUS_OK;
}

enum status document_render(struct work *work, struct document_tree *tree, const char *format,
                            const struct document_options *options, struct slice *out_bytes)
{
    static const struct document_options usual = { 0 };
    const struct document_format *found = document_format_named(format);
    if (!found)
        return work_fail(work, STATUS_USAGE,
                         "There is no format \"%s\"; use html, text, odt, ods, csv or json.",
                         format ? format : "");
    return found->render(work, tree, options ? options : &usual, out_bytes);
}
