/* How a measure's value comes from a snapshot of people: who is counted, among whom. */
#include "model/measure_recipe.h"

#include "base/banned.h"

static const struct field measure_recipe_fields[] = {
    { FIELD(measure_recipe, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(measure_recipe, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(measure_recipe, unit), .label = "Unit", .hint = "For which unit the value is recorded",
      .form = FORM_REFERENCE, .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(measure_recipe, breakdown), .label = "Breakdown", .hint = "Empty for everybody",
      .flags = FIELD_KEY, .longest = 200 },
    { FIELD(measure_recipe, population), .label = "Population",
      .hint = "Which snapshots it counts: workforce, starters, leavers or a name of your own",
      .flags = FIELD_REQUIRED, .longest = 80, .standard = "workforce" },
    { FIELD(measure_recipe, numerator), .label = "Counted",
      .hint = "Such as ethnicity=@ethnic-minorities", .flags = FIELD_REQUIRED, .longest = 1000 },
    { FIELD(measure_recipe, denominator), .label = "Among",
      .hint = "Such as ethnicity=answered; empty for everybody", .longest = 1000 },
    { FIELD(measure_recipe, note), .label = "Note", .longest = 4000 },
    { FIELD(measure_recipe, among_population), .label = "Among which population",
      .hint = "Empty: the same; another, such as workforce for leavers, is averaged over its "
              "snapshots from the day before the period to its end",
      .longest = 80 },
    { FIELD(measure_recipe, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(measure_recipe);

const struct entity measure_recipe_entity = {
    ENTITY(measure_recipe),
    .title = "Recipe of a measure",
    .plural = "measure recipes",
};
