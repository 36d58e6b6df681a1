/* The four bands of a pay gap: a picture, a sentence for each, the table of the same figures, and
 * what became of people on one rate. */
#include <math.h>

#include "base/arena.h"
#include "chart/chart.h"
#include "entity/entity.h"
#include "service/pay_words.h"
#include "web/language.h"
#include "web/pages/people_pay_parts.h"
#include "web/routes.h"

#include "base/banned.h"

enum { CHART_MOST = 256 * 1024, TENTHS = 10, TIES_SHOWN = 12 };

static const char *const band_titles[PAY_QUARTERS] = { WORDS("Upper quarter"),
                                                       WORDS("Upper middle quarter"),
                                                       WORDS("Lower middle quarter"),
                                                       WORDS("Lower quarter") };

static void name_bands(const struct call *call, const char *out_names[PAY_QUARTERS])
{
    for (size_t i = 0; i < PAY_QUARTERS; i++)
        out_names[i] = call_words(call, band_titles[i]);
}

/* The bands as they stand on the page, the best paid first. */
static int band_at(size_t row)
{
    return PAY_QUARTERS - 1 - (int)row;
}

static double share_of(const struct pay_shown *shown, size_t group, int band)
{
    const struct pay_bands *bands = &shown->figures->bands;
    int64_t tenths = pay_share_tenths(bands->groups[group].people[band], bands->size[band]);
    return tenths == INTEGER_MISSING ? NAN : (double)tenths / TENTHS;
}

static enum status draw(struct work *work, const struct chart *chart, json_t **out_html)
{
    struct text text = text_new(work->arena, CHART_MOST);
    enum status status = chart_draw(work, chart, &text);
    *out_html = status == STATUS_OK ? json_stringn(text.bytes, text.length) : json_null();
    return status;
}

/* Two groups: each band is one bar, parted between them, with the line of everybody across. */
static enum status draw_pair(struct work *work, const struct call *call,
                             const struct pay_shown *shown, json_t **out_html)
{
    double shares[2][PAY_QUARTERS];
    const char *names[PAY_QUARTERS];
    const struct people_groups *groups = &shown->report->groups;
    for (size_t row = 0; row < PAY_QUARTERS; row++)
        for (size_t group = 0; group < 2; group++)
            shares[group][row] = share_of(shown, group, band_at(row));
    name_bands(call, names);
    const struct chart_series series[] = { { groups->groups[0].title, shares[0] },
                                           { groups->groups[1].title, shares[1] } };
    int64_t all = pay_share_tenths(shown->figures->groups[0].pay.people, shown->counted);
    const struct chart chart = {
        .kind = CHART_SPLIT,
        .id = "bands",
        .title = call_words(call,
                            WORDS("The four quarters of the list of pay, from the best paid down")),
        .description = call_words(call, WORDS("Each bar is a quarter of the people. The sentences "
                                              "and the table below have the figures.")),
        .labels = names,
        .label_count = PAY_QUARTERS,
        .series = series,
        .series_count = ARRAY_COUNT(series),
        .unit = "%",
        .decimals = 1,
        .target = all == INTEGER_MISSING ? NAN : (double)all / TENTHS,
        .target_label = language_fill(
            work->arena,
            language_fill(work->arena,
                          call_words(call, WORDS("{group} among everybody counted, {share}")),
                          "group", groups->groups[0].title),
            "share",
            pay_share_words(work->arena, shown->figures->groups[0].pay.people, shown->counted)),
    };
    return draw(work, &chart, out_html);
}

/* More groups: a small picture for each, of its share in every band. */
static enum status draw_group(struct work *work, const struct call *call,
                              const struct pay_shown *shown, size_t group, json_t *multiples)
{
    double shares[PAY_QUARTERS], most = 0;
    const char *names[PAY_QUARTERS];
    json_t *html = NULL;
    const struct people_group *own = &shown->report->groups.groups[group];
    for (size_t row = 0; row < PAY_QUARTERS; row++)
        shares[row] = share_of(shown, group, band_at(row));
    for (size_t other = 0; other < shown->report->groups.count; other++)
        for (int band = 0; band < PAY_QUARTERS; band++)
            most = fmax(most, share_of(shown, other, band)); /* one axis for all of them */
    name_bands(call, names);
    const struct chart_series series = { own->title, shares };
    const struct chart chart = {
        .kind = CHART_BAR,
        .id = arena_format(work->arena, "bands-%zu", group),
        .title = own->title,
        .description = call_words(
            call,
            WORDS(
                "Its share of each quarter of the list of pay. The table below has the figures.")),
        .labels = names,
        .label_count = PAY_QUARTERS,
        .series = &series,
        .series_count = 1,
        .unit = "%",
        .decimals = 1,
        .target = NAN,
        .axis_high = most,
    };
    enum status status = draw(work, &chart, &html);
    json_array_append_new(multiples,
                          json_pack("{s:s, s:o}", "title", own->title, "chartHtml", html));
    return status;
}

/* Of two groups: how many of each stand in the band. */
static const char *sentence(struct work *work, const struct pay_shown *shown, int band)
{
    struct arena *arena = work->arena;
    const struct people_groups *groups = &shown->report->groups;
    const struct pay_bands *bands = &shown->figures->bands;
    int64_t size = bands->size[band];
    int64_t first = bands->groups[0].people[band], second = bands->groups[1].people[band];
    return arena_format(arena, "In the %s quarter, %s (%s) of %s are %s, and %s (%s) are %s.",
                        pay_band_words[band], number_print_count(arena, first),
                        pay_share_words(arena, first, size), number_print_count(arena, size),
                        groups->groups[0].words, number_print_count(arena, second),
                        pay_share_words(arena, second, size), groups->groups[1].words);
}

/* The numbers that other lawful orders could give; null where there is no choice. */
static json_t *range_json(struct work *work, const struct pay_shown *shown, int band)
{
    const struct pay_band_counts *own = &shown->figures->bands.groups[1];
    if (own->least[band] == own->most[band])
        return json_null();
    return json_pack("{s:s, s:s, s:s}", "least", number_print_count(work->arena, own->least[band]),
                     "most", number_print_count(work->arena, own->most[band]), "group",
                     shown->report->groups.groups[1].title);
}

static json_t *rows_json(struct work *work, const struct pay_shown *shown)
{
    json_t *rows = json_array();
    const struct pay_bands *bands = &shown->figures->bands;
    for (size_t row = 0; row < PAY_QUARTERS; row++) {
        json_t *cells = json_array();
        int band = band_at(row);
        for (size_t group = 0; group < shown->report->groups.count; group++) {
            int64_t people = bands->groups[group].people[band];
            json_array_append_new(
                cells, json_pack("{s:s, s:s}", "people", number_print_count(work->arena, people),
                                 "share", pay_share_words(work->arena, people, bands->size[band])));
        }
        bool is_pair = shown->report->groups.count == 2;
        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s?, s:o, s:o}", "title", band_titles[row], "size",
                            number_print_count(work->arena, bands->size[band]), "sentence",
                            is_pair ? sentence(work, shown, band) : NULL, "range",
                            is_pair ? range_json(work, shown, band) : json_null(), "cells", cells));
    }
    return rows;
}

/* Who of a shared rate stands in each quarter. */
static json_t *shared_json(struct work *work, const struct pay_shown *shown,
                           const struct pay_tie *tie)
{
    json_t *array = json_array();
    const struct people_groups *groups = &shown->report->groups;
    for (size_t row = 0; row < PAY_QUARTERS; row++) {
        json_t *cells = json_array();
        size_t band = (size_t)band_at(row);
        for (size_t group = 0; group < groups->count; group++)
            if (tie->shared[group * PAY_QUARTERS + band] > 0)
                json_array_append_new(
                    cells, json_pack("{s:s, s:s}", "title", groups->groups[group].title, "people",
                                     number_print_count(work->arena,
                                                        tie->shared[group * PAY_QUARTERS + band])));
        if (tie->places[band] > 0)
            json_array_append_new(
                array, json_pack("{s:s, s:O}", "title", band_titles[row], "cells", cells));
        json_decref(cells);
    }
    return array;
}

static json_t *ties_json(struct work *work, const struct pay_shown *shown)
{
    json_t *array = json_array();
    const struct list *ties = &shown->figures->bands.ties;
    for (size_t i = 0; i < ties->count && i < TIES_SHOWN; i++)
        json_array_append_new(
            array, json_pack("{s:s, s:o}", "words", pay_tie_sentence(work->arena, ties->items[i]),
                             "quarters", shared_json(work, shown, ties->items[i])));
    return array;
}

enum status people_pay_bands(struct work *work, const struct call *call,
                             const struct pay_shown *shown, json_t **out_json)
{
    json_t *html = json_null(), *multiples = json_array();
    const struct people_groups *groups = &shown->report->groups;
    bool is_pair = groups->count == 2;
    enum status status = is_pair ? draw_pair(work, call, shown, &html) : STATUS_OK;
    for (size_t group = 0; status == STATUS_OK && !is_pair && group < groups->count; group++)
        status = draw_group(work, call, shown, group, multiples);
    *out_json = json_pack("{s:o, s:o, s:o, s:s, s:o, s:b}", "chartHtml", html, "multiples",
                          multiples, "rows", rows_json(work, shown), "tiesWords",
                          pay_ties_words(&shown->figures->bands), "ties", ties_json(work, shown),
                          "isPair", is_pair);
    return status;
}
