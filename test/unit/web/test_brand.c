/* The authority's colour and logo: contrast by the guidelines' own examples, and what is refused.
 */
#include "web/brand.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "support/support.h"

static void contrast_is_that_of_the_guidelines(void **state)
{
    (void)state;
    assert_true(fabs(brand_contrast(0x000000, 0xffffff) - 21) < 1e-9);
    assert_true(fabs(brand_contrast(0x1d70b8, 0x1d70b8) - 1) < 1e-9);
    /* #767676 is the lightest grey that passes on white, #777777 the first that fails. */
    assert_true(brand_contrast(0x767676, 0xffffff) >= 4.5);
    assert_true(brand_contrast(0xffffff, 0x777777) < 4.5);
    assert_true(fabs(brand_contrast(0xff0000, 0xffffff) - 3.998) < 0.001);
    assert_true(fabs(brand_contrast(0x0000ff, 0xffffff) - 8.592) < 0.001);
}

static enum status load(struct work *work, const char *colour, const char *logo, const char *folder,
                        struct assets *assets, struct brand *brand)
{
    struct brand_options options = { colour, logo };
    work_forget(work);
    assert_int_equal(assets_load(work, assets), STATUS_OK);
    return brand_load(work, &options, folder, assets, brand);
}

static void colours_are_checked(void **state)
{
    (void)state;
    struct work work = support_work();
    struct assets assets;
    struct brand brand;
    assert_int_equal(load(&work, NULL, "", NULL, &assets, &brand), STATUS_OK);
    assert_string_equal(brand.colour, "#0b0c0c");
    assert_false(brand.has_style);
    assert_null(asset_find(&assets, BRAND_STYLE));
    assert_int_equal(load(&work, "#1D3557", NULL, NULL, &assets, &brand), STATUS_OK);
    assert_string_equal(brand.colour, "#1d3557");
    const struct asset *style = asset_find(&assets, BRAND_STYLE);
    assert_non_null(style);
    assert_true(slice_find(style->forms[ASSET_PLAIN].bytes, "#1d3557") > 0);
    assert_int_equal(load(&work, "ffcc00", NULL, NULL, &assets, &brand), STATUS_INPUT);
    assert_non_null(strstr(work.error, "1.51 to 1"));
    static const char *const wrong[] = { "#12345", "#1234567", "red", "#12345g", "#}{bod" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(load(&work, wrong[i], NULL, NULL, &assets, &brand), STATUS_INPUT);
        assert_non_null(strstr(work.error, "six hexadecimal digits"));
    }
    support_work_end(&work);
}

static void logos_are_pictures(void **state)
{
    (void)state;
    struct work work = support_work();
    struct assets assets;
    struct brand brand;
    const char *folder = support_folder(&work);
    const struct {
        const char *file, *bytes;
        enum status status;
    } logos[] = {
        { "good.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>",
          STATUS_OK },
        { "good.png", "\x89PNG\r\n\x1a\n", STATUS_OK },
        { "bad.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><SCRIPT>1</SCRIPT></svg>",
          STATUS_INPUT },
        { "bad.html", "<html><svg></svg></html>", STATUS_INPUT },
    };
    for (size_t i = 0; i < sizeof logos / sizeof *logos; i++) {
        const char *path = arena_format(work.arena, "%s/%s", folder, logos[i].file);
        assert_int_equal(file_write(&work, path, slice_of(logos[i].bytes)), STATUS_OK);
        assert_int_equal(load(&work, NULL, logos[i].file, folder, &assets, &brand),
                         logos[i].status);
        if (logos[i].status == STATUS_OK)
            assert_true(slice_is(asset_find(&assets, brand.logo)->forms[ASSET_PLAIN].bytes,
                                 logos[i].bytes));
    }
    assert_int_equal(load(&work, NULL, "none.png", folder, &assets, &brand), STATUS_NOT_FOUND);
    assert_int_equal(load(&work, NULL, "../dueregard.ini", folder, &assets, &brand), STATUS_INPUT);
    support_remove(folder);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_the_guidelines),
        cmocka_unit_test(colours_are_checked),
        cmocka_unit_test(logos_are_pictures),
    };
    return cmocka_run_group_tests_name("web/brand", tests, NULL, NULL);
}
