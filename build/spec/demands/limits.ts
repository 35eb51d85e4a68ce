import { limitText, parseRlimit, type ResourceLimit } from '../oci/rlimits.ts';
import type { Refusal, Subject } from './demand.ts';

type Runtime = Subject['entry']['ociRuntime'];

/**
 * What the runtimes need themselves while they set a container up, since its limits apply to them by then:
 * measured with crun 1.21 and runc 1.1.15, with some room for what depends on the number of mounts.
 */
const needed: Readonly<Record<string, Readonly<Record<Runtime, bigint>>>> = {
  NOFILE: { crun: 32n, runc: 16n },
  FSIZE: { crun: 4096n, runc: 0n },
  AS: { crun: 16n << 20n, runc: 2n << 30n },
  DATA: { crun: 1n << 20n, runc: 128n << 20n },
  STACK: { crun: 16_384n, runc: 32_768n },
  CPU: { crun: 1n, runc: 1n },
};

/** `rlimits:`, setrlimit(2). */
export function limitDemands({ entry: { rlimits, ociRuntime }, openFiles }: Subject): Refusal[] {
  const limits = rlimits.map(parseRlimit);
  return limits.flatMap((limit, at): Refusal[] => {
    const { name, soft, hard } = limit;
    const why = (text: string, hint?: string): Refusal[] => [[['rlimits', at], text, hint]];
    const shown = name.toLowerCase();
    if (limits.findIndex((other) => other.name === name) < at) return why(`"${shown}" is limited twice`);
    if (soft > hard) {
      const [less, more] = [limitText(hard), limitText(soft)];
      return why(`the soft limit of "${shown}", ${more}, is above the hard limit, ${less}`);
    }
    return aboveKernel(limit, openFiles, why) ?? belowRuntime(limit, ociRuntime, why) ?? [];
  });
}

type Why = (text: string, hint?: string) => Refusal[];

function aboveKernel({ name, hard }: ResourceLimit, most: number, why: Why): Refusal[] | undefined {
  if (name !== 'NOFILE' || limitText(hard) === 'unlimited' || hard <= most) return undefined;
  return why(
    `a process cannot have ${hard} open files: the kernel allows ${most} (fs.nr_open)`,
    `unlimited, or raise it: kernel: {cmdline: "… sysctl.fs.nr_open=${hard}"}`,
  );
}

function belowRuntime({ name, soft }: ResourceLimit, runtime: Runtime, why: Why): Refusal[] | undefined {
  const least = needed[name]?.[runtime];
  if (least === undefined || soft >= least) return undefined;
  const other = runtime === 'crun' ? 'runc' : 'crun';
  const allowed = (needed[name]?.[other] ?? 0n) <= soft;
  return why(
    `"${name.toLowerCase()}" of ${soft} is too little: ${runtime} itself needs ${least} to start a container`,
    `let the program lower it (sh -c "ulimit …")${allowed ? `, or ociRuntime: ${other}` : ''}`,
  );
}
