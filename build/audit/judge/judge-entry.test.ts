import { expect, test } from 'vitest';
import type { ProbeResult } from '../../../lib/audit/probe-line.ts';
import type { AuditedEntry } from '../../promises/audited-entry.ts';
import { promises } from '../../promises/promises.ts';
import type { SourceName } from '../../spec/effective-entry.ts';
import { judgeEntry } from './judge-entry.ts';
import { parseNamespaces } from './namespaces.ts';

const place = { file: 'web.yml', line: 3, column: 5 };
const machine = parseNamespaces('user:1 pid:2 ipc:3 uts:4 cgroup:5 net:6 uids:0+4294967295');

function entryWith(field: string, source: SourceName, part: object = {}): AuditedEntry {
  return {
    ...{ section: 'services', name: 'web', ref: 'pkg/web', place: () => place },
    origins: new Map([[field, [{ source, path: [field] }]]]),
    config: {
      process: { capabilities: {} },
      root: { path: 'rootfs' },
      mounts: [],
      linux: { namespaces: [], resources: {} },
      ...part,
    } as unknown as AuditedEntry['config'],
    runtime: {} as AuditedEntry['runtime'],
  };
}

function judged(entry: AuditedEntry, result: ProbeResult, promise = result.id) {
  const report = { results: [result], complete: true, messages: [] };
  const others = new Map([
    ['database', parseNamespaces('user:9 uids:500+100')],
    // In the namespace of the machine.
    ['dhcp', parseNamespaces('user:1 uids:0+4294967295')],
  ]);
  const scope = { machine, others };
  const findings = judgeEntry(
    entry,
    report,
    promises.filter(({ id }) => id === promise),
    scope,
  );
  const { outcome, detail, grants } = findings[0] ?? {};
  return { outcome, detail, grants };
}

const raw = { id: 'raw-socket', outcome: 'succeeded', detail: 'opened' } as const;
const filter = { id: 'seccomp-filter', outcome: 'succeeded', detail: 'Seccomp is 0' } as const;
const withRaw = { process: { capabilities: { effective: ['CAP_NET_RAW'] } } };

test('an attack that succeeds breaks its promise, unless the entry asked for what makes it succeed', () => {
  expect(judged(entryWith('x', 'manifest'), raw)).toMatchObject({ outcome: 'broken', detail: 'opened' });
  const grant = { field: 'capabilities', value: 'CAP_NET_RAW' };
  expect(judged(entryWith('capabilities', 'manifest', withRaw), raw)).toMatchObject({
    outcome: 'granted',
    grants: [{ ...grant, by: 'manifest', place }],
  });
  expect(judged(entryWith('capabilities', 'label', withRaw), raw).grants).toEqual([
    { ...grant, by: 'label of pkg/web' },
  ]);
});

test('a default grants nothing', () => {
  expect(judged(entryWith('seccomp', 'LinuxKit'), filter).outcome).toBe('broken');
  expect(judged(entryWith('seccomp', 'manifest'), filter).outcome).toBe('granted');
});

test('an image without its manifest shows what it grants, but not who switched a defence off', () => {
  const { origins: _, ...found } = entryWith('x', 'manifest', withRaw);
  expect(judged(found, raw).grants).toEqual([
    { field: 'capabilities', value: 'CAP_NET_RAW', by: "the image's config.json" },
  ]);
  expect(judged(found, filter).outcome).toBe('broken');
});

test('what the probe has not tried is not kept', () => {
  expect(judged(entryWith('x', 'manifest'), raw, 'seccomp-filter').outcome).toBe('unknown');
  expect(judged(entryWith('x', 'manifest'), { ...raw, outcome: 'unknown' }).outcome).toBe('unknown');
});

test('a capability that nobody asked for breaks the promise, whatever else was granted', () => {
  const held = (detail: string) => ({ id: 'capabilities', outcome: 'succeeded', detail }) as const;
  const entry = entryWith('capabilities', 'manifest', withRaw);
  expect(judged(entry, held('0000000000002000'))).toMatchObject({
    outcome: 'granted',
    detail: 'CAP_NET_RAW',
  });
  expect(judged(entry, held('0000000000202000'))).toMatchObject({
    outcome: 'broken',
    detail: 'CAP_SYS_ADMIN',
  });
  expect(judged(entry, { ...held(''), outcome: 'refused' }).outcome).toBe('kept');
});

test.each([
  ['user-namespace', 'user:1 pid:7 ipc:7 uts:7 cgroup:7 uids:0+4294967295', 'broken'],
  ['user-namespace', 'user:7 pid:7 ipc:7 uts:7 cgroup:7 uids:1000+100', 'kept'],
  ['own-ids', 'user:7 uids:1000+100', 'kept'],
  ['own-ids', 'user:7 uids:599+100', 'broken'],
  ['own-namespaces', 'user:7 pid:7 ipc:3 uts:7 cgroup:7', 'broken'],
  ['own-namespaces', 'user:7 pid:7 ipc:7 uts:7 cgroup:7', 'kept'],
])('%s with %s is %s', (promise, detail, outcome) => {
  const facts = { id: 'namespaces', outcome: 'succeeded', detail } as const;
  expect(judged(entryWith('x', 'manifest'), facts, promise).outcome).toBe(outcome);
});

test('an entry that cannot have a user namespace is granted that of the machine, for what it asks for', () => {
  const facts = { id: 'namespaces', outcome: 'succeeded', detail: 'user:1 uids:0+4294967295' } as const;
  const entry = entryWith('userns', 'kit');
  expect(judged(entry, facts, 'user-namespace').outcome).toBe('broken');
  const reason = 'capabilities: CAP_SYS_ADMIN';
  const needing = {
    ...entry,
    origins: new Map([['userns', [{ source: 'kit', path: ['userns'], reason }]]]),
  } as AuditedEntry;
  expect(judged(needing, facts, 'user-namespace')).toMatchObject({
    outcome: 'granted',
    grants: [{ field: 'userns', by: `since it has ${reason}` }],
  });
});
