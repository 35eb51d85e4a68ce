/* The kernel's calls, of unistd.h for both processors, and what landlock.c needs of a libc. */
typedef unsigned long u64;

enum { AT_FDCWD = -100, O_PATH = 010000000, O_CLOEXEC = 02000000, PR_SET_NO_NEW_PRIVS = 38 };
enum { ENOENT = 2, EACCES = 13, ENOTDIR = 20, EINVAL = 22 };
enum { LANDLOCK_CREATE_RULESET = 444, LANDLOCK_ADD_RULE = 445, LANDLOCK_RESTRICT_SELF = 446 };

#if defined __x86_64__
enum { WRITE_CALL = 1, CLOSE = 3, EXECVE = 59, PRCTL = 157, EXIT_GROUP = 231, OPENAT = 257 };

/* At the start, the stack has argc, argv, 0, the environment and 0 (System V ABI). */
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n");

/* The fifth argument is 0, as prctl(2) demands. */
static long call(long number, long a, long b, long c, long d) {
  long result;
  register long fourth __asm__("r10") = d;
  register long fifth __asm__("r8") = 0;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined __aarch64__
enum { WRITE_CALL = 64, CLOSE = 57, EXECVE = 221, PRCTL = 167, EXIT_GROUP = 94, OPENAT = 56 };

__asm__(".globl _start\n_start:\n mov x29, xzr\n mov x0, sp\n bl start\n");

static long call(long number, long a, long b, long c, long d) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = 0;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
}
#endif

static u64 length(const char *text) {
  u64 count = 0;
  while (text[count]) count++;
  return count;
}

static void print(const char *text) { call(WRITE_CALL, 2, (long)text, length(text), 0); }

static void print_number(long number) {
  char text[24], *digit = text + sizeof text;
  *--digit = 0;
  do *--digit = '0' + number % 10; while (number /= 10);
  print(digit);
}

static const char *reason(long error) {
  switch (error) {
  case 1: return "operation not permitted";
  case ENOENT: return "no such file or folder";
  case 8: return "not a program of this machine";
  case EACCES: return "permission denied";
  case ENOTDIR: return "a part of the path is no folder";
  case EINVAL: return "invalid argument";
  case 38: case 95: return "not in the kernel, or not switched on";
  default: return 0;
  }
}

/* `status`: of a call that failed; 0 for none. */
__attribute__((noreturn)) static void end(int code, const char *what, const char *about, long status) {
  print("landlock: ");
  print(what);
  if (about) { print(" \""); print(about); print("\""); }
  if (status < 0) {
    print(": ");
    if (reason(-status)) print(reason(-status));
    else { print("error "); print_number(-status); }
  }
  print("\n");
  for (;;) call(EXIT_GROUP, code, 0, 0, 0);
}

__attribute__((noreturn)) static void fail(const char *what, const char *about, long status) { end(126, what, about, status); }

static long execute(char *path, char **args, char **env) { return call(EXECVE, (long)path, (long)args, (long)env, 0); }

/* `FOLDER/NAME` for the first entry of a PATH; an empty one is the current folder. @return what follows; 0 if too long */
static const char *join(char *path, u64 size, const char *folders, const char *name) {
  u64 at = 0;
  for (; *folders && *folders != ':'; folders++) { if (at + 2 > size) return 0; path[at++] = *folders; }
  if (at == 0) path[at++] = '.';
  if (at + 1 + length(name) + 1 > size) return 0;
  path[at++] = '/';
  while (*name) path[at++] = *name++;
  path[at] = 0;
  return folders;
}

static const char *value_of(const char *name, char **env) {
  for (; *env; env++) {
    const char *pair = *env, *wanted = name;
    while (*wanted && *pair == *wanted) { pair++; wanted++; }
    if (!*wanted && *pair == '=') return pair + 1;
  }
  return 0;
}

/* As execvpe(3), without its fallback to a shell. A program that exists and cannot be executed tells its own reason. */
__attribute__((noreturn)) static void become(char **args, char **env) {
  const char *folders = value_of("PATH", env);
  long status = -ENOENT;
  char path[4096];
  for (const char *c = args[0]; *c; c++) if (*c == '/') folders = 0;
  if (!folders) status = execute(args[0], args, env);
  while (folders && args[0][0]) {
    folders = join(path, sizeof path, folders, args[0]);
    long found = folders ? execute(path, args, env) : -ENOENT;
    if (found != -ENOENT && found != -ENOTDIR) status = found;
    if (!folders || !*folders) break;
    folders++;
  }
  end(status == -ENOENT ? 127 : 126, "cannot start", args[0], status);
}

int main(int argc, char **argv, char **env);

__attribute__((used)) static void start(long *stack) {
  int argc = (int)stack[0];
  char **argv = (char **)(stack + 1);
  main(argc, argv, argv + argc + 1);
}
