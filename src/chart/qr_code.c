#include "chart/qr_code.h"

#include <qrencode.h>
#include <string.h>

#include "base/arena.h"
#include "base/markup.h"
#include "base/text.h"
#include "base/banned.h"

enum { QUIET = 4, SQUARE = 4, SVG_MOST = 512 * 1024, DARK = 1 /* the lowest bit of a square */ };

static void add_squares(struct text *text, const QRcode *code)
{
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & DARK)
                text_add_format(text, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
}

enum status qr_code_svg(struct work *work, const char *words, const char *label,
                        const char **out_svg)
{
    QRcode *code = strlen(words) <= QR_CODE_WORDS_MOST
                       ? QRcode_encodeString(words, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
                       : NULL;
    if (!code)
        return work_fail(work, STATUS_LIMIT, "The words do not fit into a QR code.");
    int side = code->width + 2 * QUIET;
    struct text text = text_new(work->arena, SVG_MOST);
    text_add_format(&text,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                    "width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"",
                    side, side, side * SQUARE, side * SQUARE);
    markup_add(&text, MARKUP_XML, slice_of(label));
    text_add_format(&text, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", side, side);
    add_squares(&text, code);
    text_add(&text, "\"/></svg>");
    QRcode_free(code);
    *out_svg = text.bytes;
    return STATUS_OK;
}
