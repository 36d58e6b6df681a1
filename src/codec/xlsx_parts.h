/* The tables of an XLSX that its cells point into: shared strings and number styles. */
#ifndef CODEC_XLSX_PARTS_H
#define CODEC_XLSX_PARTS_H

#include "codec/xlsx_number.h"
#include "codec/zip_reader.h"

struct arena;
struct text;

struct xlsx_strings {
    struct slice *items;
    size_t count, room;
};

struct xlsx_styles {
    unsigned char *items; /* enum xlsx_style, by the index that a cell gives */
    size_t count, room;
};

/* Both read a part into the arena. A string keeps at most most_cell bytes. */
MUST_CHECK enum status xlsx_strings_read(struct zip_reader *zip, const char *part,
                                         struct arena *arena, int64_t most_cell,
                                         struct xlsx_strings *out_strings);
MUST_CHECK enum status xlsx_styles_read(struct zip_reader *zip, const char *part,
                                        struct arena *arena, struct xlsx_styles *out_styles);
/* Adds text in which _xHHHH_ stands for a character that XML cannot hold (_x000D_). */
void xlsx_add_text(struct text *text, struct slice escaped);

#endif
