/* Synthetic people for the benchmarks and the tests of counting: the same bytes for the same
 * arguments on every machine, each row from its own number.
 *
 *   make_people ROWS UNITS > people.csv
 *
 * Nineteen columns: a number, nine protected characteristics, the unit among them, six other
 * categories, hourly pay and a bonus that nine in ten do not have. Pay and band depend on sex,
 * ethnicity and age, so that there are gaps to find. Nobody here is real. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_CHOICES = 20,
    DRAWS = 1 << 16, /* a choice is drawn with 16 bits */
    DRAW_BITS = 16,
    UNIT_AFTER = 8, /* the unit's column stands behind this category */
    UNIT_DIGITS = 4,
    MOST_UNITS = 10000,
    LONGEST_ROW = 2048,
    BUFFER = 1 << 20
};

enum { AGE = 0, ETHNICITY = 2, SEX = 3, PREGNANCY = 8, BAND = 9 };
enum { MALE = 1, LOWEST_PAY = 1144, MANAGERS = 7, MEDICAL = 11 };

struct choice {
    const char *label; /* as it stands in the file, quoted if need be */
    double weight;
};

struct category {
    const char *heading;
    struct choice choices[MOST_CHOICES + 1]; /* ended by a label of NULL */
};

static const struct category categories[] = {
    { "age_band",
      { { "16-19", 1 },
        { "20-24", 6 },
        { "25-29", 11 },
        { "30-34", 13 },
        { "35-39", 13 },
        { "40-44", 12 },
        { "45-49", 12 },
        { "50-54", 12 },
        { "55-59", 11 },
        { "60-64", 7 },
        { "65+", 2 } } },
    { "disability",
      { { "No", 70 }, { "Yes", 6 }, { "Prefer not to say", 2 }, { "Not stated", 22 } } },
    { "ethnicity",
      { { "White - British", 62 },
        { "White - Irish", 1.2 },
        { "White - Gypsy or Irish Traveller", .1 },
        { "White - Roma", .2 },
        { "White - Any other White background", 5.5 },
        { "Mixed - White and Black Caribbean", .6 },
        { "Mixed - White and Black African", .4 },
        { "Mixed - White and Asian", .6 },
        { "\"Mixed, any other\"", .5 },
        { "Asian - Indian", 5 },
        { "Asian - Pakistani", 2.2 },
        { "Asian - Bangladeshi", .7 },
        { "Asian - Chinese", .8 },
        { "Asian - Any other Asian background", 3.5 },
        { "Black - African", 4.5 },
        { "Black - Caribbean", 1.6 },
        { "Black - Any other Black background", .6 },
        { "Arab", .4 },
        { "Any other ethnic group", 2 },
        { "Not stated", 8 } } },
    { "sex", { { "Female", 68 }, { "Male", 31.6 }, { "Not stated", .4 } } },
    { "gender_reassignment",
      { { "", 77 }, { "No", 21.5 }, { "Yes", .2 }, { "Prefer not to say", 1.3 } } },
    { "sexual_orientation",
      { { "Heterosexual or Straight", 68 },
        { "Gay or Lesbian", 2.1 },
        { "Bisexual", 1.2 },
        { "Other", .2 },
        { "Undecided", .2 },
        { "Prefer not to say", 4 },
        { "Not stated", 24.3 } } },
    { "religion",
      { { "Christianity", 40 },
        { "Atheism", 12 },
        { "Islam", 4.5 },
        { "Hinduism", 2.2 },
        { "Buddhism", .6 },
        { "Sikhism", .9 },
        { "Judaism", .3 },
        { "Other", 7 },
        { "Prefer not to say", 9 },
        { "Not stated", 23.5 } } },
    { "marital_status",
      { { "Married", 45 },
        { "Single", 33 },
        { "Divorced", 7 },
        { "Widowed", 1 },
        { "Civil Partnership", 1.2 },
        { "Legally Separated", 1 },
        { "Unknown", 1.8 },
        { "Not stated", 10 } } },
    { "pregnancy_maternity", { { "No", 38 }, { "Yes", 2.5 }, { "Not stated", 59.5 } } },
    { "pay_band",
      { { "Band 1", .5 },
        { "Band 2", 16 },
        { "Band 3", 14 },
        { "Band 4", 10 },
        { "Band 5", 18 },
        { "Band 6", 16 },
        { "Band 7", 11 },
        { "Band 8a", 4.5 },
        { "Band 8b", 1.8 },
        { "Band 8c", 1 },
        { "Band 9", .4 },
        { "Medical", 6.8 } } },
    { "job_family",
      { { "Nursing and Midwifery", 30 },
        { "Medical and Dental", 9 },
        { "Allied Health Professions", 12 },
        { "Healthcare Scientists", 4 },
        { "Administrative and Clerical", 20 },
        { "Estates and Ancillary", 6 },
        { "Additional Clinical Services", 14 },
        { "Managers", 3 },
        { "Students", 1 },
        { "Other", 1 } } },
    { "contract_type",
      { { "Permanent", 84 },
        { "Fixed Term", 9 },
        { "Bank", 4 },
        { "Locum", 2 },
        { "Apprentice", 1 } } },
    { "quarter", { { "2025Q1", 25 }, { "2025Q2", 25 }, { "2025Q3", 25 }, { "2025Q4", 25 } } },
    { "working_pattern",
      { { "Full time", 58 }, { "Part time", 37 }, { "Term time", 2 }, { "Annualised hours", 3 } } },
    { "region",
      { { "North East", 5 },
        { "North West", 14 },
        { "Yorkshire and the Humber", 10 },
        { "East Midlands", 8 },
        { "West Midlands", 11 },
        { "East of England", 10 },
        { "London", 18 },
        { "South East", 15 },
        { "South West", 9 } } },
};

enum { CATEGORIES = sizeof categories / sizeof *categories };

/* For each draw of 16 bits the choice it stands for. */
struct draws {
    uint16_t category[CATEGORIES][DRAWS];
    uint16_t unit[DRAWS];
};

struct person {
    uint16_t choices[CATEGORIES];
    uint16_t unit;
    uint32_t pay, bonus; /* pence; no bonus is 0 */
};

static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = (*state += UINT64_C(0x9E3779B97F4A7C15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static size_t choice_count(const struct category *category)
{
    size_t count = 0;
    while (count < MOST_CHOICES && category->choices[count].label)
        count++;
    return count;
}

/* Shares the draws out by weight; the last choice gets what is left. */
static void share_out(const double *weights, size_t count, uint16_t *out_draws)
{
    double total = 0, sum = 0;
    size_t draw = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
        size_t end = i + 1 == count ? DRAWS : (size_t)(sum / total * DRAWS);
        while (draw < end)
            out_draws[draw++] = (uint16_t)i;
    }
}

static void prepare(struct draws *draws, size_t units)
{
    static double weights[MOST_UNITS];
    for (size_t i = 0; i < CATEGORIES; i++) {
        size_t count = choice_count(&categories[i]);
        for (size_t k = 0; k < count; k++)
            weights[k] = categories[i].choices[k].weight;
        share_out(weights, count, draws->category[i]);
    }
    for (size_t i = 0; i < units; i++)
        weights[i] = 1.0 / ((double)i + 12.0); /* a few large units, many small ones */
    share_out(weights, units, draws->unit);
}

static void move_bands(uint16_t *choices, uint64_t random)
{
    if (choices[SEX] == MALE && (random >> 16 & 255) < 40 && choices[BAND] < 10)
        choices[BAND]++;
    if (choices[ETHNICITY] > 8 && choices[ETHNICITY] < 19 && (random >> 24 & 255) < 45 &&
        choices[BAND] > 1)
        choices[BAND]--;
    if (choices[AGE] < 2 && choices[BAND] > 4)
        choices[BAND] = (uint16_t)(3 + (random >> 32 & 1));
    if (choices[SEX] == MALE)
        choices[PREGNANCY] = 2; /* asked of women only: not stated */
}

static uint32_t pay_of(const uint16_t *choices, uint64_t random)
{
    static const uint32_t bands[] = { 1165, 1190, 1240, 1370, 1560, 1930,
                                      2280, 2620, 3070, 3640, 5200, 3900 };
    uint32_t spread = (uint32_t)((random & 1023) + (random >> 10 & 1023) + (random >> 20 & 1023));
    uint32_t pay = bands[choices[BAND]] * (850 + spread / 8) / 1000;
    if (choices[BAND] == MEDICAL)
        pay = pay * (uint32_t)(600 + (random >> 40 & 1023)) / 1000;
    return pay < LOWEST_PAY ? LOWEST_PAY + (uint32_t)(random >> 50 & 15) : pay;
}

static uint32_t bonus_of(const uint16_t *choices, uint64_t random)
{
    if ((random & 1023) >= (choices[BAND] >= MANAGERS ? 300 : 60))
        return 0;
    uint32_t bonus = 10000 + (uint32_t)((random >> 10 & 0xFFFF) * (random >> 26 & 0xFF) / 24);
    return choices[SEX] == MALE ? bonus + bonus / 8 : bonus;
}

static void make_person(const struct draws *draws, uint64_t number, struct person *out_person)
{
    uint64_t state = UINT64_C(42) * UINT64_C(0x2545F4914F6CDD1D) +
                     number * UINT64_C(0xD1342543DE82EF95);
    uint64_t random = 0;
    for (size_t i = 0; i < CATEGORIES; i++) {
        random = i % 4 == 0 ? next_random(&state) : random >> DRAW_BITS;
        out_person->choices[i] = draws->category[i][random & (DRAWS - 1)];
    }
    uint64_t of_unit = next_random(&state), of_pay = next_random(&state);
    uint64_t of_bonus = next_random(&state);
    out_person->unit = draws->unit[of_unit & (DRAWS - 1)];
    move_bands(out_person->choices, of_unit);
    out_person->pay = pay_of(out_person->choices, of_pay);
    out_person->bonus = bonus_of(out_person->choices, of_bonus);
}

/* ---- as CSV ---- */

static char *put_text(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *put_number(char *at, uint64_t number, int digits)
{
    char room[24];
    int count = 0;
    for (; number > 0 || count < digits; number /= 10)
        room[count++] = (char)('0' + number % 10);
    while (count > 0)
        *at++ = room[--count];
    return at;
}

static char *put_pence(char *at, uint32_t pence)
{
    at = put_number(at, pence / 100, 1);
    *at++ = '.';
    return put_number(at, pence % 100, 2);
}

static char *put_person(char *at, uint64_t number, const struct person *person)
{
    at = put_number(at, number, 1);
    for (size_t i = 0; i < CATEGORIES; i++) {
        *at++ = ',';
        at = put_text(at, categories[i].choices[person->choices[i]].label);
        if (i == UNIT_AFTER) {
            at = put_text(at, ",U");
            at = put_number(at, person->unit, UNIT_DIGITS);
        }
    }
    *at++ = ',';
    at = put_pence(at, person->pay);
    *at++ = ',';
    if (person->bonus)
        at = put_pence(at, person->bonus);
    *at++ = '\n';
    return at;
}

static char *put_headings(char *at)
{
    at = put_text(at, "id");
    for (size_t i = 0; i < CATEGORIES; i++) {
        *at++ = ',';
        at = put_text(at, categories[i].heading);
        if (i == UNIT_AFTER)
            at = put_text(at, ",org_unit");
    }
    return put_text(at, ",hourly_pay,bonus\n");
}

int main(int argc, char **argv)
{
    static struct draws draws;
    static char buffer[BUFFER];
    uint64_t rows = 0, units = 0;
    if (argc != 3 || sscanf(argv[1], "%" SCNu64, &rows) != 1 ||
        sscanf(argv[2], "%" SCNu64, &units) != 1 || units < 1 || units >= MOST_UNITS) {
        fprintf(stderr, "usage: make_people ROWS UNITS\n");
        return 2;
    }
    prepare(&draws, (size_t)units);
    char *at = put_headings(buffer);
    for (uint64_t row = 0; row < rows; row++) {
        struct person person;
        make_person(&draws, row, &person);
        at = put_person(at, row + 1, &person);
        if (at - buffer > BUFFER - LONGEST_ROW) {
            if (fwrite(buffer, 1, (size_t)(at - buffer), stdout) != (size_t)(at - buffer))
                return 4;
            at = buffer;
        }
    }
    fwrite(buffer, 1, (size_t)(at - buffer), stdout);
    return fflush(stdout) == 0 ? 0 : 4;
}
