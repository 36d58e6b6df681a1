/* A document: a list of blocks under headings, in which every figure is a citation. Report builders
 * make one with the functions below; document/render.h turns it into a page, a file or a print.
 *
 * Everything lives in the arena that the document was made with, and all words are copied into it.
 * `struct document` is the stored record (model/); this is what is printed. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"
#include "document/runs.h"

struct arena;

enum { DOCUMENT_LEVEL_MOST = 4, DOCUMENT_COLUMNS_MOST = 64 };

enum document_block_kind {
    DOCUMENT_HEADING,
    DOCUMENT_PARAGRAPH,
    DOCUMENT_LIST,
    DOCUMENT_TABLE,
    DOCUMENT_CHART,
    DOCUMENT_DEFINITIONS,
    DOCUMENT_BOX,
    DOCUMENT_PAGE_BREAK,
    DOCUMENT_BLOCK_KIND_COUNT
};

enum document_alignment { DOCUMENT_LEFT, DOCUMENT_RIGHT, DOCUMENT_CENTRE };

/* A column of a table. Only the heading is required. */
struct document_column {
    const char *heading;
    const char *name; /* key in CSV and JSON, the same in every language; NULL: from the heading */
    enum document_alignment alignment;
    int width;          /* a share of the table's width relative to the others; 0 counts as 10 */
    bool is_row_header; /* its cells name their row */
    const char *room;   /* "4.20cm", as as_odt.c reckons it */
};

struct document_row {
    const char *group;           /* not NULL: a heading over the rows that follow, and no cells */
    struct document_runs *cells; /* as many as the table has columns */
    size_t count;                /* cells filled so far */
};

struct document_table {
    struct arena *arena;
    const char *id, *caption;
    int number;                      /* its block's place in the document, from 1 */
    struct document_column *columns; /* DOCUMENT_COLUMNS_MOST of room */
    size_t column_count;
    struct list rows; /* of struct document_row * */
};

/* A chart: the drawing, what it says in words, and the numbers that it shows. */
struct document_chart {
    const char *id, *caption;
    const char *svg;         /* a whole <svg> element, from src/chart */
    const char *alternative; /* its text alternative */
    int width, height;       /* in CSS pixels; 0: 640 by 360 */
    const char *picture, *picture_width,
        *picture_height; /* "chart-1.svg", "16.93cm", by as_odt.c */
    struct document_table *table;
};

struct document_entry {
    const char *term;
    struct document_runs words;
};

enum document_box_kind { DOCUMENT_BOX_NOTE, DOCUMENT_BOX_WARNING };

struct document_block {
    enum document_block_kind kind;
    int level;                 /* heading: 1 to 4; the document's title is above level 1 */
    const char *id;            /* heading */
    const char *words;         /* heading; the title of a box, or NULL */
    struct document_runs runs; /* paragraph, box */
    bool is_ordered;           /* list */
    struct list items;         /* list: struct document_runs *; definitions: document_entry * */
    struct document_table *table;
    struct document_chart *chart;
    enum document_box_kind box;
};

/* What the document says of itself. Only the title is required. */
struct document_about {
    const char *title, *subtitle;
    const char *language;    /* BCP 47; NULL: en-GB */
    const char *authority;   /* who publishes it */
    const char *created;     /* ISO date or moment, given in: renderers read no clock */
    const char *description; /* one sentence for the file's properties */
    const char *period;      /* what it covers, in the notation of base/period.h */
};

struct document_tree {
    struct arena *arena;
    struct document_about about;
    struct list blocks; /* of struct document_block * */
    struct list names;  /* ids in use, of char * */
};

/* A document without blocks, in `arena`. The words of `about` are copied. */
struct document_tree *document_new(struct arena *arena, const struct document_about *about);

/* Each adds a block at the end. Ids may be NULL (one is made), are made fit for HTML, and get a
 * number where they stand already. */
void document_add_heading(struct document_tree *tree, int level, const char *id, const char *words);
struct document_runs *document_add_paragraph(struct document_tree *tree);
/* A paragraph of plain words. */
void document_add_words(struct document_tree *tree, const char *words);
struct document_block *document_add_list(struct document_tree *tree, bool is_ordered);
struct document_runs *document_list_add_item(struct document_block *list);
struct document_block *document_add_definitions(struct document_tree *tree);
struct document_runs *document_definitions_add(struct document_block *definitions,
                                               const char *term);
/* A box that stands out; `title` may be NULL. */
struct document_runs *document_add_box(struct document_tree *tree, enum document_box_kind kind,
                                       const char *title);
void document_add_page_break(struct document_tree *tree);
/* Adds a chart and gives back its table, which the caller fills: the same numbers, as citations. */
struct document_table *document_add_chart(struct document_tree *tree,
                                          const struct document_chart *chart);

/* A table needs a caption. Add all columns before the first row; then for each row its cells from
 * left to right. Cells that are not added stay empty. */
struct document_table *document_add_table(struct document_tree *tree, const char *id,
                                          const char *caption);
void document_table_add_column(struct document_table *table, const struct document_column *column);
/* A heading across the table over the rows that follow. */
void document_table_add_group(struct document_table *table, const char *words);
void document_table_add_row(struct document_table *table);
/* The next cell of the last row. */
struct document_runs *document_table_add_cell(struct document_table *table);
/* The next cell of the last row, of plain words; NULL or "" leaves it empty. */
void document_table_add_words(struct document_table *table, const char *words);

#endif
