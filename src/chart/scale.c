#include "chart/scale.h"

#include <math.h>

#include "base/banned.h"

enum { STEPS = 4 };

static void widen(double *low, double *high, double value)
{
    if (isnan(value))
        return;
    if (value < *low)
        *low = value;
    if (value > *high)
        *high = value;
}

/* The next of 1, 2, 5, 10, 20 … that is not less. */
static double round_step(double rough)
{
    double power = pow(10, floor(log10(rough)));
    double parts = rough / power;
    return power * (parts <= 1 ? 1 : parts <= 2 ? 2 : parts <= 5 ? 5 : 10);
}

struct scale scale_of(const struct chart *chart)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t j = 0; j < chart->label_count; j++)
            widen(&low, &high, chart->series[i].values[j]);
    widen(&low, &high, chart->target);
    for (size_t j = 0; j < chart->label_count; j++) {
        widen(&low, &high, chart->targets ? chart->targets[j] : NAN);
        widen(&low, &high, chart->low ? chart->low[j] : NAN);
        widen(&low, &high, chart->high ? chart->high[j] : NAN);
    }
    for (size_t i = 0; i < chart->reference_count; i++)
        widen(&low, &high, chart->references[i].value);
    if (chart->axis_high > chart->axis_low) {
        widen(&low, &high, chart->axis_low);
        widen(&low, &high, chart->axis_high);
    }
    if (chart->kind == CHART_BAR || !chart->is_cut)
        widen(&low, &high, 0);
    if (low > high)
        low = high = 0;
    if (high - low < 1e-9)
        high = low + 1;
    struct scale scale = { .step = round_step((high - low) / STEPS) };
    scale.low = floor(low / scale.step + 1e-9) * scale.step;
    scale.high = ceil(high / scale.step - 1e-9) * scale.step;
    for (double step = scale.step; step < 1 - 1e-9 && scale.decimals < 6; step *= 10)
        scale.decimals++;
    return scale;
}

double scale_share(const struct scale *scale, double value)
{
    return (value - scale->low) / (scale->high - scale->low);
}
