/* Pages of the system's own: growing moves page tables, not bytes. Large regions ask for huge
 * pages, because the first touch of many small ones would cost more than the work on them. */
#include "base/region.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/banned.h"

enum { PAGE = 4096 };
static const size_t huge_page = (size_t)2 << 20;

static size_t rounded(size_t size, size_t step)
{
    assert(size < SIZE_MAX / 2);
    return (size + step - 1) / step * step;
}

void region_reach(struct region *region, size_t size)
{
    size_t wanted = rounded(size + REGION_SLACK, PAGE);
    if (wanted <= region->room)
        return;
    if (region->room && wanted < 2 * region->room)
        wanted = 2 * region->room;
    if (wanted > huge_page)
        wanted = rounded(wanted, huge_page);
    void *bytes = region->bytes ? mremap(region->bytes, region->room, wanted, MREMAP_MAYMOVE)
                                : mmap(NULL, wanted, PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (bytes == MAP_FAILED)
        abort();
    if (wanted > huge_page)
        (void)madvise(bytes, wanted, MADV_HUGEPAGE); /* only a hint: it works without, slower */
    region->bytes = bytes;
    region->room = wanted;
}

void region_trim(struct region *region, size_t size)
{
    size_t wanted = rounded(size + REGION_SLACK, PAGE);
    if (!region->bytes || wanted >= region->room)
        return;
    void *bytes = mremap(region->bytes, region->room, wanted, 0);
    if (bytes == MAP_FAILED)
        abort();
    region->room = wanted;
}

void region_free(struct region *region)
{
    if (region->bytes)
        munmap(region->bytes, region->room);
    *region = (struct region){ 0 };
}
