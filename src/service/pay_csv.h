/* Pay gap figures as CSV: a line a unit and group; and the one row that the government's service
 * takes. */
#ifndef SERVICE_PAY_CSV_H
#define SERVICE_PAY_CSV_H

#include "base/problem.h"
#include "base/text.h"
#include "service/pay_report.h"

enum { PAY_CSV_MOST = 256 << 20 /* bytes */ };

enum { PAY_TABLE_COLUMNS = 21, PAY_TABLE_NUMBERS_FROM = 4 /* the columns before are words */ };

struct pay_table {
    const char *headings[PAY_TABLE_COLUMNS];
    struct slice *cells; /* PAY_TABLE_COLUMNS a row */
    size_t rows;
};

/* A row for each group of everybody and of every unit, or of a unit (by its path) and what is in it
 * alone; in the work's arena. */
void pay_report_table(struct work *work, const struct pay_report *report, const char *unit,
                      struct pay_table *out_table);
/* The same as CSV. */
MUST_CHECK enum status pay_report_csv(struct work *work, const struct pay_report *report,
                                      const char *unit, struct text *out_text);

/* What people alone know, each COLUMN=TEXT with a column of the service. */
struct government_words {
    const char *const *sets;
    size_t count;
};

/* The columns of the government's service, heading and one row; for a report by sex. What the
 * service itself would object to is added to the problems, with the column as field. A word for a
 * column that is not there or is computed is STATUS_USAGE. */
MUST_CHECK enum status pay_government_csv(struct work *work, const struct pay_report *report,
                                          const struct government_words *words,
                                          struct text *out_text, struct problems *problems);

#endif
