/* CSV as RFC 4180 has it, safe to open in a spreadsheet, and read back unchanged by our reader.
 *
 * The apostrophe rule. A cell is "formula-like" when it is any number of apostrophes (none, one, …)
 * followed by one of = + - @ TAB CR. The writer puts one apostrophe before a formula-like cell,
 * unless the whole cell is a plain number (-5, +5, -0.25, -5%). The reader takes one apostrophe off
 * a formula-like cell that begins with an apostrophe. So what is written is read back as it was,
 * whatever it holds, and nothing that we write starts a formula. */
#ifndef CODEC_CSV_WRITER_H
#define CODEC_CSV_WRITER_H

#include <stdbool.h>

#include "base/text.h"

/* Adds one record, ended by CRLF. A record whose only cell is empty is written as "". Text that is
 * full latches, as ever (text_is_full). */
void csv_write_row(struct text *text, const struct slice *cells, size_t count);
/* The reader's side: true when one apostrophe comes off. */
bool csv_has_apostrophe(struct slice cell);

#endif
