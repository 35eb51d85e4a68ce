/** Parameters whose values are nobody's secret (Documentation/admin-guide/kernel-parameters.txt). */
const open = new Set(
  [
    'acpi apic audit clocksource cgroup_disable cgroup_no_v1 console earlycon earlyprintk hugepages hugepagesz init',
    'ignore_loglevel initcall_debug initrd iommu ipv6.disable isolcpus log_buf_len loglevel maxcpus mem mitigations',
    'module.sig_enforce net.ifnames no_timer_check noapic nokaslr nomodeset norandmaps nosmp nr_cpus page_alloc.shuffle panic',
    'panic_on_oops pci printk.devkmsg printk.time quiet rcupdate.rcu_expedited rdinit reboot ro root rootdelay rootflags',
    'rootfstype rootwait rw selinux splash sysrq_always_enabled transparent_hugepage tsc usbcore.autosuspend vsyscall',
  ].flatMap((line) => line.split(' ')),
);

/** A kernel's command line with the values of the parameters that everybody knows, and of others their names alone. */
export function maskCommandLine(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const at = word.indexOf('=');
      const name = at === -1 ? word : word.slice(0, at);
      if (open.has(name)) return word;
      // A word alone may be anything that init is to read.
      return at === -1 ? '…' : `${/^[\w.-]{1,40}$/.test(name) ? name : '…'}=…`;
    })
    .join(' ');
}
