import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../build/audit/report/json.ts';
import { compiledExamples, examples, needsCompiling } from '../outputs/examples.ts';
import { needsContainerUsers } from '../support/container-users.ts';
import { needsCgroups, needsContainers } from '../support/containers.ts';
import { scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/** The promises that are not kept, with what the attack said. */
async function broken(...words: readonly string[]): Promise<string[]> {
  const { status, stdout, stderr } = await kit('audit', '--json', ...words);
  expect(stdout, stderr).toContain('"findings"');
  const { findings, broken } = JSON.parse(stdout) as AuditReport;
  expect(status).toBe(broken ? 1 : 0);
  return findings
    .filter(({ outcome }) => outcome === 'broken' || outcome === 'unknown')
    .map(
      ({ entry, promise, outcome, detail }) => `${entry?.name ?? 'machine'} ${promise} ${outcome}: ${detail}`,
    );
}

/** All but those with what a container may not have: dm-crypt, a TPM, swap space, vsock, WireGuard. */
const inContainers = examples.filter((name) => !/^(dm-crypt|swap|vsudd|wireguard)/.test(name));
/** Its members are told about each other by their metadata. */
const ofEtcd = `#cloud-config
write_files:
  - path: /run/config/etcd.yml
    permissions: "0644"
    content: |
      data-dir: /var/lib/etcd
      listen-peer-urls: http://127.0.0.1:2380
      listen-client-urls: http://127.0.0.1:2379
      advertise-client-urls: http://127.0.0.1:2379
`;
const metadataFor = (name: string): string[] => (name === 'etcd.yml' ? ['--data', ofEtcd] : []);
/** PostgreSQL refuses to be root, and nginx then wants another user for its workers. */
const refusesRoot = (name: string): boolean => ['nginx.yml', 'postgres.yml'].includes(name);

/** Engines give each of their containers a control group. */
const needsGroups = (name: string): boolean => ['docker.yml', 'podman.yml'].includes(name);

async function keepsPromises(name: string): Promise<void> {
  // Of examples with a disk; the others leave it alone.
  const disk = join(folder.dir, `${name}.img,size=1G,serial=kit-data`);
  const words = ['--container', '--disk', disk, ...metadataFor(name), `examples/${name}`];
  expect(await broken(...words)).toEqual([]);
}

describe('every example keeps its promises', () => {
  test.each(inContainers.filter((name) => !refusesRoot(name) && !needsGroups(name)))(
    'examples/%s, in a container',
    needsContainers,
    keepsPromises,
  );

  test.each(inContainers.filter(refusesRoot))(
    'examples/%s, in a container with other users than root',
    needsContainerUsers,
    keepsPromises,
  );

  test.each(inContainers.filter(needsGroups))(
    'examples/%s, in a container with control groups',
    needsCgroups,
    keepsPromises,
  );

  test.each(compiledExamples)('examples/%s, in a container', needsCompiling, keepsPromises);

  test('the others together, in a machine', async () => {
    const disks = ['swap', 'data'].flatMap((name) => [
      '--disk',
      join(folder.dir, `${name}.img,size=1G,serial=kit-${name}`),
    ]);
    const others = ['dm-crypt-tpm', 'swap', 'vsudd-containerd', 'wireguard'];
    const manifests = others.map((name) => `examples/${name}.yml`);
    expect(await broken('--tpm', ...disks, ...manifests)).toEqual([]);
  });

  test('examples/sshd.yml with --production, in a machine', async () => {
    expect(await broken('--production', 'examples/sshd.yml')).toEqual([]);
  });

  test('examples/minimal.yml with --production, without its login on the console', async () => {
    expect(await broken('--production', 'examples/minimal.yml')).toEqual([]);
  });
});
