/* What an attack found, in words, as JSON and as CSV. */
#ifndef ATTACK_REPORT_H
#define ATTACK_REPORT_H

#include "attack/attack.h"
#include "attack/published.h"
#include "base/text.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_CSV };

struct report {
    const struct puzzle *puzzle;
    const struct attack_options *options;
    const struct attack_result *result;
    bool shows_zeros;
    /* What each cell is called; NULL: by its number. */
    const struct published *published;
    const struct published_meaning *meanings;
    int32_t overlapping; /* as in published_puzzle */
};

/* The whole report, in the work's arena. The text names the first cells that are given away; JSON
 * and CSV have every hidden cell with the interval that was proved. */
MUST_CHECK enum status report_print(struct work *work, const struct report *report,
                                    enum report_format format, struct slice *out_bytes);
/* Something was given away, or could not be decided. */
bool report_has_findings(const struct report *report);

#endif
