/* What a process that is shut in cannot do: each forbidden act is tried inside one, after it was
 * seen to work outside. The real filter and the real rules, in a child. */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "support/support.h"

enum { PATH_LENGTH = 512 };

static char own[PATH_LENGTH], inside[PATH_LENGTH], outside[PATH_LENGTH], made[PATH_LENGTH];
static pid_t bystander;

static bool opens(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC, 0600);
    if (file >= 0)
        (void)close(file);
    return file >= 0;
}

static bool reads_outside(void)
{
    return opens(outside, O_RDONLY);
}

static bool writes_outside(void)
{
    return opens(outside, O_WRONLY);
}

static bool makes_outside(void)
{
    return opens(made, O_WRONLY | O_CREAT);
}

static bool removes_outside(void)
{
    return unlink(outside) == 0;
}

static bool links_outside(void)
{
    char link_name[PATH_LENGTH + 8];
    snprintf(link_name, sizeof link_name, "%s.link", inside);
    return link(outside, link_name) == 0;
}

static bool reads_home(void)
{
    return opens("/root", O_RDONLY) || opens("/home", O_RDONLY);
}

static bool writes_system(void)
{
    return opens("/usr/dueregard-was-here", O_WRONLY | O_CREAT);
}

static bool runs_program(void)
{
    pid_t child = fork();
    int ended = 0;
    if (child == 0) {
        (void)execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    return waitpid(child, &ended, 0) == child && WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static bool traces(void)
{
    return ptrace(PTRACE_ATTACH, bystander, NULL, NULL) == 0;
}

static bool reads_memory(void)
{
    char byte = 0;
    struct iovec here = { &byte, 1 }, there = { &bystander, 1 };
    return process_vm_readv(bystander, &here, 1, &there, 1, 0) == 1;
}

static bool opens_raw_socket(void)
{
    return socket(AF_PACKET, SOCK_RAW, 0) >= 0;
}

static bool opens_other_socket(void)
{
    return socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0 || socket(AF_VSOCK, SOCK_STREAM, 0) >= 0;
}

static bool makes_namespace(void)
{
    return unshare(CLONE_NEWUSER) == 0;
}

static bool uses_ring(void)
{
    char parameters[120] = "";
    return syscall(SYS_io_uring_setup, 1, parameters) >= 0;
}

static bool has_key(void)
{
    return syscall(SYS_keyctl, 0, -3, 0) >= 0;
}

static bool gains_personality(void)
{
    return syscall(SYS_personality, 0xffffffff) >= 0;
}

static bool signals(void)
{
    return kill(bystander, 0) == 0;
}

static bool reads_system(void)
{
    return opens("/etc/passwd", O_RDONLY) && opens("/proc/self/status", O_RDONLY);
}

static bool writes_inside(void)
{
    return opens(inside, O_WRONLY | O_CREAT) && unlink(inside) == 0 && opens(own, O_RDONLY);
}

static bool opens_usual_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 && socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static const struct act {
    const char *name;
    bool (*does)(void);
    bool stays;        /* allowed inside too */
    bool is_of_newest; /* shut off by new kernels only */
    bool is_of_files;  /* shut off by Landlock, which a kernel may lack */
} acts[] = {
    { "reads outside", reads_outside, false, false, true },
    { "writes outside", writes_outside, false, false, true },
    { "makes a file outside", makes_outside, false, false, true },
    { "removes outside", removes_outside, false, false, true },
    { "links from outside", links_outside, false, false, true },
    { "reads homes", reads_home, false, false, true },
    { "writes the system", writes_system, false, false, true },
    { "runs a program", runs_program, false, false, false },
    { "traces", traces, false, false, false },
    { "reads another's memory", reads_memory, false, false, false },
    { "opens a raw socket", opens_raw_socket, false, false, false },
    { "opens a socket of a strange family", opens_other_socket, false, false, false },
    { "makes a namespace", makes_namespace, false, false, false },
    { "uses io_uring", uses_ring, false, false, false },
    { "uses a keyring", has_key, false, false, false },
    { "asks for a personality", gains_personality, false, false, false },
    { "signals another", signals, false, true, false },
    { "reads the system", reads_system, true, false, false },
    { "writes inside", writes_inside, true, false, false },
    { "opens the usual sockets", opens_usual_socket, true, false, false },
};

/* Tries an act in a child of its own, shut in or not; whether it was done. */
static bool try_act(const struct act *act, bool is_shut_in)
{
    int ended = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct confine_folder folders[] = { { own, CONFINE_WRITE },
                                                  { "/usr", CONFINE_READ },
                                                  { "/lib", CONFINE_READ },
                                                  { "/etc", CONFINE_READ },
                                                  { "/proc", CONFINE_READ } };
        if (is_shut_in)
            (void)confine(folders, sizeof folders / sizeof *folders);
        _exit(act->does() ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    return WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static void prepare(void)
{
    struct slice bytes = SLICE("x");
    struct work work = support_work();
    assert_int_equal(file_write(&work, outside, bytes), STATUS_OK);
    (void)unlink(made);
    (void)unlink("/usr/dueregard-was-here");
    support_work_end(&work);
}

/* Somebody to trace and to signal, who goes when the test does. */
static void make_bystander(void)
{
    bystander = fork();
    assert_true(bystander >= 0);
    if (bystander == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            (void)pause();
    }
}

static void forbidden_acts_are_refused(void **state)
{
    struct work work = support_work();
    const char *folder = support_folder(&work), *other = support_folder(&work), *wrong = NULL;
    bool has_landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* its version */) > 0;
    size_t tried = 0;
    (void)state;
    snprintf(own, sizeof own, "%s", folder);
    snprintf(inside, sizeof inside, "%s/inside", folder);
    snprintf(outside, sizeof outside, "%s/outside", other);
    snprintf(made, sizeof made, "%s/made", other);
    make_bystander();
    for (size_t i = 0; i < sizeof acts / sizeof *acts && !wrong; i++) {
        prepare();
        bool outside_does = try_act(&acts[i], false);
        prepare();
        bool inside_does = try_act(&acts[i], true);
        bool is_known = !acts[i].is_of_newest && (!acts[i].is_of_files || has_landlock);
        if (is_known && inside_does != (acts[i].stays && outside_does))
            wrong = acts[i].name;
        tried += outside_does;
    }
    (void)kill(bystander, SIGKILL);
    (void)waitpid(bystander, NULL, 0);
    (void)unlink(made);
    (void)unlink("/usr/dueregard-was-here");
    if (wrong)
        fail_msg("%s: not as it should be when shut in", wrong);
    assert_true(tried >= 8); /* else the outside was shut in already, and nothing was seen */
    support_remove(folder);
    support_remove(other);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(forbidden_acts_are_refused) };
    return cmocka_run_group_tests_name("base/confine", tests, NULL, NULL);
}
