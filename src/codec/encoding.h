/* Which encoding a text file has, and its bytes as UTF-8. */
#ifndef CODEC_ENCODING_H
#define CODEC_ENCODING_H

#include "base/hash.h"
#include "base/work.h"
#include "codec/source.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE, ENCODING_WINDOWS_1252 };

/* Reads the whole source once, decides, and rewinds it. UTF-16 shows by its byte order mark, or by
 * zeros in every second place; UTF-8 by being well formed throughout; what has no well-formed
 * multi-byte sequences (or few beside the bytes that are not UTF-8) is Windows-1252. Fails with the
 * line of the first NUL, or of the first byte that breaks text which is otherwise UTF-8.
 * `*out_mark` is the length of the byte order mark; the digits are the SHA-256 of all bytes. */
MUST_CHECK enum status encoding_find(struct work *work, struct source *source,
                                     enum encoding *out_encoding, size_t *out_mark,
                                     char out_hash[HASH_TEXT_LENGTH + 1]);

/* True when the bytes are well-formed UTF-8. */
bool encoding_is_utf8(struct slice bytes);

/* How far bytes were decoded. */
struct decoded {
    size_t taken, given; /* bytes read, bytes written */
    bool is_wrong;       /* a NUL or half a surrogate pair stands at `taken` */
};

/* Decodes `raw`, which is in UTF-16 or Windows-1252, into `out`, which has room for three bytes for
 * each two of UTF-16 or each one of Windows-1252. A unit that is cut at the end is left. */
struct decoded encoding_decode(enum encoding encoding, struct slice raw, char *out);

/* Writes one code point as UTF-8 into `out`, which has room for four bytes; gives its length. */
size_t encoding_put(unsigned long code, char *out);

#endif
