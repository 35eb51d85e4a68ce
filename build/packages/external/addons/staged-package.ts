import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError, reasonOf } from '../../../../lib/errors/errors.ts';
import type { Platforms } from '../lock/graph.ts';

/** A package in the staging folder. */
export interface StagedPackage {
  /** Of the packages, relative to the staging folder: `node_modules/a/node_modules/b`. */
  readonly location: string;
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Only optional dependencies lead to it. */
  readonly isOptional: boolean;
  /** It is named under `external`. */
  readonly isNamed: boolean;
  readonly manifest: PackageJson;
}

/** A package.json, of which nothing is known: old packages have lists where npm now wants maps. */
export type PackageJson = Readonly<Record<string, unknown>>;

/** Bytes. */
const packageJsonLimit = 4 << 20;

export function readManifest(folder: string, name: string): PackageJson {
  const file = join(folder, 'package.json');
  const wrong = (why: string): KitError =>
    new KitError(`Cannot use npm package "${name}": its package.json ${why}`);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  // A package may bring a link in its place.
  if (!stats?.isFile()) throw wrong('is not there');
  if (stats.size > packageJsonLimit) throw wrong(`has ${stats.size} bytes`);
  try {
    return mapOf(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch (thrown) {
    throw wrong(`is not JSON: ${reasonOf(thrown)}`);
  }
}

/** The value if it is a map, else an empty one. */
function mapOf(value: unknown): PackageJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** `engines.node` */
export function nodeRange({ engines }: PackageJson): string | undefined {
  const { node } = mapOf(engines);
  return typeof node === 'string' ? node : undefined;
}

/** `os`, `cpu` and `libc`: a list, or one name. */
export function manifestPlatforms({ os, cpu, libc }: PackageJson): Platforms {
  const list = (value: unknown): string[] =>
    [value].flat().filter((each): each is string => typeof each === 'string');
  return { os: list(os), cpu: list(cpu), libc: list(libc) };
}

/** Files of a package, relative to its folder and sorted, without those of packages below it. */
export function filesOf(folder: string, below = ''): string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(folder, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** The scripts that npm runs after it has unpacked a package, in order: name and command. */
export function installScripts({ folder, manifest }: StagedPackage): (readonly [string, string])[] {
  const scripts = mapOf(manifest.scripts);
  const command = (name: string): string | undefined => {
    const script = scripts[name];
    return typeof script === 'string' && script.trim() !== '' ? script : undefined;
  };
  const isGyp = hasBindingGyp(folder, manifest) && !command('install') && !command('preinstall');
  const commands = ['preinstall', 'install', 'postinstall'].map(
    (name) => [name, name === 'install' && isGyp ? 'node-gyp rebuild' : command(name)] as const,
  );
  return commands.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
}

/** Whether npm compiles the package by itself. */
function hasBindingGyp(folder: string, { gypfile }: PackageJson): boolean {
  return gypfile !== false && hasGypFile(folder);
}

/** Whether the package can be compiled by node-gyp. */
export function hasGypFile(folder: string): boolean {
  return lstatSync(join(folder, 'binding.gyp'), { throwIfNoEntry: false })?.isFile() === true;
}
