import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../build/build.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import type { DebianHost } from '../fleet/debian-host.ts';
import { libvirtHost } from '../fleet/libvirt-host.ts';
import { needsRoot } from '../support/needs.ts';

let host: DebianHost;
beforeAll(async () => {
  host = await libvirtHost();
}, 600_000);
afterAll(() => host.remove());

/** The manifest, with `version` in what it prints, in all formats of libvirt, in a folder of the host. */
async function build(version: string): Promise<void> {
  const dir = join(host.work, version);
  mkdirSync(dir);
  const manifest = join(dir, 'counter.yml');
  const text = readFileSync(join(import.meta.dirname, '../fleet/counter.yml'), 'utf8');
  writeFileSync(manifest, text.replace('VERSION', version));
  const formats = ['libvirt', 'libvirt-bios', 'libvirt-efi'];
  await buildImage([manifest], { dir, name: 'counter', formats, cwd: kitRoot }, testWork());
}

/**
 * What differs from a host with KVM and the system's libvirt: emulation, the folder of the images, and a
 * network that needs no rights. The console is kept in a file, and shown when a step fails.
 */
const adapt = `
trap 'tail -n 20 /shared/*.log /home/.cache/libvirt/qemu/log/*.log >&2' ERR
adapt() {
  sed -e "s#/var/lib/libvirt/images#/shared/images#; s#<domain type='kvm'>#<domain type='qemu'>#" \\
    -e "s#<interface type='network'>#<interface type='user'>#; /<source network='default'/d" \\
    -e "s#<serial type='pty'>#&<log file='/shared/console.log' append='on'/>#" $1 > /shared/domain.xml
  xmllint --noout --relaxng /usr/share/libvirt/schemas/domain.rng /shared/domain.xml
}
answers() {
  for try in {1..600}; do
    virsh qemu-agent-command counter '{"execute":"guest-ping"}' 2>> /shared/agent.log && return
    sleep 0.5
  done
  return 1
}
stopped() {
  for try in {1..240}; do [ "$(virsh domstate counter)" = 'shut off' ] && return; sleep 0.5; done
  return 1
}
# On a busy host QEMU may outlive the seconds that libvirt waits for its end.
destroyed() { virsh destroy counter || true; stopped; }
`;

const options = { timeout: 1_800_000, ...needsRoot('an ordinary user of a mount namespace') };

test('libvirt starts a machine, and its replacement keeps the disk', options, async () => {
  for (const version of ['one', 'two', 'three']) await build(version);
  const run = await host.sh(`${adapt}
    mkdir images
    qemu-img create -q -f qcow2 images/counter-data.qcow2 300M

    cp one/counter-* images
    adapt one/counter-libvirt.xml
    virsh define domain.xml
    virsh start counter
    answers
    virsh shutdown counter --mode agent
    stopped

    # The same machine with another image: another kernel and initrd, the same disk.
    cp two/counter-* images
    virsh start counter
    answers
    destroyed
    virsh undefine counter

    # The same again, from the disk of the image.
    cp three/counter.qcow2 images
    adapt three/counter-libvirt-bios.xml
    virsh define domain.xml
    virsh start counter
    answers
    virsh domuuid counter
    destroyed
    virsh undefine counter
    virsh list --all --name
  `);
  expect(run.status, `${run.stdout}${run.stderr}`).toBe(0);
  const console = readFileSync(join(host.work, 'console.log'), 'utf8');
  const boots = [...console.matchAll(/image (\w+), boot (\d+)/g)].map(([, image, boot]) => [image, boot]);
  expect(boots).toEqual([
    ['one', '1'],
    ['two', '2'],
    ['three', '3'],
  ]);
});
