/* What `dueregard paygap` prints, format by format. */
#ifndef CLI_PAYGAP_H
#define CLI_PAYGAP_H

#include <jansson.h>

#include "cli/command.h"
#include "service/pay_report.h"

/* What the printers need. */
struct paygap_print {
    const struct people *people;
    const struct pay_report *report;
    const char *files; /* names, parted by commas */
};

MUST_CHECK enum status paygap_print_text(struct work *work, const struct paygap_print *print);
MUST_CHECK enum status paygap_print_json(struct work *work, const struct paygap_print *print);
/* A line a unit and group, everybody first. */
MUST_CHECK enum status paygap_print_csv(struct work *work, const struct paygap_print *print);
/* The columns of the government's service, one row. `sets` are COLUMN=TEXT for what people alone
 * know. What its own rules object to is told on standard error, and the answer is then
 * STATUS_FINDINGS. */
MUST_CHECK enum status paygap_print_government(struct work *work, const struct paygap_print *print,
                                               const char *const *sets, size_t set_count);

/* The words of a state in which there is no gap; NULL when there is one. */
const char *paygap_state_words(enum pay_gap_state state);
/* "12.3" from tenths of a per cent; NULL when missing. */
const char *paygap_tenths(struct arena *arena, int64_t tenths);
/* The same of a gap: NULL when it is not given. */
const char *paygap_gap(struct arena *arena, const struct pay_gap *gap);

extern const char *const paygap_bands[PAY_QUARTERS];

#endif
