import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { boot, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const native = needsContainers;

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/** Secrets without a recognisable pattern: they stay out of the archive only if whole fields are left out. */
const secrets = ['metadata', 'file', 'env', 'argument', 'probe', 'cmdline', 'word'].map(
  (place) => `zq${place}zq8f3a`,
);
const [metadata, file, env, argument, probe, cmdline, word] = secrets;

const manifest = `
kernel:
  image: pkg/kernel
  cmdline: console=ttyS0 app.setting=${cmdline} ${word}
init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
onboot:
  - {name: metadata, image: pkg/metadata}
services:
  - name: node-app
    image: ${kitRoot}/examples/node-app
    env: [GREETING=${env}]
    command: [/usr/bin/node, -e, "setInterval(() => console.log('I am up'), 300) // ${argument}"]
    ready: {exec: [/usr/bin/node, -e, "// ${probe}"]}
    mounts: [{type: tmpfs, source: tmpfs, destination: /own, options: ["size=1m", "mode=755"]}]
files:
  - {path: etc/app.conf, contents: "${file}"}
`;

/** Names and texts of the files in the archive. */
function unpack(archive: Buffer): Map<string, string> {
  const names = execFileSync('tar', ['tz'], { input: archive, encoding: 'utf8' }).trim().split('\n');
  return new Map(
    names
      .filter((name) => !name.endsWith('/'))
      .map((name) => [
        name.slice(name.indexOf('/') + 1),
        execFileSync('tar', ['xzO', name], { input: archive, encoding: 'utf8' }),
      ]),
  );
}

test(
  'the archive of kit support has everything for a bug report and none of the secrets',
  native,
  async () => {
    const [yml, data, out] = ['app.yml', 'user-data', 'bug.tar.gz'].map((name) => join(folder.dir, name));
    if (!yml || !data || !out) throw new Error('no names');
    await writeFile(yml, manifest);
    await writeFile(data, JSON.stringify({ app: { entries: { key: { perm: '0600', content: metadata } } } }));
    await using machine = await boot(yml, { metadataFile: data, backend: 'container' });
    // Proves that the machine has the secrets.
    expect(
      (await kit('exec', machine.name, '--host', '/usr/bin/busybox', 'cat', '/run/config/app/key')).stdout,
    ).toBe(metadata);
    const { status, stdout, stderr } = await kit('support', '-o', out, machine.name);
    expect(status, stderr).toBe(0);
    const archive = await readFile(out);
    const whole = gunzipSync(archive);
    for (const secret of secrets) expect(whole.includes(secret), secret).toBe(false);
    const files = unpack(archive);
    const text = (name: string): string =>
      files.get(name) ?? `(no ${name} in ${[...files.keys()].join(' ')})`;
    expect(stdout).toBe(`${text('MANIFEST')}${out}\n`);
    expect(text('MANIFEST')).not.toContain('MISSING');
    expect([...files.keys()].filter((name) => name !== 'MANIFEST')).toEqual(
      [...files.keys()].filter((name) => name !== 'MANIFEST').sort(),
    );
    expect(JSON.parse(text('host/kit.json'))).toMatchObject({
      node: process.version,
      tools: { 'qemu-system-x86': expect.any(String) },
    });
    expect(JSON.parse(text('host/machine.json'))).toMatchObject({
      name: machine.name,
      boot: { kind: 'container' },
    });
    expect(JSON.parse(text('guest/status.json')).services).toHaveLength(2);
    expect(text('guest/report/command-line.txt')).toMatch(/^console=ttyS0 app\.setting=… … /);
    const bundles = JSON.parse(text('guest/report/bundles.json'));
    expect(bundles.find(({ name }: { name: string }) => name === 'node-app')).toMatchObject({
      ...{ program: '/usr/bin/node', arguments: 2, environment: expect.arrayContaining(['GREETING']) },
      supervision: { restart: 'always', ready: { kind: 'exec' } },
    });
    expect(text('guest/logs/node-app.log')).toMatch(/Z stdout I am up\n/);
    expect(text('guest/logs/init.log')).toContain('ready');
    for (const name of [
      'mounts.json',
      'network.json',
      'containerd.json',
      'processes.txt',
      'boot.json',
      'starts.json',
      'cgroups/node-app.txt',
    ])
      expect(text(`guest/report/${name}`).length, name).toBeGreaterThan(2);
    expect(text('host/console.log')).toContain('kit: ready in');

    await machine.stop();
    const after = await kit('support', '--json', '-o', out, machine.name);
    expect(JSON.parse(after.stdout)).toMatchObject({
      file: out,
      missing: [{ name: 'guest', why: 'the machine has ended (powered off)' }],
    });
    const left = unpack(await readFile(out));
    expect(left.get('MANIFEST')).toContain('MISSING guest: the machine has ended (powered off)\n');
    expect([...left.keys()]).toEqual(expect.arrayContaining(['host/console.log', 'host/kit.json']));
  },
);
