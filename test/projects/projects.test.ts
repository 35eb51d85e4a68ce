import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { run } from '../support/run-kit.ts';

/** A project as its users would have it, in testdata/. */
interface Project {
  readonly name: string;
  /** Folder of its build.yml, in its own. */
  readonly app?: string;
  readonly port: number;
  readonly path?: string;
  readonly answer: string;
}

const projects: readonly Project[] = [
  { name: 'fastify', port: 8001, answer: '{"answer":"fastify"}' },
  { name: 'express', port: 8002, answer: 'express 200 hello' },
  { name: 'hono', port: 8003, answer: '<b>hono</b>' },
  { name: 'nest', port: 8004, path: '41', answer: 'nest 42' },
  { name: 'pino', port: 8005, answer: 'pino true' },
  { name: 'ws', port: 8006, answer: 'ws echo' },
  { name: 'piscina', port: 8007, answer: 'piscina 2,3,4' },
  { name: 'undici', port: 8008, answer: 'undici 200' },
  { name: 'workspaces', app: 'packages/app', port: 8009, answer: 'workspaces greets' },
  { name: 'pnpm', app: 'packages/app', port: 8010, answer: 'pnpm greets' },
];

const manifest = `kernel:
  image: pkg/kernel
  cmdline: console=ttyS0
init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
services:
  - {name: dhcp, image: pkg/dhcp}
${projects.map(({ name, app = '.' }) => `  - {name: ${name}, image: ./${join(name, app)}}\n`).join('')}`;

const installs = {
  npm: ['npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']],
  pnpm: ['npx', ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--ignore-scripts']],
} as const;

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

async function install({ name }: Project): Promise<void> {
  const dir = join(folder.dir, name);
  cpSync(join(import.meta.dirname, 'testdata', name), dir, {
    recursive: true,
    filter: (path) => !path.endsWith('/node_modules'),
  });
  const [file, args] = name === 'pnpm' ? installs.pnpm : installs.npm;
  const { status, stdout, stderr } = await run(file, args, { cwd: dir });
  expect(status, `${name}: ${stdout}${stderr}`).toBe(0);
}

describe('npm projects in a container', needsContainers, () => {
  let machine: TestMachine;
  const ports = new Map<number, number>();

  beforeAll(async () => {
    for (const project of projects) await install(project);
    const file = join(folder.dir, 'projects.yml');
    writeFileSync(file, manifest);
    for (const { port } of projects) ports.set(port, await freePort());
    const publish = [...ports].map(([guest, host]) => `${host}:${guest}`);
    machine = await boot(file, { backend: 'container', memory: '2G', publish });
  }, 900_000);
  afterAll(() => machine?.[Symbol.asyncDispose]());

  test.each(projects)('$name answers', async ({ port, path = '', answer }) => {
    const response = await fetch(`http://127.0.0.1:${ports.get(port)}/${path}`);
    expect(await response.text()).toBe(answer);
  });
});
