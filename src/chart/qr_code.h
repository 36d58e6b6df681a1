/* A QR code as SVG, for what is typed into a telephone. */
#ifndef CHART_QR_CODE_H
#define CHART_QR_CODE_H

#include "base/work.h"

enum { QR_CODE_WORDS_MOST = 600 /* bytes that one holds */ };

/* The code of the words, four pixels a square, with `label` for those who do not see it; in the
 * work's arena. STATUS_LIMIT for words that do not fit. */
MUST_CHECK enum status qr_code_svg(struct work *work, const char *words, const char *label,
                                   const char **out_svg);

#endif
