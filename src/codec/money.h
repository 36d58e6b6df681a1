/* Amounts of money as payrolls and spreadsheets write them. */
#ifndef CODEC_MONEY_H
#define CODEC_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* The period that an amount names itself: "£25k pa". */
enum money_period {
    MONEY_PERIOD_UNSAID,
    MONEY_PER_HOUR,
    MONEY_PER_WEEK,
    MONEY_PER_MONTH,
    MONEY_PER_YEAR
};

struct money {
    int64_t amount; /* millionths of a pound; decimals beyond are rounded half away from zero */
    enum money_period period;
};

/* Reads "$69,222.18", "£25k pa", "121862.0", "(1,200.00)" (negative), "GBP 17.20 per hour",
 * "69 222", "1.5e4". A comma or a blank parts thousands only. False for anything else, ranges and
 * decimal commas included, and for amounts of a million million and more. */
bool money_read(struct slice text, struct money *out_money);
/* True for a cell that says that there is no amount: "", ".", "-", "N/A", "NULL", "None", "nan". */
bool money_is_blank(struct slice text);

#endif
