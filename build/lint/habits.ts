import { entryRule, type Rule } from './rule.ts';

/** What makes a service behave when something goes wrong. What its package already says is not asked for again. */
export const habitRules: readonly Rule[] = [
  entryRule(
    {
      name: 'no-memory-limit',
      why: 'when it grows, the kernel kills whatever is largest, which may be another service',
      instead: 'resources: {memory: {limit: 134217728}}',
    },
    ({ section, settled, isOurs }) =>
      section === 'services' && !isOurs && settled.resources?.memory?.limit === undefined
        ? { what: 'may take all memory' }
        : undefined,
  ),
  entryRule(
    {
      name: 'writable-root',
      why: 'what is written there takes memory, is gone after the next boot, and may be a program',
      instead: 'readonly: true, and a tmpfs or a volume where it writes: tmpfs: [/tmp]',
    },
    ({ section, settled, isOurs }) =>
      section === 'services' && !isOurs && !settled.readonly
        ? { what: 'can write to its root file system' }
        : undefined,
  ),
  entryRule(
    {
      name: 'no-ready',
      why: 'those that wait for it start as soon as it runs, before it can answer',
      instead: 'ready: {tcp: 80}',
    },
    ({ section, value: { name }, settled }, { entries }) => {
      const waiting = entries.find((other) => other.settled.after?.includes(name));
      if (section !== 'services' || settled.ready || !waiting) return undefined;
      return { what: `does not say when it is ready, and "${waiting.value.name}" waits for it` };
    },
  ),
  entryRule(
    {
      name: 'hostname-without-uts',
      why: 'a host name needs a UTS namespace of its own: the container will not start',
      instead: 'uts: new',
    },
    ({ value: { hostname }, settled: { uts = '' } }) =>
      hostname && ['', 'host', 'root'].includes(uts)
        ? { path: ['hostname'], what: 'has a host name, but not of its own' }
        : undefined,
  ),
  entryRule(
    {
      name: 'no-effect',
      why: 'only version 1 of control groups knows it, and the machine has version 2',
      instead: 'leave it out',
    },
    ({ value: { resources } }) => {
      const memory = ['kernel', 'kernelTCP', 'swappiness', 'disableOOMKiller'] as const;
      const key = memory.find((name) => resources?.memory?.[name] !== undefined);
      if (key) return { path: ['resources', 'memory', key], what: `sets memory.${key}` };
      return resources?.network
        ? { path: ['resources', 'network'], what: 'sets resources.network' }
        : undefined;
    },
  ),
];
