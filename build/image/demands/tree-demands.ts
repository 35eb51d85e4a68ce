import { confinedCommand } from '../../../lib/process/confined-command.ts';
import type { KeyPath } from '../../manifest/check.ts';
import { probeOf } from '../../spec/runtime.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { containerPlaces } from '../entries/container-places.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import type { ContainerFiles } from './container-files.ts';
import { type ProgramCall, whyNotExecuted } from './program.ts';

/** What the kernel of the machine executes. */
export type Machine = Pick<ProgramCall, 'arch' | 'anyFormat'>;

/** Where in the entry, what, and a way out. */
export type TreeRefusal = readonly [path: KeyPath, message: string, hint?: string | undefined];

type Bundle = Pick<PlannedBundle, 'ref' | 'spec' | 'runtime' | 'effective'>;

/** Files that kit adds where an image lacks them (mountPointEntries). */
const addedFiles: ReadonlySet<string> = new Set(['/etc/hosts', '/etc/resolv.conf', '/etc/mtab']);

/** What a container needs of its image's files. */
export function imageDemands(bundle: Bundle, files: ContainerFiles, machine: Machine): TreeRefusal[] {
  return [
    ...ofWorkingFolder(bundle, files),
    ...ofPrograms(bundle, files, machine),
    ...ofMountPoints(bundle, files),
  ];
}

function ofWorkingFolder({ ref, spec }: Bundle, files: ContainerFiles): TreeRefusal[] {
  const { cwd } = spec.process;
  for (const path of [...parents(cwd), cwd]) {
    const found = files.at(path);
    if (found === 'unknown' || found === undefined) return [];
    if (found.type !== 'directory')
      return [[['cwd'], `the working folder "${cwd}" cannot be: "${path}" is a file of image "${ref.text}"`]];
  }
  return [];
}

/** `/a/b/c` → `/a`, `/a/b`. */
const parents = (path: string): string[] => {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
};

function ofPrograms(
  { ref, spec, effective }: Bundle,
  files: ContainerFiles,
  machine: Machine,
): TreeRefusal[] {
  const { args, cwd, env = [] } = spec.process;
  const programs: (readonly [path: KeyPath, program: string | undefined, hint?: string])[] = [
    [['command', 0], confinedCommand(args).command[0]],
    // The manifest's, or the HEALTHCHECK of an image that lacks the program.
    [['ready', 'exec', 0], probeOf(effective)?.exec?.[0], 'without a probe: ready: none'],
  ];
  return programs.flatMap(([path, program, hint]): TreeRefusal[] => {
    if (program === undefined) return [];
    const why = whyNotExecuted({ program, cwd, env, ...machine }, files);
    return why === undefined ? [] : [[path, `"${program}" of image "${ref.text}" ${why}`, hint]];
  });
}

/** A folder is mounted on a folder, a file on a file. */
function ofMountPoints(bundle: Bundle, files: ContainerFiles): TreeRefusal[] {
  return containerPlaces(bundle).mounts.flatMap(({ destination, isBind }): TreeRefusal[] => {
    if (isBind || destination.includes('/../')) return [];
    const found = files.at(destination);
    const isFile = addedFiles.has(destination) || (typeof found === 'object' && found.type !== 'directory');
    return isFile
      ? [[placeOf(bundle, destination), `no file system can be mounted on "${destination}": it is a file`]]
      : [];
  });
}

/** The item of the entry that has a mount on this path. */
function placeOf({ effective: { tmpfs, binds, mounts } }: Bundle, destination: string): KeyPath {
  const places = {
    tmpfs: tmpfs.findIndex((text) => text.split(':')[0] === destination),
    binds: binds.findIndex((text) => text.split(':')[1] === destination),
    mounts: mounts.findIndex((mount) => mount.destination === destination),
  };
  const [found] = Object.entries(places).filter(([, at]) => at >= 0);
  return found ?? [];
}

/** Folders of the machine that are made at every boot, and those on file systems that are mounted there. */
const machineFolders: ReadonlySet<string> = new Set([
  ...['containers', 'dev', 'etc', 'mnt', 'proc', 'run', 'sys', 'var', 'root', 'tmp', 'lib', 'usr'],
]);

/**
 * What a container needs of the machine's own files: its root file system is read-only, so what is not there
 * at the boot never is. @param guest the machine's root file system, with `files:`
 */
export function machineDemands(bundle: Bundle, guest: Tree): TreeRefusal[] {
  const tops = new Set([...machineFolders, ...[...guest.keys()].map((path) => path.split('/')[0] ?? '')]);
  const isMissing = (path: string): boolean => {
    const [top = ''] = resolveIn(guest, path).split('/');
    return path.startsWith('/') && top !== '' && !tops.has(top);
  };
  const { spec, effective } = bundle;
  const why = (path: string): string =>
    `there is no "${path}" in the machine, whose root file system is read-only`;
  const hint = (path: string): string => `make the folder with files: [{path: ${path}, directory: true}]`;
  const binds = spec.mounts
    .filter(({ type, source }) => type === 'bind' && isMissing(source))
    .map(({ source, destination }): TreeRefusal => [placeOf(bundle, destination), why(source), hint(source)]);
  const folders = effective.runtime.mkdir.flatMap((path, at): TreeRefusal[] =>
    isMissing(path) ? [[['runtime', 'mkdir', at], why(path), hint(path)]] : [],
  );
  return [...binds, ...folders];
}

const searched = ['usr/local/sbin', 'usr/local/bin', 'usr/sbin', 'usr/bin', 'sbin', 'bin'];

/** Whether the machine has a program in the folders of its PATH. */
export const hasProgram = (guest: Tree, name: string): boolean =>
  searched.some((folder) => guest.has(resolveIn(guest, `${folder}/${name}`)));
