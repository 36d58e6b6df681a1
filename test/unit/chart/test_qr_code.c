/* QR codes: well-formed, with their label, and refused where the words do not fit. */
#include "chart/qr_code.h"

#include <string.h>

#include "support/support.h"

static void a_code_has_its_three_corners(void **state)
{
    struct work work = support_work();
    const char *svg = NULL;
    (void)state;
    assert_int_equal(qr_code_svg(&work, "otpauth://totp/a", "A \"label\" <&>", &svg), STATUS_OK);
    assert_non_null(strstr(svg, "aria-label=\"A &quot;label&quot; &lt;&amp;&gt;\""));
    assert_non_null(
        strstr(svg, "viewBox=\"0 0 33 33\"")); /* version 2: 25 squares and the margin */
    /* The first row of the first corner is seven dark squares and a light one. */
    assert_non_null(strstr(svg, "M4 4h1v1h-1zM5 4h1v1h-1zM6 4h1v1h-1zM7 4h1v1h-1zM8 4h1v1h-1z"
                                "M9 4h1v1h-1zM10 4h1v1h-1z"));
    assert_null(strstr(svg, "M11 4h1"));
    support_work_end(&work);
}

static void too_many_words_are_refused(void **state)
{
    struct work work = support_work();
    const char *svg = NULL;
    char words[QR_CODE_WORDS_MOST + 2];
    (void)state;
    memset(words, 'a', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    assert_int_equal(qr_code_svg(&work, words, "", &svg), STATUS_LIMIT);
    assert_null(svg);
    words[QR_CODE_WORDS_MOST] = '\0';
    work_forget(&work);
    assert_int_equal(qr_code_svg(&work, words, "", &svg), STATUS_OK);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_three_corners),
        cmocka_unit_test(too_many_words_are_refused),
    };
    return cmocka_run_group_tests_name("chart/qr_code", tests, NULL, NULL);
}
