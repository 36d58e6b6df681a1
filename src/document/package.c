/* The manifest is as OpenDocument 1.3, part 2, section 3 has it. */
#include "document/package.h"

#include "base/text.h"
#include "codec/zip_writer.h"

#include "base/banned.h"

enum { MANIFEST_MOST = 1024 * 1024 };

static struct slice manifest(struct work *work, const char *media_type,
                             const struct package_part *parts, size_t count)
{
    struct text text = text_new(work->arena, MANIFEST_MOST);
    text_add_format(&text,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<manifest:manifest "
                    "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                    "manifest:version=\"1.3\">\n"
                    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
                    "manifest:media-type=\"%s\"/>\n",
                    media_type);
    for (size_t i = 0; i < count; i++)
        text_add_format(&text,
                        "<manifest:file-entry manifest:full-path=\"%s\" "
                        "manifest:media-type=\"%s\"/>\n",
                        parts[i].name, parts[i].media_type);
    text_add(&text, "</manifest:manifest>\n");
    return text_slice(&text);
}

enum status package_write(struct work *work, const char *media_type,
                          const struct package_part *parts, size_t count, struct slice *out_bytes)
{
    struct zip_writer *writer = zip_writer_new(work);
    enum status status = zip_writer_add(writer, "mimetype", slice_of(media_type),
                                        ZIP_WRITER_STORED);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = zip_writer_add(writer, parts[i].name, parts[i].bytes, ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        status = zip_writer_add(writer, "META-INF/manifest.xml",
                                manifest(work, media_type, parts, count), ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        return zip_writer_end(writer, out_bytes);
    zip_writer_free(writer);
    return status;
}
