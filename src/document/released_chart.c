#include "document/released_chart.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/chart.h"
#include "base/banned.h"

enum { BARS_MOST = 16, LEAST_SHOWN = 2, WORDS_MOST = CHART_WORDS_MOST - 200, LONGEST_LABEL = 44 };

struct bars {
    const char *labels[BARS_MOST];
    double values[BARS_MOST]; /* NAN: hidden */
    size_t count, shown;
    bool has_more; /* than a chart can hold */
};

/* One label of the first variable, all of the others. */
static bool is_bar(const struct released_table *table, size_t row)
{
    for (size_t i = 0; i < released_table_headings(table); i++)
        if ((strcmp(released_table_label(table, row, i), RELEASED_ALL) == 0) == (i == 0))
            return false;
    return true;
}

/* Bars have little room on a narrow screen; the table has the rest. */
static const char *short_label(struct arena *arena, const char *label)
{
    size_t length = strlen(label);
    if (length <= LONGEST_LABEL)
        return label;
    length = LONGEST_LABEL;
    while (length > 0 && label[length] != ' ')
        length--;
    return length ? arena_format(arena, "%.*s …", (int)length, label) : label;
}

static void add_bar(struct arena *arena, const struct released_table *table, size_t row,
                    struct bars *bars)
{
    struct released_figure figure = released_table_count(table, row);
    const char *label = released_table_label(table, row, 0);
    bars->has_more = bars->count == BARS_MOST;
    if (bars->has_more)
        return;
    bars->labels[bars->count] = short_label(arena, label);
    bars->values[bars->count] = figure.mark == RELEASED_SHOWN ? (double)figure.number : NAN;
    bars->shown += figure.mark == RELEASED_SHOWN;
    bars->count++;
}

/* "… Hidden, so that nobody can be recognised: Chinese, Roma." */
static const char *description(struct arena *arena, const struct released_chart_words *words,
                               const struct bars *bars)
{
    static const char place[] = "{1}";
    struct text text = text_new(arena, WORDS_MOST);
    struct slice hidden = slice_of(words->hidden);
    ptrdiff_t at = slice_find(hidden, place);
    text_add(&text, words->figures);
    if (bars->shown == bars->count || at < 0)
        return text.bytes;
    text_add(&text, " ");
    text_add_slice(&text, slice_first(hidden, (size_t)at));
    for (size_t i = 0, told = 0; i < bars->count; i++)
        if (isnan(bars->values[i]))
            text_add_format(&text, "%s%s", told++ ? ", " : "", bars->labels[i]);
    text_add_slice(&text, slice_from(hidden, (size_t)at + sizeof place - 1));
    return text.bytes;
}

enum status released_chart(struct work *work, const struct released_table *table,
                           const struct released_chart_words *words, const char *id,
                           struct text *out_text)
{
    struct bars bars = { .count = 0 };
    if (released_table_headings(table) == 0)
        return STATUS_OK;
    for (size_t row = 0; row < released_table_rows(table) && !bars.has_more; row++)
        if (is_bar(table, row))
            add_bar(work->arena, table, row, &bars);
    if (bars.has_more || bars.shown < LEAST_SHOWN)
        return STATUS_OK;
    const struct chart_series series = { words->people, bars.values };
    const struct chart chart = {
        .kind = CHART_BAR,
        .id = id,
        .title = words->title,
        .description = description(work->arena, words, &bars),
        .labels = bars.labels,
        .label_count = bars.count,
        .series = &series,
        .series_count = 1,
        .target = NAN,
    };
    return chart_draw(work, &chart, out_text);
}
