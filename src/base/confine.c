#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/banned.h"

/* Rights by the version of Landlock that knows them first; a header of Debian 12 lacks the later
 * ones, a kernel may have them. */
#define FILE_TRUNCATE (UINT64_C(1) << 14) /* from the third */
#define DEVICE_IOCTL (UINT64_C(1) << 15)  /* from the fifth */
#define SCOPE_SIGNAL (UINT64_C(1) << 1)   /* from the sixth: to processes outside */

#define RIGHTS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RIGHTS_FIRST ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define RIGHTS_OF_FILES                                                                            \
    (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FILE_TRUNCATE)

/* What is written with, in a folder of ours: everything but running programs, and devices. */
#define RIGHTS_WRITE                                                                               \
    (RIGHTS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |                 \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |  \
     LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REFER | FILE_TRUNCATE)

/* The kernel's own form, with the members of later versions. */
struct ruleset {
    uint64_t files, network, scope;
};

static uint64_t rights_of(long version)
{
    uint64_t rights = RIGHTS_FIRST;
    rights |= version >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
    rights |= version >= 3 ? FILE_TRUNCATE : 0;
    rights |= version >= 5 ? DEVICE_IOCTL : 0;
    return rights;
}

static void allow(int ruleset, uint64_t handled, const struct confine_folder *folder)
{
    struct stat about;
    int place = open(folder->path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return;
    uint64_t rights = handled & (folder->use == CONFINE_WRITE ? RIGHTS_WRITE : RIGHTS_READ);
    if (fstat(place, &about) == 0 && !S_ISDIR(about.st_mode))
        rights &= RIGHTS_OF_FILES;
    const struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = place };
    (void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    (void)close(place);
}

/* Whether files are shut off now. */
static bool shut_files(const struct confine_folder *folders, size_t count)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    const struct ruleset wanted = { .files = rights_of(version),
                                    .scope = version >= 6 ? SCOPE_SIGNAL : 0 };
    size_t known = version >= 6   ? sizeof wanted
                   : version >= 4 ? offsetof(struct ruleset, scope)
                                  : offsetof(struct ruleset, network);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, known, 0);
    if (ruleset < 0)
        return false;
    for (size_t i = 0; i < count; i++)
        allow(ruleset, wanted.files, &folders[i]);
    bool is_shut = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return is_shut;
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

enum { FILTER_MOST = 256, NAMESPACES = (int)0x7E020000 /* CLONE_NEW… of any kind */ };

/* Calls that a server has no use for, and whoever broke in has. */
static const unsigned refused[] = {
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_getfd,
    SYS_kcmp,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_mount,
    SYS_umount2,
    SYS_move_mount,
    SYS_open_tree,
    SYS_fsopen,
    SYS_pivot_root,
    SYS_chroot,
    SYS_setns,
    SYS_unshare,
    SYS_personality,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_acct,
    SYS_quotactl,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_syslog,
    SYS_setuid,
    SYS_setgid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_capset,
    SYS_mknodat,
};

/* Families of sockets that are used: the pages, the database, the supervisor, names of hosts. */
static const unsigned families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };

struct filter {
    struct sock_filter steps[FILTER_MOST];
    unsigned short count;
};

static void add(struct filter *filter, unsigned code, unsigned value, unsigned char yes,
                unsigned char no)
{
    filter->steps[filter->count++] = (struct sock_filter){ (unsigned short)code, yes, no, value };
}

static void load(struct filter *filter, size_t offset)
{
    add(filter, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

static void answer(struct filter *filter, bool lets_pass)
{
    add(filter, BPF_RET | BPF_K, lets_pass ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM, 0, 0);
}

/* A socket of another family, and a process in a namespace of its own. */
static void add_arguments(struct filter *filter)
{
    const unsigned char count = sizeof families / sizeof *families;
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, (unsigned char)(count + 3));
    load(filter, offsetof(struct seccomp_data, args[0]));
    for (unsigned char i = 0; i < count; i++)
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, families[i], (unsigned char)(count - i), 0);
    answer(filter, false);
    answer(filter, true);
    /* Its arguments cannot be seen; the C library takes clone where there is none. */
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    add(filter, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS, 0, 0);
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
    load(filter, offsetof(struct seccomp_data, args[0]));
    add(filter, BPF_JMP | BPF_JSET | BPF_K, (unsigned)NAMESPACES, 0, 1);
    answer(filter, false);
    answer(filter, true);
}

/* Whether the filter holds now. */
static bool shut_calls(void)
{
    struct filter filter = { .count = 0 };
    load(&filter, offsetof(struct seccomp_data, arch));
    add(&filter, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
    answer(&filter, false);
    load(&filter, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    /* The same calls under the numbers of x32. */
    add(&filter, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    answer(&filter, false);
#endif
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        add(&filter, BPF_JMP | BPF_JEQ | BPF_K, refused[i], 0, 1);
        answer(&filter, false);
    }
    add_arguments(&filter);
    struct sock_fprog program = { filter.count, filter.steps };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool shut_calls(void)
{
    return false;
}

#endif

const char *confine(const struct confine_folder *folders, size_t count)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "Nothing is shut off from this process: the system does not allow it.";
    bool files = shut_files(folders, count), calls = shut_calls();
    if (files && calls)
        return "Shut in: no files but the workspace's and the system's to read, no programs, no "
               "tracing.";
    if (calls)
        return "Shut in: no programs, no tracing. This kernel has no Landlock, so files are "
               "not shut off.";
    return files ? "Shut in: no files but the workspace's and the system's to read."
                 : "Nothing is shut off from this process: this kernel has neither Landlock nor "
                   "seccomp.";
}
