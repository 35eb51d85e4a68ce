import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../build/build.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import type { DebianHost } from '../fleet/debian-host.ts';
import { incusHost } from '../fleet/incus-host.ts';
import { needsRoot } from '../support/needs.ts';

let host: DebianHost;
beforeAll(async () => {
  host = await incusHost();
}, 600_000);
afterAll(() => host?.remove());

const options = { timeout: 1_200_000, ...needsRoot("Incus' daemon") };

test('Incus takes the image and the configuration of its instance', options, async () => {
  const manifest = join(host.work, 'web.yml');
  writeFileSync(
    manifest,
    `kernel: {image: pkg/kernel, cmdline: console=ttyS0}
init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
disks: [{name: data, match: {serial: incus_data}, mount: /var/data}]
`,
  );
  const place = { dir: host.work, name: 'web', cwd: kitRoot };
  await buildImage([manifest], { ...place, formats: ['incus'] }, testWork());
  const { status, stdout, stderr } = await host.sh(`
    incus image import web-incus.tar web-efi.qcow2 --alias web
    incus image info web
    incus storage create default dir
    incus storage volume create default web-data --type=block size=100MiB
    # A profile has the same form as an instance, and is checked as one; for an instance this host would need KVM.
    incus profile create web
    incus profile edit web < web-incus.yaml
    incus profile show web
  `);
  expect(status, `${stdout}${stderr}`).toBe(0);
  for (const line of [
    ...['Type: virtual-machine', 'Architecture: x86_64', 'requirements.secureboot: false'],
    ...['limits.memory: 1024MiB', 'source: web-data'],
  ])
    expect(stdout).toContain(line);
});
