#include "codec/multipart.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

/* What the headers of a part say. */
struct part {
    struct slice name, file_name;
    bool has_name, has_file;
};

/* The first byte of that kind, or NULL; an empty slice may stand nowhere. */
static const char *find_byte(struct slice slice, char byte)
{
    return slice.length ? memchr(slice.start, byte, slice.length) : NULL;
}

static bool is_boundary_byte(char byte)
{
    return isalnum((unsigned char)byte) || (byte && strchr("'()+_,-./:=? ", byte));
}

bool multipart_boundary(struct slice content_type, struct slice *out_boundary)
{
    static const char type[] = "multipart/form-data", key[] = "boundary=";
    if (!slice_starts_folded(content_type, type))
        return false;
    ptrdiff_t at = slice_find_folded(content_type, key);
    if (at < 0)
        return false;
    struct slice boundary = slice_from(content_type, (size_t)at + strlen(key));
    if (slice_starts(boundary, "\"")) {
        boundary = slice_from(boundary, 1);
        const char *end = find_byte(boundary, '"');
        if (!end)
            return false;
        boundary = slice_first(boundary, (size_t)(end - boundary.start));
    } else {
        struct slice rest = boundary;
        (void)slice_split(&rest, ';', &boundary);
        boundary = slice_trim(boundary);
    }
    if (boundary.length == 0 || boundary.length > MULTIPART_LONGEST_BOUNDARY)
        return false;
    for (size_t i = 0; i < boundary.length; i++)
        if (!is_boundary_byte(boundary.start[i]))
            return false;
    *out_boundary = boundary;
    return true;
}

static enum status refuse(struct work *work, const char *what)
{
    return work_fail(work, STATUS_INPUT, "The form that was sent %s; send it again from the page.",
                     what);
}

/* The value of name="…" in a Content-Disposition. Browsers write a quote in it as %22. */
static bool parameter(struct slice header, const char *key, struct slice *out_value)
{
    ptrdiff_t at = slice_find_folded(header, key);
    if (at < 0)
        return false;
    struct slice value = slice_from(header, (size_t)at + strlen(key));
    const char *end = find_byte(value, '"');
    if (!end)
        return false;
    *out_value = slice_first(value, (size_t)(end - value.start));
    return true;
}

/* Some browsers sent a whole path; only what stands behind the last slash is the name. */
static struct slice without_folders(struct slice name)
{
    for (size_t i = name.length; i > 0; i--)
        if (name.start[i - 1] == '/' || name.start[i - 1] == '\\')
            return slice_from(name, i);
    return name;
}

static enum status read_headers(struct work *work, struct slice headers, struct part *part)
{
    struct slice line;
    while (slice_split(&headers, '\n', &line)) {
        line = slice_trim(line);
        if (!slice_starts_folded(line, "content-disposition:"))
            continue;
        part->has_name = parameter(line, " name=\"", &part->name) ||
                         parameter(line, ";name=\"", &part->name);
        part->has_file = parameter(line, "filename=\"", &part->file_name);
    }
    if (!part->has_name)
        return refuse(work, "has a part without a name");
    if (part->name.length > MULTIPART_LONGEST_NAME ||
        part->file_name.length > MULTIPART_LONGEST_NAME)
        return work_fail(work, STATUS_LIMIT, "The form has a name of more than %d bytes.",
                         MULTIPART_LONGEST_NAME);
    bool has_nul = find_byte(part->name, 0) || find_byte(part->file_name, 0);
    if (has_nul || !slice_is_utf8(part->name) || !slice_is_utf8(part->file_name))
        return refuse(work, "has a name that is no text");
    return STATUS_OK;
}

static struct slice copied(struct work *work, struct slice slice)
{
    return (struct slice){ slice_copy(work->arena, slice), slice.length };
}

static enum status add_part(struct work *work, const struct part *part, struct slice content,
                            struct multipart *multipart)
{
    if (part->has_file) {
        if (part->file_name.length == 0 && content.length == 0)
            return STATUS_OK;
        multipart->files[multipart->file_count++] = (struct multipart_file){
            copied(work, part->name), copied(work, without_folders(part->file_name)), content
        };
        return STATUS_OK;
    }
    if (content.length > URLENCODED_LONGEST_VALUE)
        return work_fail(work, STATUS_LIMIT,
                         "A field of the form is too long: %zu bytes, at most %d are read.",
                         content.length, URLENCODED_LONGEST_VALUE);
    if (!slice_is_utf8(content) || find_byte(content, 0))
        return refuse(work, "has a field that is no text");
    multipart->form.pairs[multipart->form.count++] = (struct urlencoded_pair){
        copied(work, part->name), copied(work, content)
    };
    return STATUS_OK;
}

/* Cuts `*rest` behind the next delimiter, and gives what stood before it. */
static bool until(struct slice *rest, struct slice delimiter, struct slice *out_before)
{
    const char *at = rest->length
                         ? memmem(rest->start, rest->length, delimiter.start, delimiter.length)
                         : NULL;
    if (!at)
        return false;
    *out_before = slice_first(*rest, (size_t)(at - rest->start));
    *rest = slice_from(*rest, out_before->length + delimiter.length);
    return true;
}

static enum status read_part(struct work *work, struct slice *rest, struct slice delimiter,
                             struct multipart *multipart)
{
    struct part part = { .has_name = false };
    struct slice headers, content;
    if (multipart->form.count + multipart->file_count >= MULTIPART_MOST_PARTS)
        return work_fail(work, STATUS_LIMIT, "The form has more than %d parts.",
                         MULTIPART_MOST_PARTS);
    if (!until(rest, SLICE("\r\n\r\n"), &headers) || headers.length > MULTIPART_MOST_HEADER)
        return refuse(work, "has a part without headers");
    enum status status = read_headers(work, headers, &part);
    if (status != STATUS_OK)
        return status;
    if (!until(rest, delimiter, &content))
        return refuse(work, "ends in the middle");
    return add_part(work, &part, content, multipart);
}

enum status multipart_read(struct work *work, struct slice body, struct slice boundary,
                           struct multipart *out_multipart)
{
    struct multipart *multipart = arena_new_of(work->arena, struct multipart);
    const char *words = arena_format(work->arena, "\r\n--%.*s", (int)boundary.length,
                                     boundary.start);
    struct slice delimiter = slice_of(words);
    struct slice rest = body;
    enum status status = STATUS_OK;
    multipart->form.pairs = arena_array_of(work->arena, MULTIPART_MOST_PARTS,
                                           struct urlencoded_pair);
    /* The first delimiter has no line before it. */
    if (!slice_starts(rest, words + 2))
        return refuse(work, "does not begin as it says");
    rest = slice_from(rest, delimiter.length - 2);
    while (status == STATUS_OK && slice_starts(rest, "\r\n")) {
        rest = slice_from(rest, 2);
        status = read_part(work, &rest, delimiter, multipart);
    }
    if (status == STATUS_OK && !slice_starts(rest, "--"))
        return refuse(work, "does not end as it says");
    if (status == STATUS_OK)
        *out_multipart = *multipart;
    return status;
}
