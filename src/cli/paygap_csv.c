/* The figures as CSV: a line a unit and group; and the one row that the government's service
 * takes. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/paygap.h"
#include "codec/csv_writer.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 256 << 20, MOST_CELLS = 40 };

/* A row under way. */
struct row {
    struct arena *arena;
    struct slice cells[MOST_CELLS];
    size_t count;
};

static void put(struct row *row, const char *text)
{
    row->cells[row->count++] = slice_of(text);
}

static void put_count(struct row *row, int64_t count)
{
    put(row, arena_format(row->arena, "%lld", (long long)count));
}

static void put_share(struct row *row, int64_t part, int64_t all)
{
    put(row, paygap_tenths(row->arena, pay_share_tenths(part, all)));
}

static void put_headings(struct row *row)
{
    static const char *const first[] = {
        "unit",
        "level",
        "comparator",
        "group",
        "comparator_people",
        "group_people",
        "mean_gap",
        "median_gap",
        "mean_bonus_gap",
        "median_bonus_gap",
        "comparator_bonus_percent",
        "group_bonus_percent",
    };
    static const char *const sides[] = { "comparator", "group" };
    for (size_t i = 0; i < ARRAY_COUNT(first); i++)
        put(row, first[i]);
    for (int band = 0; band < PAY_QUARTERS; band++)
        for (size_t side = 0; side < 2; side++) {
            char *name = arena_format(row->arena, "%s_%s_percent", paygap_bands[band], sides[side]);
            for (char *at = strchr(name, ' '); at; at = strchr(at, ' '))
                *at = '_';
            put(row, name);
        }
    put(row, "top_5_percent_group_percent");
}

static void put_figures(struct row *row, const struct people_groups *groups,
                        const struct pay_figures *figures, size_t group)
{
    const struct pay_group_figures *first = &figures->groups[0], *own = &figures->groups[group];
    bool has_bonus = own->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
    put(row, groups->groups[0].title);
    put(row, groups->groups[group].title);
    put_count(row, first->pay.people);
    put_count(row, own->pay.people);
    put(row, paygap_gap(row->arena, &own->mean_gap));
    put(row, paygap_gap(row->arena, &own->median_gap));
    put(row, paygap_gap(row->arena, &own->mean_bonus_gap));
    put(row, paygap_gap(row->arena, &own->median_bonus_gap));
    put_share(row, first->bonus.people, has_bonus ? first->relevant : 0);
    put_share(row, own->bonus.people, has_bonus ? own->relevant : 0);
    for (int band = 0; band < PAY_QUARTERS; band++) {
        put_share(row, figures->bands.groups[0].people[band], figures->bands.size[band]);
        put_share(row, figures->bands.groups[group].people[band], figures->bands.size[band]);
    }
    put_share(row, own->top_full_time, figures->top_full_time);
}

enum status paygap_print_csv(struct work *work, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    struct row row = { .arena = work->arena };
    put_headings(&row);
    csv_write_row(&text, row.cells, row.count);
    for (size_t i = 0; i <= report->unit_count; i++) {
        const struct pay_unit *unit = i > 0 ? &report->units[i - 1] : NULL;
        for (size_t group = 1; group < report->groups.count; group++) {
            row.count = 0;
            put(&row, unit ? unit->path : "");
            put(&row, unit ? unit->level : "");
            put_figures(&row, &report->groups, unit ? &unit->figures : &report->figures, group);
            csv_write_row(&text, row.cells, row.count);
        }
    }
    if (text.is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The CSV would be larger than 256 MiB; name fewer "
                         "units.");
    return print_bytes(work, text_slice(&text));
}

/* The government's service -----------------------------------------------------------------------
 */

enum government_column {
    EMPLOYER_NAME,
    EMPLOYER_ID,
    ADDRESS,
    POST_CODE,
    COMPANY_NUMBER,
    SIC_CODES,
    MEAN_HOURLY,
    MEDIAN_HOURLY,
    MEAN_BONUS,
    MEDIAN_BONUS,
    MALE_BONUS,
    FEMALE_BONUS,
    MALE_LOWER,
    FEMALE_LOWER,
    MALE_LOWER_MIDDLE,
    FEMALE_LOWER_MIDDLE,
    MALE_UPPER_MIDDLE,
    FEMALE_UPPER_MIDDLE,
    MALE_TOP,
    FEMALE_TOP,
    LINK,
    RESPONSIBLE,
    SIZE,
    CURRENT_NAME,
    LATE,
    DUE,
    SUBMITTED,
    GOVERNMENT_COLUMNS
};

static const char *const government_names[GOVERNMENT_COLUMNS] = {
    "EmployerName",
    "EmployerId",
    "Address",
    "PostCode",
    "CompanyNumber",
    "SicCodes",
    "DiffMeanHourlyPercent",
    "DiffMedianHourlyPercent",
    "DiffMeanBonusPercent",
    "DiffMedianBonusPercent",
    "MaleBonusPercent",
    "FemaleBonusPercent",
    "MaleLowerQuartile",
    "FemaleLowerQuartile",
    "MaleLowerMiddleQuartile",
    "FemaleLowerMiddleQuartile",
    "MaleUpperMiddleQuartile",
    "FemaleUpperMiddleQuartile",
    "MaleTopQuartile",
    "FemaleTopQuartile",
    "CompanyLinkToGPGInfo",
    "ResponsiblePerson",
    "EmployerSize",
    "CurrentName",
    "SubmittedAfterTheDeadline",
    "DueDate",
    "DateSubmitted",
};

static bool is_computed(int column)
{
    return (column >= MEAN_HOURLY && column <= FEMALE_TOP) || column == SIZE;
}

static const char *size_words(int64_t employees)
{
    static const struct {
        int64_t below;
        const char *words;
    } sizes[] = { { 250, "Less than 250" },
                  { 500, "250 to 499" },
                  { 1000, "500 to 999" },
                  { 5000, "1000 to 4999" },
                  { 20000, "5000 to 19,999" } };
    for (size_t i = 0; i < ARRAY_COUNT(sizes); i++)
        if (employees < sizes[i].below)
            return sizes[i].words;
    return "20,000 or more";
}

static enum status take_sets(struct work *work, const char *const *sets, size_t set_count,
                             const char *cells[GOVERNMENT_COLUMNS])
{
    for (size_t i = 0; i < set_count; i++) {
        struct slice rest = slice_of(sets[i]), name;
        int column = 0;
        (void)slice_split(&rest, '=', &name);
        while (column < GOVERNMENT_COLUMNS && !slice_is(name, government_names[column]))
            column++;
        if (column == GOVERNMENT_COLUMNS || is_computed(column) || rest.length == 0)
            return work_fail(work, STATUS_USAGE,
                             "--set %.60s: write COLUMN=TEXT with a column of the service that is "
                             "not computed, such as EmployerName.",
                             sets[i]);
        cells[column] = slice_copy(work->arena, rest);
    }
    return STATUS_OK;
}

/* Shares of a quarter must add up to 100. Where both are just at a half (6.25 and 93.75) both would
 * go up; the men's is then what the women's leaves. */
static void take_quarters(struct arena *arena, const struct pay_figures *figures,
                          const char *cells[GOVERNMENT_COLUMNS])
{
    enum { WHOLE = 1000 };
    for (int band = 0; band < PAY_QUARTERS; band++) {
        int64_t women = pay_share_tenths(figures->bands.groups[1].people[band],
                                         figures->bands.size[band]);
        if (women == INTEGER_MISSING)
            continue;
        cells[MALE_LOWER + 2 * band] = paygap_tenths(arena, WHOLE - women);
        cells[FEMALE_LOWER + 2 * band] = paygap_tenths(arena, women);
    }
}

static void take_figures(struct arena *arena, const struct pay_figures *figures,
                         const char *cells[GOVERNMENT_COLUMNS])
{
    const struct pay_group_figures *men = &figures->groups[0], *women = &figures->groups[1];
    bool has_bonus = women->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
    cells[MEAN_HOURLY] = paygap_gap(arena, &women->mean_gap);
    cells[MEDIAN_HOURLY] = paygap_gap(arena, &women->median_gap);
    cells[MEAN_BONUS] = paygap_gap(arena, &women->mean_bonus_gap);
    cells[MEDIAN_BONUS] = paygap_gap(arena, &women->median_bonus_gap);
    if (has_bonus) {
        cells[MALE_BONUS] = paygap_tenths(arena,
                                          pay_share_tenths(men->bonus.people, men->relevant));
        cells[FEMALE_BONUS] = paygap_tenths(arena,
                                            pay_share_tenths(women->bonus.people, women->relevant));
    } else {
        cells[MALE_BONUS] = cells[FEMALE_BONUS] = "0.0"; /* nobody was paid a bonus */
    }
    take_quarters(arena, figures, cells);
    cells[SIZE] = size_words(men->relevant + women->relevant);
}

static size_t object(const char *words, const char *column)
{
    fprintf(stderr, "dueregard: %s: %s\n", column, words);
    return 1;
}

/* What the service itself would refuse; each is told. */
static size_t check_government(const struct pay_figures *figures,
                               const char *const cells[GOVERNMENT_COLUMNS])
{
    enum { MOST_GAP = 2009 /* tenths */ };
    const struct pay_group_figures *women = &figures->groups[1];
    const struct pay_gap *gaps[] = { &women->mean_gap, &women->median_gap, &women->mean_bonus_gap,
                                     &women->median_bonus_gap };
    size_t problems = 0;
    for (int i = 0; i < (int)ARRAY_COUNT(gaps); i++)
        if (gaps[i]->state == PAY_GAP_GIVEN &&
            (gaps[i]->tenths > MOST_GAP || gaps[i]->tenths < -MOST_GAP))
            problems += object("the service takes -200.9 to 200.9 only.",
                               government_names[MEAN_HOURLY + i]);
    for (int i = 0; i < 2; i++)
        if (!cells[MEAN_HOURLY + i])
            problems += object("there is no gap, because men or women are missing.",
                               government_names[MEAN_HOURLY + i]);
    if (!cells[EMPLOYER_NAME])
        problems += object("is empty; give it with --set EmployerName=NAME.", "EmployerName");
    if (!cells[RESPONSIBLE])
        problems += object("is empty; the service asks for first name, last name and job title.",
                           "ResponsiblePerson");
    if (cells[LINK] && strncmp(cells[LINK], "https://", 8) != 0 &&
        strncmp(cells[LINK], "http://", 7) != 0)
        problems += object("is not the address of a page (https://...).", "CompanyLinkToGPGInfo");
    return problems;
}

enum status paygap_print_government(struct work *work, const struct paygap_print *print,
                                    const char *const *sets, size_t set_count)
{
    const char *cells[GOVERNMENT_COLUMNS] = { NULL };
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    struct row row = { .arena = work->arena };
    enum status status = take_sets(work, sets, set_count, cells);
    if (status != STATUS_OK)
        return status;
    take_figures(work->arena, &print->report->figures, cells);
    for (int i = 0; i < GOVERNMENT_COLUMNS; i++)
        put(&row, government_names[i]);
    csv_write_row(&text, row.cells, row.count);
    row.count = 0;
    for (int i = 0; i < GOVERNMENT_COLUMNS; i++)
        put(&row, cells[i]);
    csv_write_row(&text, row.cells, row.count);
    status = print_bytes(work, text_slice(&text));
    size_t problems = check_government(&print->report->figures, cells);
    return status == STATUS_OK && problems > 0 ? STATUS_FINDINGS : status;
}
