#include "service/pay_csv.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "codec/csv_writer.h"
#include "entity/entity.h"
#include "service/pay_words.h"
#include "base/banned.h"

enum { MOST_CELLS = 40 };

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
    put(row, pay_tenths_words(row->arena, pay_share_tenths(part, all)));
}

static void name_columns(struct arena *arena, const char *headings[PAY_TABLE_COLUMNS])
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
    size_t count = 0;
    for (; count < ARRAY_COUNT(first); count++)
        headings[count] = first[count];
    for (int band = 0; band < PAY_QUARTERS; band++)
        for (size_t side = 0; side < 2; side++) {
            char *name = arena_format(arena, "%s_%s_percent", pay_band_words[band], sides[side]);
            for (char *at = strchr(name, ' '); at; at = strchr(at, ' '))
                *at = '_';
            headings[count++] = name;
        }
    headings[count++] = "top_5_percent_group_percent";
    assert(count == PAY_TABLE_COLUMNS);
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
    put(row, pay_gap_words(row->arena, &own->mean_gap));
    put(row, pay_gap_words(row->arena, &own->median_gap));
    put(row, pay_gap_words(row->arena, &own->mean_bonus_gap));
    put(row, pay_gap_words(row->arena, &own->median_bonus_gap));
    put_share(row, first->bonus.people, has_bonus ? first->relevant : 0);
    put_share(row, own->bonus.people, has_bonus ? own->relevant : 0);
    for (int band = 0; band < PAY_QUARTERS; band++) {
        put_share(row, figures->bands.groups[0].people[band], figures->bands.size[band]);
        put_share(row, figures->bands.groups[group].people[band], figures->bands.size[band]);
    }
    put_share(row, own->top_full_time, figures->top_full_time);
}

/* The unit itself, or what is in it; of NULL all. */
static bool is_within(const char *path, const char *unit)
{
    size_t length = unit ? strlen(unit) : 0;
    return !unit || (strncmp(path, unit, length) == 0 && (!path[length] || path[length] == '/'));
}

void pay_report_table(struct work *work, const struct pay_report *report, const char *unit,
                      struct pay_table *out_table)
{
    struct pay_table table = { .rows = 0 };
    size_t most = (report->unit_count + 1) * report->groups.count;
    table.cells = arena_array_of(work->arena, most * PAY_TABLE_COLUMNS + 1, struct slice);
    name_columns(work->arena, table.headings);
    for (size_t i = unit ? 1 : 0; i <= report->unit_count; i++) {
        const struct pay_unit *own = i > 0 ? &report->units[i - 1] : NULL;
        if (own && !is_within(own->path, unit))
            continue;
        for (size_t group = 1; group < report->groups.count; group++) {
            struct row row = { .arena = work->arena };
            put(&row, own ? own->path : "");
            put(&row, own ? own->level : "");
            put_figures(&row, &report->groups, own ? &own->figures : &report->figures, group);
            assert(row.count == PAY_TABLE_COLUMNS);
            memcpy(table.cells + table.rows++ * PAY_TABLE_COLUMNS, row.cells,
                   PAY_TABLE_COLUMNS * sizeof *row.cells);
        }
    }
    *out_table = table;
}

enum status pay_report_csv(struct work *work, const struct pay_report *report, const char *unit,
                           struct text *out_text)
{
    struct pay_table table;
    struct slice headings[PAY_TABLE_COLUMNS];
    pay_report_table(work, report, unit, &table);
    for (size_t i = 0; i < PAY_TABLE_COLUMNS; i++)
        headings[i] = slice_of(table.headings[i]);
    csv_write_row(out_text, headings, PAY_TABLE_COLUMNS);
    for (size_t i = 0; i < table.rows; i++)
        csv_write_row(out_text, table.cells + i * PAY_TABLE_COLUMNS, PAY_TABLE_COLUMNS);
    return out_text->is_full ? work_fail(work, STATUS_LIMIT,
                                         "The CSV would be larger than 256 MiB; name fewer units.")
                             : STATUS_OK;
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
        cells[MALE_LOWER + 2 * band] = pay_tenths_words(arena, WHOLE - women);
        cells[FEMALE_LOWER + 2 * band] = pay_tenths_words(arena, women);
    }
}

static void take_figures(struct arena *arena, const struct pay_figures *figures,
                         const char *cells[GOVERNMENT_COLUMNS])
{
    const struct pay_group_figures *men = &figures->groups[0], *women = &figures->groups[1];
    bool has_bonus = women->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
    cells[MEAN_HOURLY] = pay_gap_words(arena, &women->mean_gap);
    cells[MEDIAN_HOURLY] = pay_gap_words(arena, &women->median_gap);
    cells[MEAN_BONUS] = pay_gap_words(arena, &women->mean_bonus_gap);
    cells[MEDIAN_BONUS] = pay_gap_words(arena, &women->median_bonus_gap);
    if (has_bonus) {
        cells[MALE_BONUS] = pay_tenths_words(arena,
                                             pay_share_tenths(men->bonus.people, men->relevant));
        cells[FEMALE_BONUS] = pay_tenths_words(
            arena, pay_share_tenths(women->bonus.people, women->relevant));
    } else {
        cells[MALE_BONUS] = cells[FEMALE_BONUS] = "0.0"; /* nobody was paid a bonus */
    }
    take_quarters(arena, figures, cells);
    cells[SIZE] = size_words(men->relevant + women->relevant);
}

/* What the service itself would refuse. */
static void check_government(const struct pay_figures *figures,
                             const char *const cells[GOVERNMENT_COLUMNS], struct problems *problems)
{
    enum { MOST_GAP = 2009 /* tenths */ };
    const struct pay_group_figures *women = &figures->groups[1];
    const struct pay_gap *gaps[] = { &women->mean_gap, &women->median_gap, &women->mean_bonus_gap,
                                     &women->median_bonus_gap };
    for (int i = 0; i < (int)ARRAY_COUNT(gaps); i++)
        if (gaps[i]->state == PAY_GAP_GIVEN &&
            (gaps[i]->tenths > MOST_GAP || gaps[i]->tenths < -MOST_GAP))
            problem_add(problems, government_names[MEAN_HOURLY + i],
                        "the service takes -200.9 to 200.9 only.");
    for (int i = 0; i < 2; i++)
        if (!cells[MEAN_HOURLY + i])
            problem_add(problems, government_names[MEAN_HOURLY + i],
                        "there is no gap, because men or women are missing.");
    if (!cells[EMPLOYER_NAME])
        problem_add(problems, "EmployerName", "is empty; give it with --set EmployerName=NAME.");
    if (!cells[RESPONSIBLE])
        problem_add(problems, "ResponsiblePerson",
                    "is empty; the service asks for first name, last name and job title.");
    if (cells[LINK] && strncmp(cells[LINK], "https://", 8) != 0 &&
        strncmp(cells[LINK], "http://", 7) != 0)
        problem_add(problems, "CompanyLinkToGPGInfo",
                    "is not the address of a page (https://...).");
}

enum status pay_government_csv(struct work *work, const struct pay_report *report,
                               const struct government_words *words, struct text *out_text,
                               struct problems *problems)
{
    const char *cells[GOVERNMENT_COLUMNS] = { NULL };
    struct row row = { .arena = work->arena };
    enum status status = take_sets(work, words->sets, words->count, cells);
    if (status != STATUS_OK)
        return status;
    take_figures(work->arena, &report->figures, cells);
    for (int i = 0; i < GOVERNMENT_COLUMNS; i++)
        put(&row, government_names[i]);
    csv_write_row(out_text, row.cells, row.count);
    row.count = 0;
    for (int i = 0; i < GOVERNMENT_COLUMNS; i++)
        put(&row, cells[i]);
    csv_write_row(out_text, row.cells, row.count);
    check_government(&report->figures, cells, problems);
    return STATUS_OK;
}
