/* ODT: a real text document with heading styles, repeated header rows, captions, language and text
 * alternatives. The XML is in templates/documents/odt_*.xml. */
#include <string.h>

#include "base/arena.h"
#include "document/model.h"
#include "document/package.h"
#include "document/page.h"
#include "document/renderers.h"

#include "base/banned.h"

/* With more columns than this in any table the pages lie on their side. */
enum { PORTRAIT_COLUMNS_MOST = 6, ODT_MOST_ROOM = 512 };

/* What is left of A4 between margins of 1.5 cm, in centimetres. */
#define WIDE_ROOM 26.7
#define NARROW_ROOM 18.0

#define ODT_MEDIA_TYPE "application/vnd.oasis.opendocument.text"

/* The drawing with a width in pixels in place of its percentage, so that it stands alone. */
static struct slice picture(struct arena *arena, const struct document_chart *chart)
{
    static const char fluid[] = "width=\"100%\"";
    struct slice svg = slice_of(chart->svg);
    ptrdiff_t at = slice_find(svg, fluid), end = slice_find(svg, ">");
    struct text text = text_new(arena, svg.length + ODT_MOST_ROOM);
    if (at < 0 || at > end)
        return svg;
    text_add_slice(&text, slice_first(svg, (size_t)at));
    text_add_format(&text, "width=\"%d\"", chart->width);
    text_add_slice(&text, slice_from(svg, (size_t)at + sizeof fluid - 1));
    return text_slice(&text);
}

/* Widths of columns in the page's room, each at least what a short word needs. */
static void set_widths(struct document_table *table, bool is_wide)
{
    double sum = 0, room = is_wide ? WIDE_ROOM : NARROW_ROOM;
    for (size_t i = 0; i < table->column_count; i++)
        sum += table->columns[i].width;
    for (size_t i = 0; i < table->column_count; i++)
        table->columns[i].room = arena_format(table->arena, "%.2fcm",
                                              table->columns[i].width * room / sum);
}

/* Gives a chart's picture a name and a size that fits the page. */
static void set_picture(struct arena *arena, struct document_chart *chart, size_t number)
{
    static const double centimetres_a_pixel = 2.54 / 96;
    double width = chart->width * centimetres_a_pixel, height = chart->height * centimetres_a_pixel;
    double scale = width > NARROW_ROOM ? NARROW_ROOM / width : 1;
    chart->picture = arena_format(arena, "chart-%zu.svg", number);
    chart->picture_width = arena_format(arena, "%.2fcm", width * scale);
    chart->picture_height = arena_format(arena, "%.2fcm", height * scale);
}

/* True when some table has too many columns for upright pages. */
static bool needs_width(const struct document_tree *tree)
{
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        if (block->table && block->table->column_count > PORTRAIT_COLUMNS_MOST)
            return true;
    }
    return false;
}

/* Sets what only ODT needs of tables and charts; gives the parts with their pictures. */
static struct list set_sizes(struct document_tree *tree, bool is_wide)
{
    struct arena *arena = tree->arena;
    struct list pictures = { 0 };
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        if (block->table)
            set_widths(block->table, is_wide);
        if (!block->chart)
            continue;
        struct package_part *part = arena_new_of(arena, struct package_part);
        list_add(arena, &pictures, part);
        set_picture(arena, block->chart, pictures.count);
        part->name = arena_format(arena, "Pictures/%s", block->chart->picture);
        part->media_type = "image/svg+xml";
        part->bytes = picture(arena, block->chart);
    }
    return pictures;
}

/* What the templates want besides the document: colours and the page's shape. */
static json_t *more_model(const struct document_tree *tree, bool is_wide)
{
    json_t *more = json_object();
    model_set(more, "is_wide", json_boolean(is_wide));
    model_set(more, "colours", model_colours());
    model_set_language(more, tree);
    return more;
}

enum status render_odt(struct work *work, struct document_tree *tree,
                       const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    bool is_wide = needs_width(tree);
    const struct list pictures = set_sizes(tree, is_wide);
    const struct document_model model = document_model(tree);
    json_auto_t *more = more_model(tree, is_wide);
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml" };
    struct page_file files[] = { { .name = "documents/odt_content.xml" },
                                 { .name = "documents/odt_styles.xml" },
                                 { .name = "documents/odf_meta.xml" } };
    enum { FILES = sizeof files / sizeof *files };
    enum status status = page_render(work, document_thing(&model), more, files, FILES);
    if (status != STATUS_OK)
        return status;
    struct package_part *parts = arena_array_of(work->arena, FILES + pictures.count,
                                                struct package_part);
    for (size_t i = 0; i < FILES; i++)
        parts[i] = (struct package_part){ names[i], "text/xml", files[i].bytes };
    for (size_t i = 0; i < pictures.count; i++)
        parts[FILES + i] = *(const struct package_part *)pictures.items[i];
    return package_write(work, ODT_MEDIA_TYPE, parts, FILES + pictures.count, out_bytes);
}
