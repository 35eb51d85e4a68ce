import { join } from 'node:path';
import { debianSource } from '../../debian/source.ts';
import { testWork } from '../../testing.ts';
import { runTool } from '../../tools/command.ts';
import { debianTree, type Tools, toolsTree } from '../../tools/tree.ts';

const work = testWork();

/** isoinfo: a second reader, which shares no code with xorriso. */
export function isoinfoTools(): Promise<Tools> {
  const source = debianSource({ packages: ['genisoimage'] });
  return debianTree('ISO tools of the tests', source, join(import.meta.dirname, 'testing.lock.json'), work);
}

/** One path of a volume as xorriso reads it. */
export interface Listed {
  /** `drwxr-xr-x` */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** Bytes, or `major,minor`. */
  readonly size: string;
  readonly target: string | undefined;
}

/** A volume's files as xorriso lists them, by path. @throws ProgramError when it finds anything wrong */
export async function listIso(iso: string): Promise<Map<string, Listed>> {
  const { stdout } = await xorriso(['-indev', iso, '-find', '/', '-exec', 'lsdl']);
  const row = /^(\S{10}) +\d+ (\d+) +(\d+) +(\S+) .{12} '(.*?)'(?: -> '(.*)')?$/s;
  const rows = stdout.split(/\n(?=[-dlcbp][-rwxsStT]{9} )/).map((line) => row.exec(line.replace(/\n$/, '')));
  return new Map(
    rows.flatMap((found) => {
      const [, mode = '', uid, gid, size = '', path = '', target] = found ?? [];
      return found
        ? [
            [
              unquoted(path),
              {
                mode,
                uid: Number(uid),
                gid: Number(gid),
                size,
                target: target === undefined ? undefined : unquoted(target),
              },
            ],
          ]
        : [];
    }),
  );
}

/** xorriso ends and begins its quotes around a quote: `'it'"'"'s'`. */
const unquoted = (text: string): string => text.replaceAll(`'"'"'`, "'");

/** Unpacks a volume as its owner; devices are left out without root. */
export async function unpackIso(iso: string, folder: string): Promise<void> {
  await xorriso(['-osirrox', 'on', '-indev', iso, '-extract', '/', folder]);
}

export async function xorriso(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return runTool(await toolsTree(work), 'xorriso', ['-abort_on', 'WARNING', ...args], work);
}
