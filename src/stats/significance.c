/* Formulas: Pearson 1900, Fisher 1922 (two-sided by likelihood, as R does), Holm 1979. The
 * incomplete gamma function is summed as a series below and as a continued fraction above its
 * turning point. */
#include "stats/significance.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

enum { LEAST_EXPECTED = 5, GAMMA_STEPS = 100000 };

static void check_groups(struct significance_group first, struct significance_group second)
{
    assert(first.base > 0 && first.cases >= 0 && first.cases <= first.base);
    assert(second.base > 0 && second.cases >= 0 && second.cases <= second.base);
}

/* The least of the four counts that would be expected if the shares were equal. */
static double least_expected(struct significance_group first, struct significance_group second)
{
    double all = (double)first.base + (double)second.base;
    double cases = (double)first.cases + (double)second.cases;
    double smaller = (double)(first.base < second.base ? first.base : second.base);
    return smaller * fmin(cases, all - cases) / all;
}

struct significance significance_of_shares(struct significance_group first,
                                           struct significance_group second)
{
    check_groups(first, second);
    double n1 = (double)first.base, n2 = (double)second.base;
    double pooled = ((double)first.cases + (double)second.cases) / (n1 + n2);
    double variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
    struct significance result = { .p = 1 };
    result.is_rough = least_expected(first, second) < LEAST_EXPECTED;
    if (variance > 0) {
        result.statistic = ((double)first.cases / n1 - (double)second.cases / n2) / sqrt(variance);
        result.p = erfc(fabs(result.statistic) / sqrt(2.0));
    }
    return result;
}

/* The cells of a two-by-two table follow from its first cell and its margins. */
struct table {
    int64_t first, second, cases; /* bases of both groups, cases in both */
};

/* How much likelier the table with one more first case is than that with `cell` of them. */
static double step_up(struct table table, int64_t cell)
{
    double top = (double)(table.first - cell) * (double)(table.cases - cell);
    double bottom = (double)(cell + 1) * (double)(table.second - table.cases + cell + 1);
    return top / bottom;
}

/* Likelihoods are taken relative to that of the likeliest table, so nothing overflows, and what
 * underflows is too small to count. */
static double exact_chance(struct table table, int64_t observed)
{
    const double slack = 1 + 1e-7; /* tables that are equally likely but for rounding */
    int64_t least = table.cases > table.second ? table.cases - table.second : 0;
    int64_t most = table.cases < table.first ? table.cases : table.first;
    double all = (double)table.first + (double)table.second + 2;
    int64_t mode = (int64_t)((double)(table.first + 1) * (double)(table.cases + 1) / all);
    mode = mode < least ? least : mode > most ? most : mode;
    double weight = 1, of_observed = 1;
    for (int64_t cell = mode; cell < observed; cell++)
        of_observed *= step_up(table, cell);
    for (int64_t cell = mode; cell > observed; cell--)
        of_observed /= step_up(table, cell - 1);
    double total = 1, tail = 1 <= of_observed * slack ? 1 : 0;
    for (int64_t cell = mode; cell < most && weight > 0; cell++) {
        weight *= step_up(table, cell);
        total += weight;
        tail += weight <= of_observed * slack ? weight : 0;
    }
    weight = 1;
    for (int64_t cell = mode; cell > least && weight > 0; cell--) {
        weight /= step_up(table, cell - 1);
        total += weight;
        tail += weight <= of_observed * slack ? weight : 0;
    }
    return fmin(tail / total, 1);
}

struct significance significance_exact(struct significance_group first,
                                       struct significance_group second)
{
    check_groups(first, second);
    struct table table = { first.base, second.base, first.cases + second.cases };
    return (struct significance){
        .statistic = NAN,
        .p = exact_chance(table, first.cases),
        .is_exact = true,
        .is_rough = least_expected(first, second) < LEAST_EXPECTED,
    };
}

struct significance significance_compare(struct significance_group first,
                                         struct significance_group second)
{
    check_groups(first, second);
    return least_expected(first, second) >= LEAST_EXPECTED ? significance_of_shares(first, second)
                                                           : significance_exact(first, second);
}

/* The lower part of the incomplete gamma function, as a share of the whole. */
static double gamma_series(double shape, double point)
{
    double term = 1 / shape, sum = term;
    for (int i = 1; i < GAMMA_STEPS && term > sum * 1e-17; i++) {
        term *= point / (shape + i);
        sum += term;
    }
    int sign = 0;
    return sum * exp(shape * log(point) - point - lgamma_r(shape, &sign));
}

/* The upper part, by Lentz's method. */
static double gamma_fraction(double shape, double point)
{
    const double tiny = 1e-300;
    double b = point + 1 - shape, c = 1 / tiny, d = 1 / b, result = d;
    for (int i = 1; i < GAMMA_STEPS; i++) {
        double a = -i * (i - shape);
        b += 2;
        d = a * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + a / c;
        c = fabs(c) < tiny ? tiny : c;
        result *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    int sign = 0;
    return result * exp(shape * log(point) - point - lgamma_r(shape, &sign));
}

double significance_chi_square(double statistic, int64_t freedom)
{
    assert(freedom >= 1 && statistic >= 0);
    double shape = (double)freedom / 2, point = statistic / 2;
    if (point <= 0)
        return 1;
    return point < shape + 1 ? 1 - gamma_series(shape, point) : gamma_fraction(shape, point);
}

struct significance significance_of_groups(const struct significance_group *groups, size_t count)
{
    struct significance result = { .p = 1 };
    double cases = 0, base = 0;
    int64_t present = 0;
    for (size_t i = 0; i < count; i++) {
        assert(groups[i].cases >= 0 && groups[i].cases <= groups[i].base);
        cases += (double)groups[i].cases;
        base += (double)groups[i].base;
        present += groups[i].base > 0;
    }
    if (present < 2 || cases <= 0 || cases >= base)
        return result;
    for (size_t i = 0; i < count; i++) {
        double expected = (double)groups[i].base * cases / base;
        double others = (double)groups[i].base - expected;
        double apart = (double)groups[i].cases - expected;
        if (groups[i].base == 0)
            continue;
        result.statistic += apart * apart / expected + apart * apart / others;
        result.is_rough |= expected < LEAST_EXPECTED || others < LEAST_EXPECTED;
    }
    result.freedom = present - 1;
    result.p = significance_chi_square(result.statistic, result.freedom);
    return result;
}

/* The places of the p values, the smallest first, ties as they stand. */
static void sort_places(const double *p, size_t count, size_t *places)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && p[places[at - 1]] > p[i]; at--)
            places[at] = places[at - 1];
        places[at] = i;
    }
}

void significance_holm(const double *p, size_t count, double *out_adjusted)
{
    size_t places[SIGNIFICANCE_MOST_TESTS];
    assert(count <= SIGNIFICANCE_MOST_TESTS);
    sort_places(p, count, places);
    double most = 0;
    for (size_t rank = 0; rank < count; rank++) {
        most = fmax(most, (double)(count - rank) * p[places[rank]]);
        out_adjusted[places[rank]] = fmin(most, 1);
    }
}
