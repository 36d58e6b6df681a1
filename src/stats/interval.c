/* Formulas: Wilson 1927, Breslow and Day 1987 (Byar), Katz and others 1978, Newcombe 1998. */
#include "stats/interval.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

enum { EXACT_BELOW = 10 };

struct interval interval_wilson(double cases, double base, double z)
{
    assert(base > 0 && cases >= 0 && cases <= base && z > 0);
    double share = cases / base, square = z * z;
    double centre = share + square / (2 * base);
    double half = z * sqrt(share * (1 - share) / base + square / (4 * base * base));
    double below = 1 + square / base;
    struct interval interval = { (centre - half) / below, (centre + half) / below };
    if (cases <= 0)
        interval.low = 0;
    if (cases >= base)
        interval.high = 1;
    return interval;
}

/* The chance of at most `count` events when `mean` are expected. */
static double poisson_at_most(int64_t count, double mean)
{
    double term = exp(-mean), sum = term;
    for (int64_t i = 1; i <= count; i++) {
        term *= mean / (double)i;
        sum += term;
    }
    return sum;
}

/* The mean at which at most `count` events have the chance `tail`, found by halving. */
static double poisson_mean(int64_t count, double tail)
{
    enum { STEPS = 200 };
    double low = 0, high = 1;
    while (poisson_at_most(count, high) > tail)
        high *= 2;
    for (int step = 0; step < STEPS; step++) {
        double middle = (low + high) / 2;
        if (poisson_at_most(count, middle) > tail)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

struct interval interval_count(int64_t count, double z)
{
    assert(count >= 0 && z > 0);
    double observed = (double)count, next = observed + 1;
    if (count >= EXACT_BELOW) {
        double low = 1 - 1 / (9 * observed) - z / (3 * sqrt(observed));
        double high = 1 - 1 / (9 * next) + z / (3 * sqrt(next));
        return (struct interval){ observed * low * low * low, next * high * high * high };
    }
    double tail = erfc(z / sqrt(2.0)) / 2;
    return (struct interval){ count == 0 ? 0 : poisson_mean(count - 1, 1 - tail),
                              poisson_mean(count, tail) };
}

static void check_counts(struct interval_counts counts)
{
    assert(counts.n1 > 0 && counts.n2 > 0);
    assert(counts.a >= 0 && counts.a <= counts.n1 && counts.b >= 0 && counts.b <= counts.n2);
}

struct interval_ratio interval_of_ratio(struct interval_counts counts, double z)
{
    check_counts(counts);
    struct interval_ratio result = { .is_adjusted = counts.a <= 0 || counts.b <= 0 };
    if (result.is_adjusted)
        counts = (struct interval_counts){ counts.a + 0.5, counts.n1 + 1, counts.b + 0.5,
                                           counts.n2 + 1 };
    result.ratio = (counts.a / counts.n1) / (counts.b / counts.n2);
    double square = 1 / counts.a - 1 / counts.n1 + 1 / counts.b - 1 / counts.n2;
    double spread = z * sqrt(fmax(square, 0));
    result.interval.low = result.ratio * exp(-spread);
    result.interval.high = result.ratio * exp(spread);
    return result;
}

struct interval_ratio interval_of_odds(struct interval_counts counts, double z)
{
    check_counts(counts);
    double a = counts.a, c = counts.n1 - counts.a, b = counts.b, d = counts.n2 - counts.b;
    struct interval_ratio result = { .is_adjusted = a <= 0 || b <= 0 || c <= 0 || d <= 0 };
    double half = result.is_adjusted ? 0.5 : 0;
    result.ratio = ((a + half) / (c + half)) / ((b + half) / (d + half));
    double spread = z * sqrt(1 / (a + half) + 1 / (b + half) + 1 / (c + half) + 1 / (d + half));
    result.interval.low = result.ratio * exp(-spread);
    result.interval.high = result.ratio * exp(spread);
    return result;
}

struct interval interval_of_difference(struct interval_counts counts, double z)
{
    check_counts(counts);
    double first = counts.a / counts.n1, second = counts.b / counts.n2;
    struct interval one = interval_wilson(counts.a, counts.n1, z);
    struct interval two = interval_wilson(counts.b, counts.n2, z);
    return (struct interval){
        first - second - hypot(first - one.low, two.high - second),
        first - second + hypot(one.high - first, second - two.low),
    };
}

enum interval_reading interval_read(struct interval_ratio ratio)
{
    bool outside = ratio.ratio < 0.8 || ratio.ratio > 1.25;
    bool holds_one = ratio.interval.low <= 1 && ratio.interval.high >= 1;
    if (outside)
        return holds_one ? INTERVAL_INDICATION : INTERVAL_ADVERSE;
    return holds_one ? INTERVAL_NO_EVIDENCE : INTERVAL_SMALL_BUT_REAL;
}
