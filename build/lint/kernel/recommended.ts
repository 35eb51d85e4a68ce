import type { Arch } from '../../host/arch.ts';

/** One recommendation for the configuration of a kernel. */
export interface Recommendation {
  /** Without `CONFIG_` */
  readonly option: string;
  /** `y`, `n` (not set), or a value as it is written there: `65536`. */
  readonly want: string;
  /** What it protects against, as a phrase. */
  readonly why: string;
  /** Absent: on every architecture. */
  readonly arch?: Arch;
  /** An option without which this one has no meaning: a kernel without modules need not verify any. */
  readonly within?: string;
  /** Why a kernel without it is accepted: what kit does in its place, or what it would cost. */
  readonly waived?: string;
}

const row = (option: string, want: string, why: string, waived?: string): Recommendation => ({
  ...{ option, want, why },
  ...(waived !== undefined && { waived }),
});

const onAmd64 = (recommendation: Recommendation): Recommendation => ({ ...recommendation, arch: 'amd64' });
const onArm64 = (recommendation: Recommendation): Recommendation => ({ ...recommendation, arch: 'arm64' });

const within = (option: string, recommendation: Recommendation): Recommendation => ({
  ...recommendation,
  within: option,
});

const commandLine = (word: string): string => `${word} on the command line of images for production`;
const sysctl = (name: string): string => `PID 1 sets ${name}`;
const debugging = 'it is for debugging and slows every call down';

/** The options that the Kernel Self Protection Project recommends, by what they protect. */
export const recommendations: readonly Recommendation[] = [
  // Memory of the kernel
  row('STRICT_KERNEL_RWX', 'y', 'code of the kernel that can be written'),
  within('MODULES', row('STRICT_MODULE_RWX', 'y', 'code of modules that can be written')),
  row('DEBUG_WX', 'y', 'pages that can be written and executed, at boot'),
  row('VMAP_STACK', 'y', 'kernel stacks that overflow into other memory'),
  row('SCHED_STACK_END_CHECK', 'y', 'kernel stacks that overflow unnoticed'),
  row('STACKPROTECTOR_STRONG', 'y', 'return addresses that are overwritten'),
  row('FORTIFY_SOURCE', 'y', 'copies past the end of a buffer'),
  row('HARDENED_USERCOPY', 'y', 'copies to and from programs past the end of an object'),
  row('RANDOMIZE_BASE', 'y', 'a kernel at an address that is known'),
  row(
    'RANDOMIZE_KSTACK_OFFSET_DEFAULT',
    'y',
    'stacks at an offset that is known',
    commandLine('randomize_kstack_offset=on'),
  ),
  row(
    'INIT_ON_ALLOC_DEFAULT_ON',
    'y',
    'old contents in memory that is allocated',
    commandLine('init_on_alloc=1'),
  ),
  row(
    'INIT_ON_FREE_DEFAULT_ON',
    'y',
    'contents that stay in memory that is freed',
    'clearing at each allocation does most of it; both cost up to a tenth',
  ),
  row(
    'INIT_STACK_ALL_ZERO',
    'y',
    'old contents in variables',
    'it depends on the compiler; init_on_alloc clears the heap',
  ),
  row(
    'ZERO_CALL_USED_REGS',
    'y',
    'old contents in registers',
    'it makes every function larger; a distribution leaves it out',
  ),
  row('SLAB_FREELIST_RANDOM', 'y', 'objects in an order that is known'),
  row('SLAB_FREELIST_HARDENED', 'y', "changes of the allocator's own data"),
  row('SLAB_BUCKETS', 'y', 'objects beside those that a program can make'),
  row(
    'RANDOM_KMALLOC_CACHES',
    'y',
    'objects beside those that a program can make',
    'SLAB_BUCKETS, and slab_nomerge in production',
  ),
  row('SLAB_MERGE_DEFAULT', 'n', 'caches that share pages', commandLine('slab_nomerge')),
  row('SHUFFLE_PAGE_ALLOCATOR', 'y', 'pages in an order that is known'),
  row('PAGE_TABLE_CHECK', 'y', 'pages that are mapped twice', debugging),
  row('LIST_HARDENED', 'y', 'lists that are corrupted'),
  row('DEBUG_VIRTUAL', 'y', 'wrong translations of addresses', debugging),
  row('DEBUG_NOTIFIERS', 'y', 'lists of callbacks that are corrupted', debugging),
  row('DEBUG_SG', 'y', 'lists of buffers that are corrupted', debugging),
  row('DEBUG_CREDENTIALS', 'y', 'credentials that are corrupted', 'the option is gone since Linux 6.6'),
  row('BUG_ON_DATA_CORRUPTION', 'y', 'going on with corrupted data'),
  row('KFENCE', 'y', 'use of memory after it is freed'),
  row(
    'UBSAN_BOUNDS',
    'y',
    'indexes past the end of an array',
    'a distribution builds without it; FORTIFY_SOURCE checks copies',
  ),
  row(
    'PANIC_ON_OOPS',
    'y',
    'going on after a fault in the kernel',
    'a machine that serves others keeps running; panic_on_oops=1 stops it',
  ),
  row(
    'PANIC_TIMEOUT',
    '-1',
    'a machine that stands still after a panic',
    'kit puts panic=1 on the command line',
  ),
  row(
    'LSM_MMAP_MIN_ADDR',
    '65536',
    'null pointers that lead to data of a program',
    sysctl('vm.mmap_min_addr'),
  ),
  row(
    'RESET_ATTACK_MITIGATION',
    'y',
    'secrets in memory after a reset',
    'it needs UEFI firmware that clears memory',
  ),
  // Control flow
  row('CFI_CLANG', 'y', 'calls to addresses that are no functions', 'Debian builds with gcc, which cannot'),
  onAmd64(row('X86_KERNEL_IBT', 'y', 'jumps to addresses that are no targets')),
  onAmd64(row('RANDOMIZE_MEMORY', 'y', 'memory at addresses that are known')),
  onAmd64(row('MITIGATION_PAGE_TABLE_ISOLATION', 'y', 'Meltdown')),
  onAmd64(row('MITIGATION_RETPOLINE', 'y', 'Spectre')),
  onAmd64(row('LEGACY_VSYSCALL_NONE', 'y', 'code at a fixed address', commandLine('vsyscall=none'))),
  onArm64(row('ARM64_PTR_AUTH_KERNEL', 'y', 'return addresses that are overwritten')),
  onArm64(
    row(
      'ARM64_BTI_KERNEL',
      'y',
      'jumps to addresses that are no targets',
      'gcc cannot build it for the kernel',
    ),
  ),
  onArm64(row('UNMAP_KERNEL_AT_EL0', 'y', 'Meltdown')),
  onArm64(row('SHADOW_CALL_STACK', 'y', 'return addresses that are overwritten', 'ARM64_PTR_AUTH_KERNEL')),
  // Ways into the kernel
  row('SECURITY', 'y', 'security modules cannot be used'),
  row('SECURITY_YAMA', 'y', 'programs that attach to others'),
  row('SECURITY_LANDLOCK', 'y', 'programs that cannot confine themselves'),
  row('SECURITY_LOCKDOWN_LSM', 'y', 'root that changes the running kernel'),
  row('SECURITY_LOCKDOWN_LSM_EARLY', 'y', 'what runs before lockdown'),
  row(
    'LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY',
    'y',
    'root that reads the memory of the kernel',
    `${commandLine('lockdown=integrity')}; confidentiality would end perf and bpf`,
  ),
  row('SECURITY_SELINUX_DISABLE', 'n', 'security modules that are switched off'),
  row('SECURITY_WRITABLE_HOOKS', 'n', 'security modules that are changed'),
  ...[
    row('MODULE_SIG', 'y', 'modules that nobody has signed'),
    row(
      'MODULE_SIG_ALL',
      'y',
      'modules that nobody has signed',
      "Debian signs them after the build, with the distribution's key",
    ),
    row('MODULE_SIG_FORCE', 'y', 'modules that nobody has signed', commandLine('module.sig_enforce=1')),
    row('MODULE_SIG_SHA512', 'y', 'signatures over a short hash', 'SHA-256 is not broken'),
  ].map((one) => within('MODULES', one)),
  row(
    'MODULE_FORCE_LOAD',
    'n',
    'modules of another kernel',
    'modules: locked; required signatures refuse it',
  ),
  row('KEXEC', 'n', 'another kernel', sysctl('kernel.kexec_load_disabled in production')),
  row('HIBERNATION', 'n', 'another kernel, from a disk', 'lockdown refuses it in production'),
  row('DEVMEM', 'n', 'memory of the machine as a file', 'STRICT_DEVMEM; lockdown refuses it in production'),
  within('DEVMEM', row('STRICT_DEVMEM', 'y', 'memory of the kernel as a file')),
  within('DEVMEM', row('IO_STRICT_DEVMEM', 'y', 'memory of devices as a file')),
  row('DEVPORT', 'n', 'I/O ports as a file', 'lockdown refuses it in production'),
  row('PROC_KCORE', 'n', 'memory of the kernel as a file', '/proc/kcore is masked in services'),
  row('PROC_VMCORE', 'n', 'memory of a crashed kernel as a file', 'there is none without kexec'),
  row('PROC_KMEM', 'n', 'memory of the kernel as a file'),
  row('ACPI_CUSTOM_METHOD', 'n', "code of the firmware's that root can replace"),
  row(
    'STATIC_USERMODEHELPER',
    'y',
    'programs that the kernel starts',
    'core_pattern and modprobe are below /proc/sys, which is read-only in services',
  ),
  row(
    'BINFMT_MISC',
    'n',
    'programs that the kernel starts',
    'containers for other architectures need it; its files are read-only in services',
  ),
  onAmd64(row('COMPAT_VDSO', 'n', 'code at a fixed address')),
  row('COMPAT_BRK', 'n', 'a heap at an address that is known'),
  row('USERFAULTFD', 'n', 'a kernel that waits for a program', sysctl('vm.unprivileged_userfaultfd')),
  row('IO_URING', 'n', 'a large interface with many faults', sysctl('kernel.io_uring_disabled')),
  row('BPF_JIT', 'y', 'the interpreter of BPF'),
  row('BPF_UNPRIV_DEFAULT_OFF', 'y', 'BPF for every program', sysctl('kernel.unprivileged_bpf_disabled')),
  row('SECURITY_DMESG_RESTRICT', 'y', 'addresses in the log', sysctl('kernel.dmesg_restrict')),
  row('SECCOMP_FILTER', 'y', 'programs that cannot be confined'),
  row('LDISC_AUTOLOAD', 'n', 'drivers that a program can load', sysctl('dev.tty.ldisc_autoload')),
  row('LEGACY_TIOCSTI', 'n', "input for another's terminal", sysctl('dev.tty.legacy_tiocsti')),
  row('LEGACY_PTYS', 'n', 'old terminals with their faults'),
  row('INET_DIAG', 'n', 'information about sockets of others', 'ss needs it'),
  row('MAGIC_SYSRQ', 'n', 'functions of the kernel by keyboard', sysctl('kernel.sysrq in production')),
  row('DEBUG_FS', 'n', 'internals of drivers as files', commandLine('debugfs=off')),
  row('KGDB', 'n', 'a debugger of the kernel'),
  row('SYN_COOKIES', 'y', 'queues of connections that are filled'),
  onAmd64(
    row(
      'MODIFY_LDT_SYSCALL',
      'n',
      'an interface with many faults',
      'programs for Wine and old Java need it; a filter of your own (`seccomp: FILE`) can refuse it',
    ),
  ),
  onAmd64(row('X86_X32_ABI', 'n', 'a second system call interface')),
  onAmd64(
    row(
      'IA32_EMULATION',
      'n',
      'a second system call interface',
      'images with 32-bit programs need it; ia32_emulation=0 turns it off',
    ),
  ),
  onArm64(row('COMPAT', 'n', 'a second system call interface', 'images with 32-bit programs need it')),
  // Devices that read and write memory
  row('IOMMU_SUPPORT', 'y', 'devices that read all memory'),
  row(
    'IOMMU_DEFAULT_DMA_STRICT',
    'y',
    'devices that use memory after it is freed',
    'virtual machines have no such devices of their own; iommu.strict=1 turns it on',
  ),
  onAmd64(row('INTEL_IOMMU', 'y', 'devices that read all memory', 'a kernel for virtual machines lacks it')),
  onAmd64(row('AMD_IOMMU', 'y', 'devices that read all memory', 'a kernel for virtual machines lacks it')),
  row(
    'EFI_DISABLE_PCI_DMA',
    'y',
    'devices that read memory during the boot',
    'some devices do not start again after it',
  ),
];
