import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/** A copy of the example, whose service the test edits. */
function project(name: string): { manifest: string; edit(file: string, from: string, to: string): void } {
  const dir = join(folder.dir, name);
  cpSync(join(kitRoot, 'examples/node-app'), join(dir, 'node-app'), { recursive: true });
  cpSync(join(kitRoot, 'examples/node-app.yml'), join(dir, 'app.yml'));
  return {
    manifest: join(dir, 'app.yml'),
    edit(file, from, to) {
      const text = readFileSync(join(dir, file), 'utf8');
      expect(text).toContain(from);
      writeFileSync(join(dir, file), text.replace(from, to));
    },
  };
}

const backends = [
  ['container', needsContainers],
  ['qemu', {}],
] as const;

describe.each(backends)('an update of a machine: %s', (backend, needed) => {
  describe('without a reboot', needed, () => {
    const { manifest, edit } = project(backend);
    let machine: TestMachine;
    let port: number;
    const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();
    const update = (...words: string[]) => kit('update', ...words);

    beforeAll(async () => {
      port = await freePort();
      machine = await boot(manifest, { backend, publish: [`${port}:8080`] });
    });
    afterAll(() => machine?.[Symbol.asyncDispose]());

    test('replaces the service that was edited, and sends only its layer', async () => {
      const before = await machine.status();
      const greeting = await page();
      edit('node-app/greet.ts', 'return `', 'return `Edited: ');
      const tried = await update('--dry-run', '--json', machine.name, manifest);
      const { bytes, ...rest } = JSON.parse(tried.stdout || '{}');
      expect(rest, tried.stderr).toMatchObject({
        changed: ['node-app'],
        added: [],
        removed: [],
        dryRun: true,
      });
      expect(bytes).toBeLessThan(200_000);
      expect(await page()).toBe(greeting);
      const { status, stdout, stderr } = await update('--json', machine.name, manifest);
      expect(status, stderr).toBe(0);
      const sent = backend === 'container' ? 0 : bytes;
      expect(JSON.parse(stdout)).toMatchObject({ changed: ['node-app'], bytes: sent, nextBoot: 'same' });
      expect(await page()).toBe(`Edited: ${greeting}`);
      const after = await machine.status();
      const pidOf = ({ services }: typeof after) => services.find(({ name }) => name === 'dhcp')?.pid;
      expect(pidOf(after)).toBe(pidOf(before));
      expect((await update(machine.name, manifest)).stdout).toContain('it runs these services already');
    });

    test('a service that fails: the earlier one runs again, and the command shows its last words', async () => {
      edit('node-app/main.ts', 'server.listen', 'throw new Error("bad edit");\nserver.listen');
      const { status, stderr } = await update(machine.name, manifest);
      expect(status).toBe(1);
      expect(stderr).toContain(
        'service "node-app" does not stay up: exit status 1; its earlier services run again',
      );
      expect(stderr).toContain('Error: bad edit');
      expect(await page()).toContain('Edited: ');
      expect((await kit('incidents', machine.name, 'node-app')).stdout).toContain('update failed: ');
      edit('node-app/main.ts', 'throw new Error("bad edit");\n', '');
    });

    test('what takes a reboot is named, and not done', async () => {
      const text = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, `${text}files:\n  - path: etc/motd\n    contents: hello\n`);
      const { status, stderr } = await update(machine.name, manifest);
      writeFileSync(manifest, text);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `error: Cannot update machine "${machine.name}" without a reboot: file "/etc/motd" differs\n` +
          '(hint: kit run starts a machine of the new image; kit up replaces those of a cluster)\n',
      );
    });

    test('the next boot starts the same services', async () => {
      const { status, stderr } = await kit('reboot', '--wait', 'ready', machine.name);
      expect([status, stderr]).toEqual([0, expect.any(String)]);
      expect(await page()).toContain('Edited: ');
      expect((await update(machine.name, manifest)).stdout).toContain('it runs these services already');
    });
  });
});
