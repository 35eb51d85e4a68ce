import { copyFile, lstat, mkdir, realpath } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { diskFullError } from '../../cache/space.ts';
import type { FetchedDebs } from '../../debian/locked-packages.ts';
import { isOfSource } from '../../debian/source.ts';
import { hostArch } from '../../host/arch.ts';
import { ProgramError } from '../../host/program.ts';
import type { Work } from '../../work.ts';
import type { BuildSource } from '../definition/source-fields.ts';
import { type Sandbox, sandboxOutput } from '../sandbox/sandbox.ts';
import { buildScript } from './build-script.ts';
import { failedBuild } from './failed-build.ts';
import { LastLines } from './last-lines.ts';
import { buildTools, sourceFiles } from './tools.ts';

/** What is built, and where its inputs are. */
export interface SourceBuild {
  /** Of the package, for people: `pkg/containerd-slim` */
  readonly shown: string;
  readonly source: BuildSource;
  /** The tools and the source package. */
  readonly fetched: FetchedDebs;
  /** Folder of the package's own files for the build, which are in /package; it may be missing. */
  readonly own: string;
  /** Where the sandbox has the folder of the build. */
  readonly folder: string;
}

/** A file that a build has made. */
export interface BuiltFile {
  /** In the image: `/usr/bin/containerd` */
  readonly path: string;
  /** On this machine. */
  readonly file: string;
  readonly size: number;
  readonly isProgram: boolean;
}

/**
 * Builds in an empty folder of the scratch folder, which the caller removes with all that the build left.
 * @throws KitError when a command fails, makes none of the files, or runs out of memory or disk
 */
export async function buildFromSource(build: SourceBuild, scratch: string, work: Work): Promise<BuiltFile[]> {
  const { shown, source, fetched } = build;
  const onHost = { ...work, arch: hostArch };
  const tools = await buildTools(`tools that build ${shown}`, fetched, onHost);
  const folder = join(scratch, 'build');
  makeFolder(folder);
  const sandbox: Sandbox = {
    ...{ tools, scratch, programs: alternatives },
    etc: {
      packages: fetched.packages
        .filter((one) => !isOfSource(one))
        .map(packageLine)
        .join(''),
    },
    mounts: [
      { from: folder, to: build.folder, writable: true },
      { from: await ownFolder(build.own, scratch), to: '/package', writable: false },
      { from: await archives(fetched, scratch), to: '/sources', writable: false },
    ],
  };
  await runCommands(build, sandbox, work);
  return Promise.all(
    Object.entries(source.files).map(([path, made]) => builtFile(path, made, folder, shown)),
  );
}

/** Names that Debian's update-alternatives gives when packages are installed. */
const alternatives = {
  awk: '#!/bin/sh\nexec /usr/bin/mawk "$@"\n',
  cc: '#!/bin/sh\nexec /usr/bin/gcc "$@"\n',
  'c++': '#!/bin/sh\nexec /usr/bin/g++ "$@"\n',
} as const;

const packageLine = ({ name, version }: FetchedDebs['packages'][number]): string => `${name} ${version}\n`;

async function ownFolder(own: string, scratch: string): Promise<string> {
  if ((await lstat(own).catch(() => undefined))?.isDirectory()) return own;
  const empty = join(scratch, 'package');
  await mkdir(empty);
  return empty;
}

/** The source package's files by their own names; in the cache they are named by their hashes. */
async function archives(fetched: FetchedDebs, scratch: string): Promise<string> {
  const folder = join(scratch, 'sources');
  await mkdir(folder);
  for (const [name, file] of sourceFiles(fetched)) await copyFile(file, join(folder, name));
  return folder;
}

async function runCommands(build: SourceBuild, sandbox: Sandbox, work: Work): Promise<void> {
  const { shown, source, folder } = build;
  const { memoryKiB, debian, run } = source;
  const hasSource = debian.sourcePackage !== undefined;
  const settings = { arch: work.arch, jobs: jobs(), folder, memoryKiB, hasSource };
  const script = buildScript(run, settings);
  await work.progress.task(`Compile ${shown}`, async (note) => {
    const lines = new LastLines((line) => note(line.slice(0, 60)));
    const beat = setInterval(() => work.progress.line(stillAt(shown, lines.last())), beatMs);
    try {
      for await (const piece of sandboxOutput(script, sandbox, work)) lines.add(piece);
    } catch (thrown) {
      if (!(thrown instanceof ProgramError)) throw thrown;
      throw await diskFullError(failedBuild(build, lines.tail(), thrown), sandbox.scratch, sandbox.scratch);
    } finally {
      clearInterval(beat);
    }
  });
}

/** Where no terminal shows what runs, a build of a quarter of an hour says now and then that it goes on. */
const beatMs = 120_000;

const stillAt = (shown: string, line: string): string =>
  `Still compiling ${shown}: ${stripVTControlCharacters(line).slice(0, 80)}`;

/** A compiler takes up to a gigabyte. */
const jobs = (): number => Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / (1 << 30))));

/** Follows no link: the commands are other people's code, and the file becomes part of an image. */
async function builtFile(path: string, made: string, folder: string, shown: string): Promise<BuiltFile> {
  const file = join(folder, made);
  const parent = await realpath(dirname(file)).catch(() => '');
  const root = await realpath(folder);
  const stats = await lstat(file).catch(() => undefined);
  const isWithin = parent === root || parent.startsWith(`${root}/`);
  if (!stats?.isFile() || !isWithin) {
    throw new KitError(`Cannot build package "${shown}": its commands have made no file "${made}"`, {
      hint: `"files" in build.yml names it for "${basename(path)}"; it is relative to the folder of the build`,
    });
  }
  return { path, file, size: stats.size, isProgram: (stats.mode & 0o100) !== 0 };
}
