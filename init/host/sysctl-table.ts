/** A kernel setting that PID 1 makes. */
export interface Sysctl {
  /** Below /proc/sys; the kernel may lack it. */
  readonly path: string;
  /** In every image; undefined: the kernel's default. */
  readonly value?: string;
  /** In an image for production, if it differs. */
  readonly production?: string;
}

/**
 * The kernel's protection of itself and of the machine's programs from each other
 * (Documentation/admin-guide/sysctl, and the recommendations of the Kernel Self Protection Project).
 * Overridden by /etc/sysctl.d of the image (sysctl-files.ts).
 */
export const sysctlTable: readonly Sysctl[] = [
  // Kernel addresses are hidden: from all but CAP_SYSLOG, in production from everybody.
  { path: 'kernel/kptr_restrict', value: '1', production: '2' },
  // Reading the kernel's log requires CAP_SYSLOG.
  { path: 'kernel/dmesg_restrict', value: '1' },
  // BPF and performance counters are for root with the capability. 1 cannot be undone, 2 can.
  { path: 'kernel/unprivileged_bpf_disabled', value: '2', production: '1' },
  { path: 'net/core/bpf_jit_harden', value: '2' },
  { path: 'kernel/perf_event_paranoid', value: '3' },
  // User namespaces are made by root of the machine: the runtime makes those of services.
  { path: 'kernel/unprivileged_userns_clone', value: '0' },
  // io_uring requires CAP_SYS_ADMIN; in production nobody has it.
  { path: 'kernel/io_uring_disabled', value: '1', production: '2' },
  // A process attaches to its own children only, unless it has CAP_SYS_PTRACE; in production, not even then,
  // and that cannot be undone.
  { path: 'kernel/yama/ptrace_scope', value: '1', production: '3' },
  { path: 'kernel/kexec_load_disabled', production: '1' },
  // No kernel function by keyboard or by a break on the serial line. Ctrl-Alt-Del still shuts down in order.
  { path: 'kernel/sysrq', production: '0' },
  // A core dump goes to a program that keeps nothing of it, whatever a service's limit is.
  { path: 'kernel/core_pattern', production: '|/bin/false' },
  { path: 'kernel/core_pipe_limit', production: '0' },
  { path: 'fs/suid_dumpable', value: '0' },
  // Links, FIFOs and files in folders that everybody can write.
  { path: 'fs/protected_symlinks', value: '1' },
  { path: 'fs/protected_hardlinks', value: '1' },
  { path: 'fs/protected_fifos', value: '2' },
  { path: 'fs/protected_regular', value: '2' },
  // Terminals: no driver is loaded for an ioctl, and no input is pushed into another's terminal.
  { path: 'dev/tty/ldisc_autoload', value: '0' },
  { path: 'dev/tty/legacy_tiocsti', value: '0' },
  // Addresses of programs: as random as the architecture allows (x86-64: 32 bits; arm64 allows one more).
  { path: 'kernel/randomize_va_space', value: '2' },
  { path: 'vm/mmap_rnd_bits', value: '32' },
  { path: 'vm/mmap_rnd_compat_bits', value: '16' },
  { path: 'vm/mmap_min_addr', value: '65536' },
  // Page faults in the kernel are not handled by a program without CAP_SYS_PTRACE.
  { path: 'vm/unprivileged_userfaultfd', value: '0' },
  // Routes are not changed by what arrives from the network, and packets choose no route.
  ...['all', 'default'].flatMap((name) => [
    { path: `net/ipv4/conf/${name}/accept_redirects`, value: '0' },
    { path: `net/ipv4/conf/${name}/secure_redirects`, value: '0' },
    { path: `net/ipv4/conf/${name}/send_redirects`, value: '0' },
    { path: `net/ipv4/conf/${name}/accept_source_route`, value: '0' },
    // An answer would have to leave by some interface: 1 would drop packets of machines with several routes.
    { path: `net/ipv4/conf/${name}/rp_filter`, value: '2' },
    { path: `net/ipv6/conf/${name}/accept_redirects`, value: '0' },
    { path: `net/ipv6/conf/${name}/accept_source_route`, value: '0' },
  ]),
  { path: 'net/ipv4/tcp_syncookies', value: '1' },
  { path: 'net/ipv4/tcp_rfc1337', value: '1' },
  { path: 'net/ipv4/icmp_echo_ignore_broadcasts', value: '1' },
  { path: 'net/ipv4/icmp_ignore_bogus_error_responses', value: '1' },
];
