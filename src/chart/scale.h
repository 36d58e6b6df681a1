/* From figures to places on an axis with round steps. */
#ifndef CHART_SCALE_H
#define CHART_SCALE_H

#include "chart/chart.h"

struct scale {
    double low, high, step;
    int decimals; /* that the steps need */
};

/* An axis that holds every value and the target, with about four round steps. */
struct scale scale_of(const struct chart *chart);
/* How far along the axis a value lies, 0 to 1. */
double scale_share(const struct scale *scale, double value);

#endif
