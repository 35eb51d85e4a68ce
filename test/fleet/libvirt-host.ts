import { DebianHost } from './debian-host.ts';
import { libvirtTools } from './tools.ts';

/** A host with libvirt and QEMU, for an ordinary user: root's daemon manages networks and cgroups. */
export const libvirtHost = async (): Promise<DebianHost> =>
  DebianHost.make(await libvirtTools(), {
    uid: 1000,
    env: { LIBVIRT_DEFAULT_URI: 'qemu:///session' },
    daemon,
  });

/** Consoles are written to files by QEMU itself, not by another daemon. */
const daemon = `
mkdir -p /home/.config/libvirt
echo 'stdio_handler = "file"' > /home/.config/libvirt/qemu.conf
libvirtd --daemon
for try in {1..600}; do virsh version > /dev/null 2>&1 && break; sleep 0.1; done
`;
