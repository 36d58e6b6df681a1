/* What the readers of office files share; nobody outside codec/ includes this. */
#ifndef CODEC_OFFICE_PARTS_H
#define CODEC_OFFICE_PARTS_H

#include "base/list.h"
#include "codec/row_builder.h"
#include "codec/table_parts.h"
#include "codec/xml_reader.h"
#include "codec/zip_reader.h"

enum { OFFICE_MOST_SHEETS = 1000 }; /* and tables of a document */

/* The common part of their states, which stands first in each. */
struct office {
    struct table_reader *reader;
    struct zip_reader *zip;
    struct xml_reader *xml; /* of the part being read; NULL between two */
    struct row_builder row;
};

/* Each takes the office over: fills in reader->state, next and close. */
MUST_CHECK enum status xlsx_reader_start(struct office office, const char *workbook);
MUST_CHECK enum status ods_reader_start(struct office office);
MUST_CHECK enum status docx_reader_start(struct office office, const char *document);
void office_close(struct table_reader *reader);
/* The failure of a file with more than OFFICE_MOST_SHEETS. */
MUST_CHECK enum status office_fail_sheets(struct table_reader *reader);

#endif
