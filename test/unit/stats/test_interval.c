/* Intervals: against vectors made with 80 digits, against published figures, and by properties. */
#include "stats/interval.h"

#include "unit/stats/vectors.h"

enum { MOST_BASE = 60 };

static void wilson_agrees_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/wilson.csv");
    while (vectors_next(&rows)) {
        struct interval interval = interval_wilson(vectors_real(&rows, 0), vectors_real(&rows, 1),
                                                   vectors_real(&rows, 2));
        vectors_near(interval.low, vectors_real(&rows, 3), 1e-10);
        vectors_near(interval.high, vectors_real(&rows, 4), 1e-10);
    }
    assert_true(rows.rows > 100);
    vectors_close(&rows);
    support_work_end(&work);
}

static void wilson_gives_the_published_figures(void **state)
{
    (void)state;
    static const struct {
        double cases, base, low, high;
    } rows[] = { { 1, 62, 0.29, 8.59 },     { 2, 124, 0.44, 5.69 }, { 10, 62, 9.00, 27.21 },
                 { 59, 124, 39.00, 56.31 }, { 0, 10, 0, 27.75 },    { 5, 20, 11.19, 46.87 } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct interval interval = interval_wilson(rows[i].cases, rows[i].base, INTERVAL_Z_95);
        assert_true(fabs(interval.low * 100 - rows[i].low) < 0.0051);
        assert_true(fabs(interval.high * 100 - rows[i].high) < 0.0051);
    }
}

static void wilson_has_its_properties(void **state)
{
    (void)state;
    for (int base = 1; base <= MOST_BASE; base++) {
        for (int cases = 0; cases <= base; cases++) {
            double share = (double)cases / base;
            struct interval interval = interval_wilson(cases, base, INTERVAL_Z_95);
            struct interval mirror = interval_wilson(base - cases, base, INTERVAL_Z_95);
            struct interval wider = interval_wilson(cases, base, INTERVAL_Z_998);
            struct interval surer = interval_wilson(cases * 4, base * 4, INTERVAL_Z_95);
            assert_true(interval.low >= 0 && interval.low <= share);
            assert_true(interval.high <= 1 && interval.high >= share);
            vectors_near(interval.low, 1 - mirror.high, 1e-12);
            assert_true(wider.low <= interval.low && wider.high >= interval.high);
            assert_true(surer.high - surer.low < interval.high - interval.low);
            if (cases > 0) {
                struct interval fewer = interval_wilson(cases - 1, base, INTERVAL_Z_95);
                assert_true(fewer.low < interval.low && fewer.high < interval.high + 1e-12);
            }
        }
    }
}

static void counts_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/count_interval.csv");
    while (vectors_next(&rows)) {
        int64_t count = vectors_number(&rows, 0) / NUMBER_ONE;
        struct interval interval = interval_count(count, vectors_real(&rows, 1));
        vectors_near(interval.low, vectors_real(&rows, 2), 1e-10);
        vectors_near(interval.high, vectors_real(&rows, 3), 1e-10);
        assert_true(interval.low <= (double)count && interval.high > (double)count);
    }
    assert_true(rows.rows > 50);
    vectors_close(&rows);
    support_work_end(&work);
}

static struct interval_counts counts_of(const struct vectors *rows)
{
    return (struct interval_counts){ vectors_real(rows, 0), vectors_real(rows, 1),
                                     vectors_real(rows, 2), vectors_real(rows, 3) };
}

static void ratios_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/ratio_interval.csv");
    while (vectors_next(&rows)) {
        struct interval_counts counts = counts_of(&rows);
        struct interval_counts turned = { counts.b, counts.n2, counts.a, counts.n1 };
        double z = vectors_real(&rows, 4);
        struct interval_ratio ratio = interval_of_ratio(counts, z);
        struct interval_ratio inverse = interval_of_ratio(turned, z);
        vectors_near(ratio.ratio, vectors_real(&rows, 5), 1e-12);
        vectors_near(ratio.interval.low, vectors_real(&rows, 6), 1e-11);
        vectors_near(ratio.interval.high, vectors_real(&rows, 7), 1e-11);
        assert_true(ratio.interval.low <= ratio.ratio && ratio.ratio <= ratio.interval.high);
        vectors_near(ratio.interval.low, 1 / inverse.interval.high, 1e-11);
    }
    assert_true(rows.rows > 90);
    vectors_close(&rows);
    support_work_end(&work);
}

static void differences_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/difference_interval.csv");
    while (vectors_next(&rows)) {
        struct interval_counts counts = counts_of(&rows);
        struct interval_counts turned = { counts.b, counts.n2, counts.a, counts.n1 };
        struct interval interval = interval_of_difference(counts, vectors_real(&rows, 4));
        struct interval mirror = interval_of_difference(turned, vectors_real(&rows, 4));
        double difference = counts.a / counts.n1 - counts.b / counts.n2;
        vectors_near(interval.low, vectors_real(&rows, 5), 1e-10);
        vectors_near(interval.high, vectors_real(&rows, 6), 1e-10);
        assert_true(interval.low <= difference && difference <= interval.high);
        assert_true(interval.low >= -1 && interval.high <= 1);
        vectors_near(interval.low, -mirror.high, 1e-12);
    }
    assert_true(rows.rows > 90);
    vectors_close(&rows);
    support_work_end(&work);
}

/* White 60 of 240 and minority ethnic 30 of 200 appointed; 9 of 750 and 17 of 2400 disciplined. */
static void likelihoods_are_read_as_published(void **state)
{
    (void)state;
    struct interval_ratio hired = interval_of_ratio((struct interval_counts){ 60, 240, 30, 200 },
                                                    INTERVAL_Z_95);
    assert_true(fabs(hired.ratio - 1.667) < 0.0005);
    assert_true(fabs(hired.interval.low - 1.12) < 0.005);
    assert_true(fabs(hired.interval.high - 2.48) < 0.005);
    assert_int_equal(interval_read(hired), INTERVAL_ADVERSE);
    struct interval_ratio disciplined = interval_of_ratio(
        (struct interval_counts){ 9, 750, 17, 2400 }, INTERVAL_Z_95);
    assert_true(fabs(disciplined.ratio - 1.69) < 0.005);
    assert_true(fabs(disciplined.interval.low - 0.76) < 0.005);
    assert_true(fabs(disciplined.interval.high - 3.78) < 0.005);
    assert_int_equal(interval_read(disciplined), INTERVAL_INDICATION);
    struct interval_ratio equal = interval_of_ratio((struct interval_counts){ 50, 100, 51, 100 },
                                                    INTERVAL_Z_95);
    assert_int_equal(interval_read(equal), INTERVAL_NO_EVIDENCE);
    struct interval_ratio large = interval_of_ratio(
        (struct interval_counts){ 55000, 100000, 50000, 100000 }, INTERVAL_Z_95);
    assert_int_equal(interval_read(large), INTERVAL_SMALL_BUT_REAL);
    /* Four fifths and its inverse are within the rule; what lies beyond is not. */
    struct interval_ratio edge = { .ratio = 0.8, .interval = { 0.7, 0.9 } };
    assert_int_equal(interval_read(edge), INTERVAL_SMALL_BUT_REAL);
    edge.ratio = 0.79;
    assert_int_equal(interval_read(edge), INTERVAL_ADVERSE);
    edge = (struct interval_ratio){ .ratio = 1.25, .interval = { 1.1, 1.4 } };
    assert_int_equal(interval_read(edge), INTERVAL_SMALL_BUT_REAL);
    edge.ratio = 1.26;
    assert_int_equal(interval_read(edge), INTERVAL_ADVERSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_agrees_with_vectors),
        cmocka_unit_test(wilson_gives_the_published_figures),
        cmocka_unit_test(wilson_has_its_properties),
        cmocka_unit_test(counts_agree_with_vectors),
        cmocka_unit_test(ratios_agree_with_vectors),
        cmocka_unit_test(differences_agree_with_vectors),
        cmocka_unit_test(likelihoods_are_read_as_published),
    };
    return cmocka_run_group_tests_name("stats/interval", tests, NULL, NULL);
}
