/* What `dueregard paygap` prints, format by format. */
#ifndef CLI_PAYGAP_H
#define CLI_PAYGAP_H

#include <jansson.h>

#include "cli/command.h"
#include "service/pay_words.h"

/* What the printers need. */
struct paygap_print {
    const struct people *people;
    const struct pay_report *report;
    const char *files; /* names, parted by commas */
};

MUST_CHECK enum status paygap_print_text(struct work *work, const struct paygap_print *print);
MUST_CHECK enum status paygap_print_json(struct work *work, const struct paygap_print *print);
#endif
