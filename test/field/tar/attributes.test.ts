import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTool } from '../../../build/tools/command.ts';
import { readTar } from '../../../lib/archive/tar.ts';
import { needs } from '../../support/needs.ts';
import { tarTools } from './tools.ts';

const tools = await tarTools();
const folder = mkdtempSync(join(tmpdir(), 'field-attributes-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { signal } = new AbortController();
  return (await runTool(tools, program, args, { signal, cwd: folder })).stdout;
}

/** Whether the file system of temporary files has extended attributes and access control lists. */
async function hasAttributes(): Promise<boolean> {
  writeFileSync(join(folder, 'try'), '');
  const attempts = [
    run('setfattr', '-n', 'user.kit', '-v', 'x', 'try'),
    run('setfacl', '-m', 'u:7:r', 'try'),
  ];
  return (await Promise.allSettled(attempts)).every(({ status }) => status === 'fulfilled');
}

const withAttributes = needs(
  'extended attributes and access control lists on the file system of TMPDIR',
  await hasAttributes(),
);

/** The attributes that an archive's entries have, by path; values in hex. */
async function attributesIn(archive: string): Promise<Record<string, Record<string, string>>> {
  const found: Record<string, Record<string, string>> = {};
  for await (const { path, pax } of readTar(createReadStream(archive), archive)) {
    const values = [...pax].map(([key, value]) => [
      key.replace('SCHILY.xattr.', ''),
      Buffer.from(value).toString('hex'),
    ]);
    found[path] = Object.fromEntries(values.sort());
  }
  return found;
}

/** What Linux has stored, by getfattr(1). */
async function stored(path: string): Promise<Record<string, string>> {
  const lines = (await run('getfattr', '-d', '-m', '-', '-e', 'hex', path)).split('\n');
  const pairs = lines.flatMap((line) => /^([^#=]+)=(?:0x)?(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const values: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) values[pairs[at] ?? ''] = pairs[at + 1] ?? '';
  delete values['security.selinux'];
  return values;
}

describe('extended attributes and access control lists', withAttributes, () => {
  beforeAll(async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/file'), '');
    mkdirSync(join(folder, 'src/dir'));
    await run('setfattr', '-n', 'user.text', '-v', 'text', 'src/file');
    await run('setfattr', '-n', 'user.bytes', '-v', '0x00ff0a3d', 'src/file');
    await run('setfattr', '-n', 'user.größe', '-v', 'x', 'src/file');
    await run('setfattr', '-n', 'user.empty', 'src/file');
    await run('setfacl', '-m', 'u:1234:rw-,g:77:r--', 'src/file');
    await run('setfacl', '-m', 'd:u:1234:rwx', 'src/dir');
  });

  test.each<[string, string, string[]]>([
    ['GNU tar', 'tar', ['--format=posix', '--xattrs', '--acls', '--numeric-owner']],
    ['bsdtar', 'bsdtar', ['--format=pax', '--xattrs', '--acls', '--numeric-owner']],
    ['bsdtar, with names', 'bsdtar', ['--format=pax', '--xattrs', '--acls']],
  ])('%s: they are what Linux has stored', async (what, program, args) => {
    const archive = join(folder, `${what}.tar`);
    await run(program, ...args, '-cf', archive, 'src');
    const found = await attributesIn(archive);
    expect(found['src/file']).toEqual(await stored('src/file'));
    expect(found['src/dir']).toEqual(await stored('src/dir'));
  });

  test('flags of bsdtar are no attributes', async () => {
    await run('bsdtar', '--format=pax', '--fflags', '-cf', 'flags.tar', 'src/dir');
    expect((await attributesIn(join(folder, 'flags.tar')))['src/dir']).not.toHaveProperty('SCHILY.fflags');
  });
});
