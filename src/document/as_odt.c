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
static void set_widths(json_t *table, struct arena *arena, bool is_wide)
{
    json_t *columns = json_object_get(table, "columns");
    double sum = 0, room = is_wide ? WIDE_ROOM : NARROW_ROOM;
    for (size_t i = 0; i < json_array_size(columns); i++)
        sum += json_number_value(json_object_get(json_array_get(columns, i), "width"));
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *column = json_array_get(columns, i);
        double width = json_number_value(json_object_get(column, "width")) * room / sum;
        model_set(column, "room", json_string(arena_format(arena, "%.2fcm", width)));
    }
}

/* Gives each chart's picture a name and a size that fits the page.
 */
static void set_picture(json_t *block, struct arena *arena, const struct document_chart *chart,
                        size_t number)
{
    static const double centimetres_a_pixel = 2.54 / 96;
    double width = chart->width * centimetres_a_pixel, height = chart->height * centimetres_a_pixel;
    double scale = width > NARROW_ROOM ? NARROW_ROOM / width : 1;
    model_set(block, "picture", json_string(arena_format(arena, "chart-%zu.svg", number)));
    model_set(block, "picture_width", json_string(arena_format(arena, "%.2fcm", width * scale)));
    model_set(block, "picture_height", json_string(arena_format(arena, "%.2fcm", height * scale)));
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

/* The model with what only ODT needs: numbers of tables, pictures, colours, the page's shape. */
static json_t *odt_model(struct document_tree *tree, struct list *out_pictures)
{
    struct arena *arena = tree->arena;
    const struct document_model whole = document_model(tree);
    const struct thing document = document_thing(&whole);
    json_t *model = model_json(&document), *blocks = json_object_get(model, "blocks");
    bool is_wide = needs_width(tree);
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        json_t *object = json_array_get(blocks, i);
        if (!block->table)
            continue;
        json_t *table = json_object_get(object, "table");
        model_set(table, "number", json_integer((json_int_t)i + 1));
        set_widths(table, arena, is_wide);
        if (!block->chart)
            continue;
        struct package_part *part = arena_new_of(arena, struct package_part);
        list_add(arena, out_pictures, part);
        set_picture(object, arena, block->chart, out_pictures->count);
        part->name = arena_format(arena, "Pictures/chart-%zu.svg", out_pictures->count);
        part->media_type = "image/svg+xml";
        part->bytes = picture(arena, block->chart);
    }
    model_set(model, "is_wide", json_boolean(is_wide));
    model_set(model, "colours", model_colours());
    model_set_language(model, tree);
    return model;
}

enum status render_odt(struct work *work, struct document_tree *tree,
                       const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    struct list pictures = { 0 };
    json_auto_t *model = odt_model(tree, &pictures);
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml" };
    struct page_file files[] = { { .name = "documents/odt_content.xml" },
                                 { .name = "documents/odt_styles.xml" },
                                 { .name = "documents/odf_meta.xml" } };
    enum { FILES = sizeof files / sizeof *files };
    enum status status = page_render(work, model, files, FILES);
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
