/* What the files of a measure's page share. */
#ifndef WEB_PAGES_MEASURE_PARTS_H
#define WEB_PAGES_MEASURE_PARTS_H

#include <jansson.h>

#include "model/value.h"
#include "service/measure_view.h"
#include "web/routes.h"

const char *measure_unit_name(const struct measure_view *view, int64_t id);
/* A period in words; the code itself where it is no period. */
const char *measure_period_words(struct arena *arena, const char *code);
/* The value as it is printed: its number, its milestone, or why there is none. */
const char *measure_value_words(struct arena *arena, const struct measure *measure,
                                const struct value *value);
/* Wilson's 95% interval in percent of a share whose parts are known; false and NAN for another. */
bool measure_interval(const struct measure *measure, const struct value *value, double *out_low,
                      double *out_high);
/* The newest values of a unit that have a number and no breakdown, by period: const struct value *.
 */
struct list measure_series(struct arena *arena, const struct measure_view *view, int64_t unit);
/* The unit with the most numbers; INTEGER_MISSING when no value has one. */
int64_t measure_chief_unit(struct arena *arena, const struct measure_view *view);
/* The history of one unit as a chart, with its targets, what others achieved and how sure its
 * figures are; null when there are fewer than two figures. A small one, of many beside each other,
 * has neither key nor intervals. */
MUST_CHECK enum status measure_chart(struct work *work, const struct call *call,
                                     const struct measure_view *view, int64_t unit, bool is_small,
                                     json_t **out_html);
/* The history of each unit that has one, small: [{"unitName", "chartHtml"}]; empty when there are
 * fewer than two such units. */
MUST_CHECK enum status measure_multiples(struct work *work, const struct call *call,
                                         const struct measure_view *view, json_t **out_charts);

#endif
