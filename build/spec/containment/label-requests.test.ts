import { describe, expect, test } from 'vitest';
import { entryDefaults } from '../../manifest/fields.ts';
import type { EntryDefaults } from '../../manifest/types.ts';
import { registryRef } from '../../reference/image-ref.ts';
import { bundleSpec } from '../bundle.ts';
import { type Fields, imageX, linuxkit, scope } from '../testing.ts';
import { harmlessFields, judgedFields } from './label-requests.ts';
import { maskedPaths } from './paths.ts';

const foreign = { ...scope, foreign: true };

/** The spec, or the error, of an entry whose foreign image has these labels. */
function outcome(label: object, fields: Fields & { trustLabel?: boolean } = {}, at = foreign): unknown {
  const Labels = { 'org.mobyproject.config': JSON.stringify(label) };
  try {
    return bundleSpec({ name: 'web', image: registryRef('x/y'), ...fields }, { Cmd: ['c'], Labels }, at).spec;
  } catch (thrown) {
    return String((thrown as Error).message);
  }
}

/** What the published image of the issue asked for. */
const greedy = {
  capabilities: ['all'],
  net: 'host',
  pid: 'host',
  ipc: 'host',
  binds: ['/:/hostroot'],
  devices: [{ path: 'all', type: 'a' }],
  rootfsPropagation: 'rslave',
} satisfies EntryDefaults;

test('an image from a registry cannot grant itself all capabilities, / and the devices of the machine', () => {
  expect(outcome(greedy)).toBe(
    'the label of "x/y" asks for capabilities all; pid host; ipc host; binds /:/hostroot; ' +
      'devices {"path":"all","type":"a"}; rootfsPropagation rslave',
  );
});

test('the manifest grants it, by trusting the label or by its own keys', () => {
  const granted = { ...greedy, net: 'root' };
  expect(outcome(greedy, { trustLabel: true })).toEqual(outcome({}, granted, scope));
  expect(outcome(greedy, granted)).toEqual(outcome({}, granted, scope));
  expect(outcome(greedy, { ...granted, binds: [] })).toEqual(outcome({}, { ...granted, binds: [] }, scope));
  const { binds: _, ...others } = granted;
  expect(outcome(greedy, others)).toBe('the label of "x/y" asks for binds /:/hostroot');
  // Adding to the label's binds is not granting them.
  expect(outcome(greedy, { ...others, 'binds.add': ['/a:/a'] })).toContain('binds /:/hostroot');
});

test("a package is trusted, and LinuxKit's init trusts every label", () => {
  expect(outcome(greedy, {}, scope)).toBeTypeOf('object');
  expect(outcome(greedy, {}, { ...linuxkit, foreign: true })).toBeTypeOf('object');
});

describe('more than the default', () => {
  test.each<[object]>([
    [{ capabilities: ['CAP_NET_ADMIN'] }],
    [{ ambient: ['CAP_NET_RAW'] }],
    [{ mounts: [{ type: 'bind', source: '/', destination: '/m' }] }],
    [{ net: '/proc/1/ns/net' }],
    [{ uts: 'root' }],
    [{ userns: 'host' }],
    [{ maskedPaths: [] }],
    [{ maskedPaths: maskedPaths.slice(1) }],
    [{ readonlyPaths: [] }],
    [{ noNewPrivileges: false }],
    [{ seccomp: 'unconfined' }],
    [{ oomScoreAdj: -1000 }],
    [{ cgroupsPath: '/init' }],
    [{ resources: { pids: { limit: -1 } } }],
    [{ resources: { memory: { limit: 2 ** 40 } } }],
    [{ resources: { devices: [{ allow: true, access: 'rwm' }] } }],
    [{ rlimits: ['nofile,1024,unlimited'] }],
    [{ rlimits: ['RLIMIT_MEMLOCK,1,1'] }],
    [{ sysctl: { 'net.ipv4.ip_forward': '1' } }],
    [{ uidMappings: [{ hostID: 0, containerID: 0, size: 1 }] }],
    [{ annotations: { 'run.oci.keep_original_groups': '1' } }],
    [{ onFailure: 'shell' }],
    [{ onFailure: 'reboot' }],
    [{ runtime: { mkdir: ['/etc'] } }],
    [{ runtime: { mounts: [{ type: 'tmpfs', source: 'tmpfs', destination: '/etc' }] } }],
    [{ runtime: { bindNS: { net: '/run/netns' } } }],
    [{ runtime: { namespace: 'other' } }],
    [{ runtime: { interfaces: [{ name: 'eth0' }] } }],
  ])('%j', (label) => expect(outcome(label)).toMatch(/^the label of "x\/y" asks for /));
});

describe('no more than the default', () => {
  test.each<[object]>([
    [{ capabilities: [] }],
    [{ capabilities: ['none'] }],
    [{ command: ['/x'], env: ['A=1'], cwd: '/', readonly: true, uid: 5, tmpfs: ['/tmp'] }],
    [{ net: 'new', ipc: 'new', pid: 'new' }],
    [{ net: 'host' }],
    [{ maskedPaths: [...maskedPaths, '/x'] }],
    [{ resources: { memory: { limit: 67_108_864 }, pids: { limit: 10 } } }],
    [{ rlimits: ['nofile,64,64', 'core,0,0'] }],
    [{ annotations: { 'org.example.owner': 'x' } }],
    [{ runtime: { mkdir: [], bindNS: { net: '' } } }],
    [{ 'capabilities.add': ['CAP_SYS_ADMIN'] }],
    [{ restart: 'no', ready: { tcp: 80 }, onFailure: 'continue' }],
  ])('%j', (label) => expect(outcome(label)).toBeTypeOf('object'));
});

test('every field is judged, or said to be harmless', () => {
  const runtime = Object.keys(entryDefaults.runtime.kind.fields).flatMap((key) =>
    key === 'bindNS'
      ? Object.keys(entryDefaults.runtime.kind.fields.bindNS.kind.fields).map(
          (name) => `runtime.bindNS.${name}`,
        )
      : [`runtime.${key}`],
  );
  const fields = [...Object.keys(entryDefaults).filter((key) => key !== 'runtime'), ...runtime];
  expect([...judgedFields, ...harmlessFields].sort()).toEqual(fields.sort());
});

test("the label of kit's own kind is judged too, and the one that counts", () => {
  const Labels = { 'io.kit.config': '{"pid":"new"}', 'org.mobyproject.config': '{"pid":"host"}' };
  expect(() => bundleSpec({ name: 'web', image: imageX }, { Cmd: ['c'], Labels }, foreign)).not.toThrow();
});
