/*
 * landlock HANDLED RULE... -- PROGRAM ARGUMENT...
 *
 * Confines itself by landlock(7), and becomes PROGRAM, which cannot undo it. HANDLED is a list of what the rules are
 * about, with commas: files,bind,connect. What is handled is refused unless a rule allows it:
 *
 *   read=PATH     read files and list folders, at or below PATH
 *   execute=PATH  the same, and execute programs
 *   write=PATH    read, write, make and remove, but neither execute programs nor make devices
 *   bind=PORT     listen at a TCP port
 *   connect=PORT  connect to a TCP port
 *
 * It sends no signals and connects to no abstract sockets outside of what it starts. It exits with 126 if it cannot be
 * confined, as with an older kernel, and never starts PROGRAM then. Numbers are those of linux/landlock.h. There is no
 * libc below it: one small file for images of every kind.
 */
#include "system.h"

enum { RULE_PATH = 1, RULE_PORT = 2 };
/* Linux 6.12: the first with all that is used here. */
enum { NEEDED_VERSION = 6, VERSION_FLAG = 1 };

enum {
  EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, MAKE_CHAR = 1 << 6,
  MAKE_BLOCK = 1 << 11, TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15, ALL_OF_FILES = (1 << 16) - 1,
  READ = READ_FILE | READ_DIR,
  WRITE = ALL_OF_FILES & ~(EXECUTE | MAKE_CHAR | MAKE_BLOCK),
  /* Of these rights, a rule for what is no folder may have no others. */
  OF_ONE_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
};
enum { BIND = 1 << 0, CONNECT = 1 << 1 };
enum { ABSTRACT_SOCKETS = 1 << 0, SIGNALS = 1 << 1 };

struct ruleset { u64 files, ports, scoped; };
struct path_rule { u64 allowed; int folder; } __attribute__((packed));
struct port_rule { u64 allowed, port; };

static const struct { const char *name; u64 rights; long type; } rules[] = {
  {"read=", READ, RULE_PATH},     {"execute=", READ | EXECUTE, RULE_PATH}, {"write=", WRITE, RULE_PATH},
  {"bind=", BIND, RULE_PORT},     {"connect=", CONNECT, RULE_PORT},
};

/* What follows `prefix` in `text`; 0 if it starts otherwise. */
static char *after(char *text, const char *prefix) {
  while (*prefix) if (*text++ != *prefix++) return 0;
  return text;
}

static struct ruleset handled_by(char *names) {
  struct ruleset set = {0, 0, ABSTRACT_SOCKETS | SIGNALS};
  while (*names) {
    char *rest;
    if ((rest = after(names, "files"))) set.files = ALL_OF_FILES;
    else if ((rest = after(names, "bind"))) set.ports |= BIND;
    else if ((rest = after(names, "connect"))) set.ports |= CONNECT;
    else fail("what the rules are about", names, 0);
    names = *rest == ',' ? rest + 1 : rest;
  }
  return set;
}

static void check_version(void) {
  long version = call(LANDLOCK_CREATE_RULESET, 0, 0, VERSION_FLAG, 0);
  if (version < 0) fail("the kernel has no Landlock", 0, version);
  if (version < NEEDED_VERSION) fail("the kernel's Landlock is too old: Linux 6.12 is needed", 0, 0);
}

static void add_path(long set, char *path, u64 rights) {
  long folder = call(OPENAT, AT_FDCWD, (long)path, O_PATH | O_CLOEXEC, 0);
  if (folder < 0) fail("rule for a path", path, folder);
  struct path_rule rule = {rights, folder};
  long status = call(LANDLOCK_ADD_RULE, set, RULE_PATH, (long)&rule, 0);
  if (status == -EINVAL) {
    rule.allowed = rights & OF_ONE_FILE;
    status = call(LANDLOCK_ADD_RULE, set, RULE_PATH, (long)&rule, 0);
  }
  if (status < 0) fail("rule for a path", path, status);
  call(CLOSE, folder, 0, 0, 0);
}

static void add_port(long set, char *text, u64 rights) {
  struct port_rule rule = {rights, 0};
  for (char *digit = text; *digit; digit++) {
    if (*digit < '0' || *digit > '9' || rule.port > 65535) fail("rule for a port", text, 0);
    rule.port = rule.port * 10 + (*digit - '0');
  }
  long status = call(LANDLOCK_ADD_RULE, set, RULE_PORT, (long)&rule, 0);
  if (status < 0) fail("rule for a port", text, status);
}

static void add_rule(long set, char *text) {
  for (unsigned at = 0; at < sizeof rules / sizeof *rules; at++) {
    char *value = after(text, rules[at].name);
    if (!value) continue;
    if (rules[at].type == RULE_PATH) add_path(set, value, rules[at].rights);
    else add_port(set, value, rules[at].rights);
    return;
  }
  fail("unknown rule", text, 0);
}

static char is_end(const char *text) { return text[0] == '-' && text[1] == '-' && !text[2]; }

int main(int argc, char **argv, char **env) {
  if (argc < 4) fail("usage: landlock HANDLED RULE... -- PROGRAM ARGUMENT...", 0, 0);
  check_version();
  struct ruleset handled = handled_by(argv[1]);
  long set = call(LANDLOCK_CREATE_RULESET, (long)&handled, sizeof handled, 0, 0);
  if (set < 0) fail("landlock_create_ruleset", 0, set);
  char **arg = argv + 2;
  for (; *arg && !is_end(*arg); arg++) add_rule(set, *arg);
  if (!*arg || !arg[1]) fail("no program", 0, 0);
  long status = call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0);
  if (status < 0) fail("no_new_privs", 0, status);
  status = call(LANDLOCK_RESTRICT_SELF, set, 0, 0, 0);
  if (status < 0) fail("landlock_restrict_self", 0, status);
  call(CLOSE, set, 0, 0, 0);
  become(arg + 1, env);
}
