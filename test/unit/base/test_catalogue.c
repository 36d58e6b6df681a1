/* The reader of .mo files: a real one made by msgfmt, and the same with each byte spoiled. */
#include "base/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "support/support.h"

static void the_welsh_catalogue_is_read(void **state)
{
    (void)state;
    struct slice bytes;
    struct catalogue catalogue;
    assert_true(embedded_find("locale/cy.mo", &bytes));
    assert_true(catalogue_read(bytes, &catalogue));
    assert_true(catalogue.count > 1);
    assert_string_equal(catalogue_find(&catalogue, "Measures"), "Mesurau");
    assert_null(catalogue_find(&catalogue, "mEASURES"));
    assert_null(catalogue_find(&catalogue, "Measures "));
    assert_null(catalogue_find(&catalogue, ""));
    assert_null(catalogue_find(&catalogue, "\xff"));
}

static void an_empty_catalogue_has_nothing(void **state)
{
    (void)state;
    struct catalogue catalogue = { .count = 0 };
    assert_null(catalogue_find(&catalogue, "Measures"));
    assert_false(catalogue_read(SLICE(""), &catalogue));
    assert_false(catalogue_read(SLICE("msgid \"a\"\nmsgstr \"b\"\n"), &catalogue));
}

/* A copy that ends exactly at its end, so that a sanitizer sees each step beyond. */
static void read_copy(struct slice bytes, size_t length, size_t spoiled, char with)
{
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, bytes.start, length);
    if (spoiled < length)
        copy[spoiled] = with;
    struct catalogue catalogue;
    if (catalogue_read((struct slice){ copy, length }, &catalogue))
        catalogue_find(&catalogue, "Measures");
    else
        assert_true(spoiled < length || length < bytes.length);
    free(copy);
}

static void spoiled_catalogues_do_no_harm(void **state)
{
    (void)state;
    struct slice bytes;
    assert_true(embedded_find("locale/cy.mo", &bytes));
    size_t most = bytes.length < 4000 ? bytes.length : 4000;
    for (size_t i = 0; i < most; i++) {
        read_copy(bytes, i, bytes.length, '\0');
        read_copy(bytes, bytes.length, i, '\xff');
        read_copy(bytes, bytes.length, i, '\x01');
    }
    read_copy(bytes, bytes.length, bytes.length, '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_welsh_catalogue_is_read),
        cmocka_unit_test(an_empty_catalogue_has_nothing),
        cmocka_unit_test(spoiled_catalogues_do_no_harm),
    };
    return cmocka_run_group_tests_name("base/catalogue", tests, NULL, NULL);
}
