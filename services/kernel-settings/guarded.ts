/**
 * Settings that can be changed in one direction only, below /proc/sys: the value that ends it
 * (Documentation/admin-guide/sysctl/kernel.rst, Documentation/admin-guide/LSM/Yama.rst).
 */
const locked: Readonly<Record<string, string>> = {
  'kernel/kexec_load_disabled': '1',
  'kernel/modules_disabled': '1',
  'kernel/unprivileged_bpf_disabled': '1',
  'kernel/yama/ptrace_scope': '3',
};

/** Settings that ask for more than root and CAP_SYS_ADMIN: security/yama, security/min_addr.c, net/. */
const capabilities: readonly (readonly [path: RegExp, name: string])[] = [
  [/^kernel\/yama\//, 'CAP_SYS_PTRACE'],
  [/^vm\/mmap_min_addr$/, 'CAP_SYS_RAWIO'],
  [/^net\//, 'CAP_NET_ADMIN'],
  [/^class\/net\//, 'CAP_NET_ADMIN'],
];

/** The value of a setting after which it cannot be changed until the next boot. */
export const lockedValue = (path: string): string | undefined =>
  Object.hasOwn(locked, path) ? locked[path] : undefined;

/** The capability that the kernel asks for, for those that are not the usual ones. */
export const neededCapability = (path: string): string | undefined =>
  capabilities.find(([form]) => form.test(path))?.[1];
