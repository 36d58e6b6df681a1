#include "web/brand.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

#include "base/banned.h"

enum { LOGO_MOST = 512 * 1024 /* bytes */, DIGITS = 6, WHITE = 0xffffff, BITS = 8, BYTE = 0xff };

#define STANDARD "#0b0c0c" /* of the Generic header */
static const double LEAST_CONTRAST = 4.5;

/* Reads "#1d3557", with or without the #. */
static bool brand_read_colour(const char *words, uint32_t *out_colour)
{
    const char *digits = words[0] == '#' ? words + 1 : words;
    uint32_t colour = 0;
    if (strlen(digits) != DIGITS)
        return false;
    for (size_t i = 0; i < DIGITS; i++) {
        char c = digits[i];
        bool is_digit = c >= '0' && c <= '9', is_small = c >= 'a' && c <= 'f';
        if (!is_digit && !is_small && (c < 'A' || c > 'F'))
            return false;
        colour = colour << 4 | (uint32_t)(is_digit   ? c - '0'
                                          : is_small ? c - 'a' + 10
                                                     : c - 'A' + 10);
    }
    *out_colour = colour;
    return true;
}

/* Of one of red, green and blue, as WCAG 2.2 linearises it. */
static double linear(uint32_t byte)
{
    double share = byte / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
    return 0.2126 * linear(colour >> (2 * BITS) & BYTE) + 0.7152 * linear(colour >> BITS & BYTE) +
           0.0722 * linear(colour & BYTE);
}

double brand_contrast(uint32_t one, uint32_t other)
{
    double a = luminance(one), b = luminance(other);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static enum status load_colour(struct work *work, const char *words, struct assets *assets,
                               struct brand *brand)
{
    uint32_t colour = 0;
    if (!brand_read_colour(words, &colour))
        return work_fail(work, STATUS_INPUT,
                         "The setting brand-colour is six hexadecimal digits, such as #1d3557.");
    double contrast = brand_contrast(colour, WHITE);
    if (contrast < LEAST_CONTRAST)
        return work_fail(
            work, STATUS_INPUT,
            "The setting brand-colour, #%06x, is too light for the white words on it: "
            "their contrast is %.2f to 1; choose a darker one, with at least 4.5 to 1.",
            colour, floor(contrast * 100) / 100);
    brand->colour = arena_format(work->arena, "#%06x", colour);
    brand->has_style = true;
    const char *style = arena_format(work->arena,
                                     ".govuk-generic-header{background:%s}\n"
                                     ".app-footer{border-top-color:%s}\n",
                                     brand->colour, brand->colour);
    return assets_add(work, assets, BRAND_STYLE, slice_of(style));
}

/* What the file is: "brand-logo.png", "brand-logo.svg", or NULL. */
static const char *logo_name(struct slice bytes)
{
    if (slice_starts(bytes, "\x89PNG\r\n\x1a\n"))
        return BRAND_LOGO ".png";
    bool is_drawing = slice_find(bytes, "<svg") >= 0 &&
                      slice_find(bytes, "http://www.w3.org/2000/svg") >= 0;
    bool is_still = slice_find_folded(bytes, "<script") < 0 &&
                    slice_find_folded(bytes, "<!entity") < 0;
    return is_drawing && is_still ? BRAND_LOGO ".svg" : NULL;
}

static enum status load_logo(struct work *work, const char *folder, const char *file,
                             struct assets *assets, struct brand *brand)
{
    struct slice bytes = { NULL, 0 };
    if (strchr(file, '/'))
        return work_fail(work, STATUS_INPUT,
                         "The setting brand-logo names a file of the workspace, without a folder.");
    const char *path = arena_format(work->arena, "%s/%s", folder ? folder : ".", file);
    enum status status = file_read(work, path, LOGO_MOST, &bytes);
    const char *name = status == STATUS_OK ? logo_name(bytes) : NULL;
    if (status == STATUS_OK && !name)
        return work_fail(work, STATUS_INPUT,
                         "%s, the logo that brand-logo names, is neither a PNG nor an SVG without "
                         "scripts.",
                         path);
    if (status == STATUS_OK)
        status = assets_add(work, assets, name, bytes);
    brand->logo = name;
    return status;
}

enum status brand_load(struct work *work, const struct brand_options *options, const char *folder,
                       struct assets *assets, struct brand *out_brand)
{
    struct brand brand = { .colour = STANDARD };
    enum status status = STATUS_OK;
    if (options->colour && *options->colour)
        status = load_colour(work, options->colour, assets, &brand);
    if (status == STATUS_OK && options->logo && *options->logo)
        status = load_logo(work, folder, options->logo, assets, &brand);
    if (status == STATUS_OK)
        *out_brand = brand;
    return status;
}
