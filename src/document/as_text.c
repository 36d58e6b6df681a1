/* Plain text for a terminal or a letter: wrapped, underlined headings, aligned tables, letters
 * beside every colour. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "document/renderers.h"
#include "document/sources.h"
#include "document/text_table.h"
#include "document/words.h"
#include "document/wrap.h"

#include "base/banned.h"

static void line_end(struct printout *printout)
{
    text_add_character(printout->text, '\n');
}

static void print_underlined(struct printout *printout, const char *words, const char *mark)
{
    printout_wrap_words(printout, words, ANSI_STRONG, "");
    int width = words_width(slice_of(words));
    printout_repeat(printout, mark, width < printout->width ? width : printout->width);
    line_end(printout);
}

static void print_title(struct printout *printout, const struct document_about *about)
{
    print_underlined(printout, about->title, "=");
    if (about->subtitle)
        printout_wrap_words(printout, about->subtitle, NULL, "");
    if (about->authority)
        printout_wrap_words(printout, about->authority, NULL, "");
    struct date date;
    if (about->created && date_read(slice_first(slice_of(about->created), 10), &date))
        printout_wrap_words(printout, date_print_long(printout->scratch, date), NULL, "");
    line_end(printout);
}

static void print_heading(struct printout *printout, const struct document_block *block)
{
    static const char *const marks[] = { NULL, "=", "-", "~" };
    if (block->level <= 3)
        print_underlined(printout, block->words, marks[block->level]);
    else
        printout_wrap_words(printout, block->words, ANSI_STRONG, "");
}

static void print_list(struct printout *printout, const struct document_block *block)
{
    for (size_t i = 0; i < block->items.count; i++) {
        const char *first = block->is_ordered ? arena_format(printout->scratch, "%3zu. ", i + 1)
                                              : "  \xe2\x80\xa2 ";
        printout_wrap(printout, block->items.items[i], first);
    }
}

static void print_definitions(struct printout *printout, const struct document_block *block)
{
    int widest = 0;
    for (size_t i = 0; i < block->items.count; i++) {
        const struct document_entry *entry = block->items.items[i];
        int width = words_width(slice_of(entry->term));
        widest = width > widest ? width : widest;
    }
    bool is_side_by_side = widest <= printout->width / 3;
    for (size_t i = 0; i < block->items.count; i++) {
        const struct document_entry *entry = block->items.items[i];
        struct text first = text_new(printout->scratch, 1024);
        text_add(&first, is_side_by_side ? entry->term : "    ");
        for (int at = words_width(slice_of(entry->term)); is_side_by_side && at < widest + 2; at++)
            text_add_character(&first, ' ');
        if (!is_side_by_side)
            printout_wrap_words(printout, entry->term, ANSI_STRONG, "");
        printout_wrap(printout, &entry->words, first.bytes);
    }
}

static void print_box(struct printout *printout, const struct document_block *block)
{
    const char *kind = block->box == DOCUMENT_BOX_WARNING ? "Warning" : "Note";
    const char *words = block->words ? arena_format(printout->scratch, "%s: %s", kind, block->words)
                                     : kind;
    size_t count = 0;
    printout_wrap_words(printout, words, ANSI_STRONG, "\xe2\x94\x82 ");
    struct wrap wrap = wrap_runs(printout->scratch, &block->runs);
    struct wrap_line *lines = wrap_lines(&wrap, printout->width - 2, &count);
    for (size_t i = 0; i < count && block->runs.first; i++) {
        text_add(printout->text, "\xe2\x94\x82 ");
        wrap_print(&lines[i], printout->colour, printout->text);
        line_end(printout);
    }
}

static void print_table(struct printout *printout, const struct document_table *table)
{
    printout_wrap_words(printout, table->caption, ANSI_STRONG, "");
    line_end(printout);
    text_table_print(printout, table);
}

static void print_block(struct printout *printout, const struct document_block *block)
{
    switch (block->kind) {
    case DOCUMENT_HEADING:
        print_heading(printout, block);
        break;
    case DOCUMENT_PARAGRAPH:
        printout_wrap(printout, &block->runs, "");
        break;
    case DOCUMENT_LIST:
        print_list(printout, block);
        break;
    case DOCUMENT_TABLE:
        print_table(printout, block->table);
        break;
    case DOCUMENT_CHART:
        printout_wrap_words(printout, block->chart->alternative, NULL, "Chart: ");
        line_end(printout);
        print_table(printout, block->table);
        break;
    case DOCUMENT_DEFINITIONS:
        print_definitions(printout, block);
        break;
    case DOCUMENT_BOX:
        print_box(printout, block);
        break;
    case DOCUMENT_PAGE_BREAK:
    case DOCUMENT_BLOCK_KIND_COUNT:
        break;
    }
}

static void print_sources(struct printout *printout, struct document_tree *tree)
{
    const struct list sources = document_sources(tree).list;
    if (sources.count == 0)
        return;
    print_underlined(printout, "Sources of the figures", "=");
    line_end(printout);
    for (size_t i = 0; i < sources.count; i++) {
        const struct document_source *source = sources.items[i];
        struct arena_mark mark = arena_mark(printout->scratch);
        const char *revision = citation_print_revision(printout->scratch, &source->first->citation);
        const char *words = arena_format(printout->scratch, "%s: %s%s%s", source->first->text,
                                         source->words, *revision ? "; " : "", revision);
        printout_wrap_words(printout, words, NULL,
                            arena_format(printout->scratch, "%4zu. ", source->number));
        arena_return(printout->scratch, mark);
    }
}

enum status render_text(struct work *work, struct document_tree *tree,
                        const struct document_options *options, struct slice *out_bytes)
{
    CLEANUP_ARENA struct arena *scratch = arena_new();
    struct text text = text_new(work->arena, DOCUMENT_BYTES_MOST);
    int width = options->width ? options->width : DOCUMENT_WIDTH_DEFAULT;
    width = width < DOCUMENT_WIDTH_LEAST ? DOCUMENT_WIDTH_LEAST : width;
    width = width > DOCUMENT_WIDTH_MOST ? DOCUMENT_WIDTH_MOST : width;
    struct printout printout = { scratch, &text, width, options->colour };
    print_title(&printout, &tree->about);
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        print_block(&printout, block);
        if (block->kind != DOCUMENT_PAGE_BREAK)
            line_end(&printout);
        arena_empty(scratch);
    }
    if (!options->without_sources)
        print_sources(&printout, tree);
    while (text.length > 1 && text.bytes[text.length - 2] == '\n')
        text_cut(&text, text.length - 1);
    return render_finish(work, &text, out_bytes);
}
