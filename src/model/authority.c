/* The public authority whose workspace this is: one row. */
#include "model/authority.h"

#include "base/banned.h"

static const struct code nation_codes[] = {
    { "england", "England" },
    { "wales", "Wales" },
    { "scotland", "Scotland" },
    { 0 },
};

static const struct code kind_codes[] = {
    { "london-borough", "London borough" },
    { "metropolitan", "Metropolitan district" },
    { "unitary", "Unitary council" },
    { "county", "County council" },
    { "district", "District council" },
    { "combined", "Combined authority" },
    { "police", "Police" },
    { "fire", "Fire and rescue" },
    { "nhs", "NHS body" },
    { "school", "School or trust" },
    { "university", "University" },
    { "department", "Government department" },
    { "other", "Other" },
    { 0 },
};

static const struct field authority_fields[] = {
    { FIELD(authority, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(authority, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(authority, name), .label = "Name", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(authority, nation), .label = "Nation", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = nation_codes },
    { FIELD(authority, kind), .label = "Type of authority", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(authority, headcount), .label = "Employees", .least = 0, .most = 5000000 },
    { FIELD(authority, year_start_month), .label = "First month of the reporting year",
      .flags = FIELD_REQUIRED, .least = 1, .most = 12, .standard = "4" },
    { FIELD(authority, rating_scale), .label = "Rating scale",
      .hint = "A scale of rules/rating_scales.csv", .flags = FIELD_REQUIRED, .longest = 40,
      .standard = "five-level" },
    { FIELD(authority, small_base), .label = "Small base",
      .hint = "A share on fewer than this many people is flagged", .flags = FIELD_REQUIRED,
      .least = 1, .most = 1000, .standard = "30" },
    { FIELD(authority, note), .label = "Note", .longest = 4000 },
    { FIELD(authority, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(authority);

const struct entity authority_entity = {
    ENTITY(authority),
    .title = "Authority",
    .plural = "authorities",
};
