#include "codec/kind.h"

#include <stddef.h>

#include "base/banned.h"

static const struct {
    const char *magic;
    bool is_markup; /* letters of either case, after blanks */
    const char *words;
} other_kinds[] = {
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", false,
      "is protected by a password or is an old .xls or .doc file; save it as .xlsx without a "
      "password" },
    { "%PDF", false, "is a PDF; send the spreadsheet from which it was made" },
    { "\x89PNG", false, "is a picture; send the spreadsheet itself" },
    { "\xFF\xD8\xFF", false, "is a picture; send the spreadsheet itself" },
    { "GIF8", false, "is a picture; send the spreadsheet itself" },
    { "II*", false, "is a picture; send the spreadsheet itself" },
    { "{\\rtf", false, "is a rich text document; save it as .docx" },
    { "\x1F\x8B", false, "is compressed with gzip; unpack it first" },
    { "7z\xBC\xAF", false, "is a 7-Zip archive; unpack it first" },
    { "Rar!", false, "is a RAR archive; unpack it first" },
    { "<!doctype html", true, "is a web page; save it as .xlsx, .ods or .csv" },
    { "<html", true, "is a web page; save it as .xlsx, .ods or .csv" },
    { "<?xml", true, "is an XML file; save it as .xlsx, .ods or .csv" },
};

bool kind_is_zip(struct slice start)
{
    return slice_starts(start, "PK\003\004") || slice_starts(start, "PK\005\006");
}

const char *kind_refusal(struct slice start)
{
    struct slice markup = slice_starts(start, "\xEF\xBB\xBF") ? slice_from(start, 3) : start;
    markup = slice_trim(markup);
    for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++) {
        const char *magic = other_kinds[i].magic;
        if (other_kinds[i].is_markup ? slice_starts_folded(markup, magic)
                                     : slice_starts(start, magic))
            return other_kinds[i].words;
    }
    return NULL;
}
