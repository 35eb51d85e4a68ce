import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../../../lib/errors/errors.ts';
import { ProgramError } from '../../../host/program.ts';
import type { Work } from '../../../work.ts';
import { runSandboxed, type Sandbox } from '../../sandbox/sandbox.ts';
import type { Guest } from '../addons/guest.ts';
import { filesOf, installScripts, type StagedPackage } from '../addons/staged-package.ts';
import { scriptText } from './script-text.ts';
import { type Toolchain, toolchain } from './toolchain.ts';

/** The part of `ExternalPlan` that is needed here. */
interface BuildPlan {
  readonly guest: Guest;
  /** Names of the packages whose install scripts run. */
  readonly built: ReadonlySet<string>;
}

/**
 * Runs the install scripts of the packages for which build.yml says so, in a sandbox, the deepest packages
 * first. What they leave in `build/` besides addons and libraries is removed.
 * @returns names of the packages that were built
 */
export async function buildPackages(
  packages: readonly StagedPackage[],
  { guest, built }: BuildPlan,
  staging: string,
  work: Work,
): Promise<ReadonlySet<string>> {
  if (built.size === 0) return built;
  const chosen = packages.filter(({ name }) => built.has(name));
  refuseNothingToBuild(chosen, built);
  const tools = await toolchain(work);
  for (const one of chosen) {
    await work.progress.task(`Compile ${one.name} ${one.version}`, () =>
      work.cache.scratch((scratch) => build(one, guest, tools, staging, scratch, work)),
    );
  }
  return built;
}

function refuseNothingToBuild(chosen: readonly StagedPackage[], built: ReadonlySet<string>): void {
  for (const name of built) {
    const own = chosen.filter((one) => one.name === name);
    const why =
      own.length === 0
        ? 'no external package depends on it'
        : own.every((one) => installScripts(one).length === 0)
          ? 'it has no install script'
          : undefined;
    if (why)
      throw new KitError(`Cannot build npm package "${name}": ${why}`, { hint: 'remove it from "build"' });
  }
}

async function build(
  one: StagedPackage,
  guest: Guest,
  tools: Toolchain,
  staging: string,
  scratch: string,
  work: Work,
): Promise<void> {
  const before = new Set(filesOf(one.folder));
  for (const [name, command] of installScripts(one)) {
    const script = scriptText(one, name, command, { arch: guest.arch, prefix: tools.prefix });
    await runSandboxed(script, sandboxOf(tools, staging, scratch), work).catch((thrown: unknown) => {
      throw thrown instanceof ProgramError ? failed(one, name, command, thrown) : thrown;
    });
  }
  for (const path of filesOf(one.folder)) {
    const isLeftover =
      path.startsWith('build/') && !before.has(path) && !/\.node$|\.so(?:\.\d+)*$/.test(path);
    if (isLeftover) rmSync(join(one.folder, path));
  }
}

const sandboxOf = ({ tools, node, gyp }: Toolchain, build: string, scratch: string): Sandbox => ({
  ...{ tools, scratch },
  mounts: [
    { from: node, to: '/opt/node', writable: false },
    { from: gyp, to: '/opt/gyp', writable: false },
    { from: build, to: '/build', writable: true },
  ],
  // Files of the cache are not executable.
  programs: {
    'node-gyp': '#!/bin/sh\nexec /opt/node/bin/node /opt/gyp/node_modules/node-gyp/bin/node-gyp.js "$@"\n',
  },
});

function failed(one: StagedPackage, script: string, command: string, cause: ProgramError): KitError {
  const output = `${cause.stdout}\n${cause.stderr}`.split('\n').filter((line) => line.trim() !== '');
  const text = output.join('\n');
  // Those that look for a prebuilt file first compile when they get none.
  const wantsNetwork = /ENOTFOUND|EAI_AGAIN|ENETUNREACH|getaddrinfo/.test(text) && !/gyp ERR/.test(text);
  const what = `Cannot build npm package "${one.name}" ${one.version}`;
  const message = `${what}: its script "${script}" (${command}) has ${cause.ending}`;
  return new KitError([message, ...tellingLines(output)].join('\n'), {
    cause,
    hint: wantsNetwork
      ? 'scripts of packages get no network: a version that brings its files along needs none'
      : 'scripts get a C++ compiler, make and Python of Debian 13 and the headers of Node, and no network',
  });
}

/** The first lines that name an error, and the last ones. */
function tellingLines(output: readonly string[]): string[] {
  const rest = Math.max(0, output.length - 6);
  const errors = output
    .slice(0, rest)
    .filter((line) => /\berror\b[:!]?/i.test(line) && !/^\s+at /.test(line));
  return [...errors.slice(0, 6), ...output.slice(rest)].map((line) => `  ${line.slice(0, 200)}`);
}
