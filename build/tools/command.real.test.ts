import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWrapper } from '../../test/support/wrapper.ts';
import { ProgramError, runProgram } from '../host/program.ts';
import { testWork } from '../testing.ts';
import { runTool, toolCommand } from './command.ts';
import { type Tools, toolsTree } from './tree.ts';

const { signal } = new AbortController();

let dir: string;
let tools: Tools;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-tools-'));
  tools = await toolsTree(testWork());
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['qemu-system-x86_64', ['--version'], /^QEMU emulator version 10\./],
  ['qemu-img', ['--version'], /^qemu-img version 10\./],
  ['mkfs.erofs', ['--version'], /erofs-utils\) 1\.8/],
  ['depmod', ['--version'], /^kmod version/],
  ['strip', ['--version'], /^GNU strip/],
  ['xorriso', ['--version'], /xorriso/],
])('%s runs from the tree', async (name, args, expected) => {
  expect((await runTool(tools, name, args, { signal })).stdout).toMatch(expected);
});

test('QEMU finds its machine types and firmware', async () => {
  const { stdout } = await runTool(tools, 'qemu-system-x86_64', ['-L', 'help'], { signal });
  expect(stdout).toContain(join(tools.dir, 'usr/share/seabios'));
});

test('a file system is reproducible and passes fsck', async () => {
  mkdirSync(join(dir, 'in'));
  writeFileSync(join(dir, 'in', 'file'), 'content');
  const make = async (name: string): Promise<string> => {
    const fixed = ['-T0', '-U', '00000000-0000-0000-0000-000000000000', '--quiet'];
    await runTool(tools, 'mkfs.erofs', ['-zlz4hc', ...fixed, name, 'in'], { signal, cwd: dir });
    await runTool(tools, 'fsck.erofs', [name], { signal, cwd: dir });
    return (await runProgram('sha256sum', [join(dir, name)], { signal })).stdout.slice(0, 64);
  };
  expect(await make('1.erofs')).toBe(await make('2.erofs'));
});

test('a failing tool is reported with its command and output', async () => {
  const failed = await runTool(tools, 'mkfs.erofs', ['out', "it's missing"], { signal, cwd: dir }).catch(
    (thrown: unknown) => thrown,
  );
  expect(failed).toBeInstanceOf(ProgramError);
  expect(String(failed)).toMatch(/Cannot run .*mkfs\.erofs'? out .*exit status \d+\n.*No such file/s);
});

test('a tool missing in the tree is named', () => {
  expect(() => toolCommand(tools, 'nonesuch', [])).toThrow(
    `Cannot run tool "nonesuch" of "${tools.dir}": it is not there`,
  );
});

test('a tree whose path has a colon or a semicolon is refused', () => {
  expect(() => toolCommand({ ...tools, dir: '/home/a:b/.cache/kit/tools/1' }, 'xz', [])).toThrow(
    'Cannot run tools out of "/home/a:b/.cache/kit/tools/1": its path has a colon or a semicolon',
  );
});

test('a tool gets a fixed environment, without variables of this process', () => {
  const { env } = toolCommand(tools, 'xz', []);
  expect(Object.keys(env).sort()).toEqual(['HOME', 'LC_ALL', 'PATH', 'TZ']);
});

test('a wrapper passes any arguments to the tool', async () => {
  const wrapper = await writeWrapper(tools, 'xz', dir);
  const { stdout } = await runProgram(wrapper, ['--robot', '--version'], { signal });
  expect(stdout).toMatch(/^XZ_VERSION=/);
});

test('an aborted program ends, and the abort reason is thrown', async () => {
  const abort = new AbortController();
  const running = runProgram('sleep', ['60'], { signal: abort.signal });
  abort.abort(new Error('Interrupted'));
  await expect(running).rejects.toThrow('Interrupted');
});

test('a missing program is named', async () => {
  await expect(runProgram('/nonexistent/x', [], { signal })).rejects.toThrow(
    /^Cannot run \/nonexistent\/x: it is not there$/,
  );
});

test.each([
  ['that may not be executed', 0o644, 'it may not be executed'],
  ['that is not there', undefined, 'it does not start'],
])('a tree with a dynamic linker %s', async (_title, mode, why) => {
  const broken = { ...tools, dir: mkdtempSync(join(dir, 'tree-')) };
  mkdirSync(join(broken.dir, 'usr/bin'), { recursive: true });
  writeFileSync(join(broken.dir, 'usr/bin/x'), '');
  const loader = toolCommand(broken, 'x', []).file;
  mkdirSync(dirname(loader), { recursive: true });
  if (mode !== undefined) writeFileSync(loader, '', { mode });
  await expect(runTool(broken, 'x', [], { signal })).rejects.toThrow(
    `Cannot run tool "x" of "${broken.dir}": ${why}`,
  );
});
