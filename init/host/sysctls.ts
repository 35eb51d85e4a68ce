import type { StepContext } from '../steps.ts';
import { isForProduction } from './production.ts';
import { readSysctlFiles } from './sysctl-files.ts';
import { sysctlTable } from './sysctl-table.ts';

/**
 * Sets the kernel settings of the table, and over them those of /etc/sysctl.d in the image, so that an image
 * can override any. The remark names each that it has overridden, and those that the kernel refuses.
 */
export function setSysctls(context: StepContext): string | undefined {
  if (!context.system.ownsMachine()) return 'skipped in a container';
  const own = readSysctlFiles(context);
  const ofTable = tableFor(context);
  const remarks = [...ofTable, ...own].flatMap(({ path, value, quiet }) => {
    const problem = set(path, value, context);
    return problem === undefined || quiet ? [] : [problem];
  });
  const overridden = own.flatMap(({ path, value, file }) => {
    const usual = ofTable.find((row) => row.path === path)?.value;
    return usual === undefined || usual === value
      ? []
      : [`${dotted(path)}=${value} by ${file}, not ${usual}`];
  });
  return [...overridden, ...remarks].join(', ') || undefined;
}

/** Sets again those of the network: those of a protocol appear when its module is loaded. */
export function setLateSysctls(context: StepContext): void {
  if (!context.system.ownsMachine()) return;
  for (const { path, value } of [...tableFor(context), ...readSysctlFiles(context)])
    if (path.startsWith('net/ipv6/')) set(path, value, context);
}

interface Row {
  readonly path: string;
  readonly value: string;
  readonly quiet: boolean;
}

/** A kernel that lacks a setting of the table lacks what it protects. */
function tableFor(context: StepContext): Row[] {
  const production = isForProduction(context);
  return sysctlTable.flatMap(({ path, value: usual, production: strict }) => {
    const value = (production ? strict : undefined) ?? usual;
    const known = context.system.files.has(`/proc/sys/${path}`);
    return value === undefined || !known ? [] : [{ path, value, quiet: false }];
  });
}

/** The problem, if the kernel refuses: then the others are still set. */
function set(path: string, value: string, { system: { files } }: StepContext): string | undefined {
  try {
    files.write(`/proc/sys/${path}`, value);
    return undefined;
  } catch {
    return `${dotted(path)} could not be set`;
  }
}

const dotted = (path: string): string => path.replaceAll('/', '.');
