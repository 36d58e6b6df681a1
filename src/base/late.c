/* The targets can be written only while a library is loaded, so that they are as safe from being
 * overwritten as the linker's own. */
#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/banned.h"

/* Of the table that script/late.py makes; none of them is there in a program that is linked with
 * the libraries. */
extern const struct late_library late_libraries[] __attribute__((weak));
extern const size_t late_library_count __attribute__((weak));
extern pthread_mutex_t late_lock __attribute__((weak));
extern atomic_bool late_loaded[] __attribute__((weak));

static enum status fail(struct work *work, const struct late_library *library, const char *words)
{
    return work_fail(work, STATUS_STORAGE,
                     "The library %s, which this needs, is not on the machine, or is another "
                     "version (%s); install its package.",
                     library->file, words ? words : "no reason given");
}

static enum status load(struct work *work, const struct late_library *library)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return fail(work, library, dlerror());
    for (size_t i = 0; i < library->count; i++)
        if (!dlsym(handle, library->functions[i]))
            return fail(work, library, dlerror());
    if (mprotect(library->targets, library->bytes, PROT_READ | PROT_WRITE) != 0)
        return fail(work, library, "its jumps cannot be written");
    for (size_t i = 0; i < library->count; i++) {
        void *found = dlsym(handle, library->functions[i]);
        memcpy(&library->targets[i], &found, sizeof found); /* C knows no cast for this */
    }
    if (mprotect(library->targets, library->bytes, PROT_READ) != 0)
        return fail(work, library, "its jumps cannot be protected");
    return STATUS_OK;
}

enum status late_load(struct work *work, const char *name)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; &late_library_count && i < late_library_count; i++) {
        if (strcmp(late_libraries[i].name, name) != 0 || atomic_load(&late_loaded[i]))
            continue;
        pthread_mutex_lock(&late_lock);
        if (!atomic_load(&late_loaded[i]))
            status = load(work, &late_libraries[i]);
        if (status == STATUS_OK)
            atomic_store(&late_loaded[i], true);
        pthread_mutex_unlock(&late_lock);
    }
    return status;
}
