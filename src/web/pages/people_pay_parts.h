/* What the files of the pay gap page share. */
#ifndef WEB_PAGES_PEOPLE_PAY_PARTS_H
#define WEB_PAGES_PEOPLE_PAY_PARTS_H

#include <jansson.h>

#include "service/pay_report.h"
#include "web/routes.h"

/* The figures that are shown: of everybody, or of a unit. */
struct pay_shown {
    const struct pay_report *report;
    const struct pay_figures *figures;
    int64_t counted; /* full-pay relevant employees with a group */
};

struct call;

/* The four bands: picture, sentences, table and ties. */
MUST_CHECK enum status people_pay_bands(struct work *work, const struct call *call,
                                        const struct pay_shown *shown, json_t **out_json);

#endif
