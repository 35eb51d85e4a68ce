import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { run } from '../support/run-kit.ts';

/** Folders of testdata/: a service each, with packages that are not bundled, out of one lock file. */
const services = [
  { name: 'sqlite', port: 8001, answer: '[{"id":1,"name":"Ada"}]' },
  { name: 'sharp', port: 8002, answer: 'png 8x4' },
  { name: 'argon2', port: 8003, answer: 'true false' },
  { name: 'pino', port: 8004, answer: 'a request' },
  { name: 'built', port: 8005, answer: '$2b$04$ true' },
] as const;

const manifest = `kernel:
  image: pkg/kernel
  cmdline: console=ttyS0
init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
services:
  - {name: dhcp, image: pkg/dhcp}
${services.map(({ name }) => `  - {name: ${name}, image: ./${name}}\n`).join('')}`;

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

describe('npm packages beside the program, in a container', needsContainers, () => {
  let machine: TestMachine;
  const ports = new Map<number, number>();

  beforeAll(async () => {
    cpSync(join(import.meta.dirname, 'testdata'), folder.dir, { recursive: true });
    // What is bundled comes from here. External packages are fetched for the machine, whatever this has.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status, stdout, stderr } = await run('npm', args, { cwd: folder.dir });
    expect(status, `${stdout}${stderr}`).toBe(0);
    const file = join(folder.dir, 'services.yml');
    writeFileSync(file, manifest);
    for (const { port } of services) ports.set(port, await freePort());
    const publish = [...ports].map(([guest, host]) => `${host}:${guest}`);
    machine = await boot(file, { backend: 'container', memory: '2G', publish });
  }, 900_000);
  afterAll(() => machine?.[Symbol.asyncDispose]());

  test.each(services)('$name answers', async ({ port, answer }) => {
    const response = await fetch(`http://127.0.0.1:${ports.get(port)}/`);
    expect(await response.text()).toBe(answer);
  });
});
