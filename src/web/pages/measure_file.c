/* The values of a measure as files: CSV and ODS with the same columns. */
#include "base/arena.h"
#include "entity/field_text.h"
#include "model/unit.h"
#include "service/related.h"
#include "web/pages/measure_parts.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"

#include "base/banned.h"

enum { COLUMNS = 9, FIELDS_FROM = 2 /* the columns from here on are fields of the value */ };

static const char *const columns[COLUMNS] = { "measure",   "unit",        "period",
                                              "revision",  "latest",      "value",
                                              "numerator", "denominator", "missing" };

static enum status answer(struct work *work, const struct call *call, bool is_ods,
                          struct page *out_page)
{
    struct measure_view view;
    enum status status = measure_view_load(work, call_parameter(call, "code"), NULL, &view);
    if (status != STATUS_OK)
        return status;
    struct slice *cells = arena_array_of(work->arena, view.values.count * COLUMNS + 1,
                                         struct slice);
    for (size_t i = 0; i < view.values.count; i++) {
        const struct value *value = view.values.items[i];
        const struct unit *unit = related_get(&view.units, &unit_entity, value->unit);
        struct slice *row = &cells[i * COLUMNS];
        row[0] = slice_of(view.measure->code);
        row[1] = slice_of(unit->code);
        for (size_t c = FIELDS_FROM; c < COLUMNS; c++)
            row[c] = slice_of(
                field_print(work->arena, entity_field(&value_entity, columns[c]), value));
    }
    const struct table_file table = { "values", view.measure->title, columns,    COLUMNS,
                                      cells,    view.values.count,   FIELDS_FROM };
    return table_file_answer(work, &table, is_ods, out_page);
}

enum status page_measure_csv(struct work *work, const struct call *call, struct page *out_page)
{
    return answer(work, call, false, out_page);
}

enum status page_measure_ods(struct work *work, const struct call *call, struct page *out_page)
{
    return answer(work, call, true, out_page);
}
