/* Snapshots of people, for the HR data officer: what there is. */
#include "base/arena.h"
#include "base/date.h"
#include "service/snapshot.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum status page_people(struct work *work, const struct call *call, struct page *out_page)
{
    struct list entries = { 0 };
    json_t *list = json_array();
    enum status status = snapshot_store_list(work, &entries);
    for (size_t i = entries.count; status == STATUS_OK && i-- > 0;) {
        const struct snapshot_entry *entry = entries.items[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:I, s:I}", "code", entry->snapshot.code,
                                        "title", entry->snapshot.title, "day",
                                        date_print_iso_long(work->arena, entry->snapshot.taken_on),
                                        "people", (json_int_t)entry->version.people, "version",
                                        (json_int_t)entry->version.number));
    }
    *out_page = (struct page){ .template = "pages/people.html",
                               .has_figures = true,
                               .title = call_words(call, WORDS("People")),
                               .model = json_pack("{s:o}", "snapshots", list) };
    return status;
}
