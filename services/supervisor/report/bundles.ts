import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mount, sections } from '../../../lib/bundle/bundle.ts';
import { type Bundle, readBundles } from '../../../lib/bundle/read.ts';
import { parseExactJson } from '../../../lib/json/exact-json.ts';

/**
 * The bundles of the image without possible secrets. Commands are reduced to the program, environments to the
 * names of variables, mounts to plain sources and options, limits to numbers. Fields that are not listed here
 * are left out.
 */
export function reportedBundles(containers: string): object[] {
  return sections.flatMap((section) => readBundles(section, containers).map(reportedBundle));
}

/** The fields of an OCI runtime spec that are reported. */
interface ReportedSpec {
  readonly process?: {
    readonly args?: readonly string[];
    readonly env?: readonly string[];
    readonly user?: { readonly uid?: number; readonly gid?: number };
    readonly capabilities?: { readonly bounding?: readonly string[] };
  };
  readonly root?: { readonly readonly?: boolean };
  readonly mounts?: readonly Mount[];
  readonly linux?: {
    readonly namespaces?: readonly { readonly type: string }[];
    readonly resources?: Readonly<Record<string, unknown>>;
  };
}

function reportedBundle({ name, section, dir, runtime }: Bundle): object {
  const { process, root, mounts = [], linux } = readReportedSpec(dir);
  const { ready, ...kit } = runtime.kit;
  return {
    name,
    section,
    program: process?.args?.[0],
    arguments: Math.max(0, (process?.args?.length ?? 0) - 1),
    environment: process?.env?.map((pair) => pair.replace(/=.*$/s, '')),
    user: process?.user && { uid: process.user.uid, gid: process.user.gid },
    capabilities: process?.capabilities?.bounding,
    readonly: root?.readonly === true,
    namespaces: linux?.namespaces?.map(({ type }) => type),
    limits: numbersOf(linux?.resources),
    mounts: [...mounts, ...runtime.mounts].map(reportedMount),
    supervision: {
      ...{
        restart: kit.restart,
        after: kit.after,
        stopSignal: kit.stopSignal,
        stopTimeoutMs: kit.stopTimeoutMs,
      },
      ...{ onFailure: kit.onFailure, timeoutMs: kit.timeoutMs, ociRuntime: kit.ociRuntime },
      ready: ready && { kind: Object.keys(ready)[0], port: ready.tcp ?? ready.http?.port },
    },
  };
}

/** The source of a network share may contain a password, and so may options other than plain words. */
function reportedMount({ destination, type, source, options }: Mount): object {
  const plain = /^\/(?!\/)[^@?]*$/.test(source) || /^[a-z0-9]{1,20}$/.test(source);
  return {
    destination,
    type,
    source: plain ? source : '…',
    options: (options ?? []).filter((option) => /^[a-z]+$/.test(option)),
  };
}

/** All numbers in an object, by path: `memory.limit: 67108864`. */
function numbersOf(value: unknown, path = ''): Record<string, number | bigint> {
  if (typeof value === 'number' || typeof value === 'bigint') return { [path]: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const below = Object.entries(value).map(([key, one]) =>
    numbersOf(one, path === '' ? key : `${path}.${key}`),
  );
  return Object.assign({}, ...below);
}

function readReportedSpec(dir: string): ReportedSpec {
  try {
    return parseExactJson(readFileSync(join(dir, 'config.json'), 'utf8'));
  } catch {
    // A missing or damaged file must not affect the rest of the report.
    return {};
  }
}
