/** Parameters whose values are not secret (Documentation/admin-guide/kernel-parameters.txt). */
const publicNames = new Set(
  [
    'acpi apic audit clocksource cgroup_disable cgroup_no_v1 console earlycon earlyprintk hugepages',
    'hugepagesz init ignore_loglevel initcall_debug initrd iommu ipv6.disable isolcpus log_buf_len',
    'loglevel maxcpus mem mitigations module.sig_enforce net.ifnames no_timer_check noapic nokaslr',
    'nomodeset norandmaps nosmp nr_cpus page_alloc.shuffle panic panic_on_oops pci printk.devkmsg',
    'printk.time quiet rcupdate.rcu_expedited rdinit reboot ro root rootdelay rootflags rootfstype',
    'rootwait rw selinux splash sysrq_always_enabled transparent_hugepage tsc usbcore.autosuspend',
    'vsyscall',
  ].flatMap((line) => line.split(' ')),
);

/** A kernel command line with the values of well-known parameters, and only the names of others. */
export function maskCommandLine(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const at = word.indexOf('=');
      const name = at === -1 ? word : word.slice(0, at);
      if (publicNames.has(name)) return word;
      // A word without a value may be an argument for init, of any content.
      return at === -1 ? '…' : `${/^[\w.-]{1,40}$/.test(name) ? name : '…'}=…`;
    })
    .join(' ');
}
