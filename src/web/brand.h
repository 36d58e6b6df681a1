/* The authority's own look: the colour of the header and its logo. Councils are not on GOV.UK:
 * there is no crown, no crest and no Transport font here, and none can be wanted by mistake. */
#ifndef WEB_BRAND_H
#define WEB_BRAND_H

#include <stdint.h>

#include "base/work.h"
#include "web/assets.h"

/* From the settings; NULL or "" for none. */
struct brand_options {
    const char *colour; /* "#1d3557" */
    const char *logo;   /* a PNG or SVG file in the workspace */
};

struct brand {
    const char *colour; /* of the header, for browsers that colour their frame too */
    const char *logo;   /* the asset's file; NULL for none */
    bool has_style;
};

#define BRAND_STYLE "brand.css"
#define BRAND_LOGO "brand-logo"

/* Checks both, and adds BRAND_STYLE and the logo to the assets. STATUS_INPUT, with what to do, for
 * a colour on which the header's white words could not be read (WCAG 2.2, 1.4.3: 4.5 to 1), and for
 * a file that is no such picture. `folder` is the workspace's; NULL for none. */
MUST_CHECK enum status brand_load(struct work *work, const struct brand_options *options,
                                  const char *folder, struct assets *assets,
                                  struct brand *out_brand);
/* The contrast of two colours, 1 to 21, as WCAG 2.2 defines it: (L1 + 0.05) / (L2 + 0.05) of their
 * relative luminances, the lighter first. Colours are 0xRRGGBB. */
double brand_contrast(uint32_t one, uint32_t other);

#endif
