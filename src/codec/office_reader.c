#include "codec/table_parts.h"

#include "base/banned.h"

enum status office_reader_start(struct table_reader *reader, struct slice bytes)
{
    (void)bytes;
    return work_fail(reader->work, STATUS_INPUT, "%s cannot be read yet.", reader->name);
}
