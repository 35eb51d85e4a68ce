import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { sysctlTable } from './sysctl-table.ts';
import { setLateSysctls, setSysctls } from './sysctls.ts';

const production = { '/etc/kit/production': '' };
const kernel = Object.fromEntries(sysctlTable.map(({ path }) => [`/proc/sys/${path}`, 'default']));

const valuesAfter = (files: Record<string, string>, remark?: string): ((name: string) => unknown) => {
  const context = fakeContext({ ...kernel, ...files });
  expect(setSysctls(context)).toBe(remark);
  return (name) => context.disk.get(`/proc/sys/${name.replaceAll('.', '/')}`);
};

test('the kernel protects itself in every image', () => {
  const value = valuesAfter({});
  expect(
    ['kernel.kptr_restrict', 'kernel.unprivileged_bpf_disabled', 'fs.protected_fifos'].map(value),
  ).toEqual([...['1', '2', '2']]);
  expect(value('kernel.sysrq')).toBe('default');
});

test('in an image for production, more so: no SysRq, no debugger, and core dumps go to a program that keeps none', () => {
  const value = valuesAfter(production);
  expect(value('kernel.sysrq')).toBe('0');
  expect(value('kernel.yama.ptrace_scope')).toBe('3');
  expect(value('kernel.core_pattern')).toBe('|/bin/false');
  expect(value('kernel.unprivileged_bpf_disabled')).toBe('1');
});

test('a file of the image overrides the table, and the console names it', () => {
  const file = {
    '/etc/sysctl.d/50-mine.conf': 'kernel.sysrq = 1\nnet.ipv4.ip_forward=1\nkernel.kptr_restrict=2\n',
  };
  const value = valuesAfter(
    { ...production, ...file },
    'kernel.sysrq=1 by /etc/sysctl.d/50-mine.conf, not 0',
  );
  expect(['kernel.sysrq', 'net.ipv4.ip_forward'].map(value)).toEqual(['1', '1']);
});

test('a setting that the kernel refuses is named, and the others are made; one it lacks is left alone', () => {
  const context = fakeContext({ ...kernel, '/etc/sysctl.d/a.conf': '-kernel.x=1\n' });
  context.disk.delete('/proc/sys/kernel/io_uring_disabled');
  const write = (path: string, text: string): void => {
    if (/kptr|kernel\/x/.test(path)) throw new Error('EPERM');
    context.disk.set(path, text);
  };
  const system = { ...context.system, files: { ...context.system.files, write } };
  expect(setSysctls({ ...context, system })).toBe('kernel.kptr_restrict could not be set');
  expect(context.disk.get('/proc/sys/kernel/dmesg_restrict')).toBe('1');
  expect(context.disk.has('/proc/sys/kernel/io_uring_disabled')).toBe(false);
});

test('settings of a protocol whose module is loaded later are made then', () => {
  const [early, late] = ['/proc/sys/kernel/dmesg_restrict', '/proc/sys/net/ipv6/conf/all/accept_redirects'];
  const context = fakeContext({ [early]: '0' });
  setSysctls(context);
  expect([...context.disk.values()]).toEqual(['1']);
  context.disk.set(late, '1').set(early, '0');
  setLateSysctls(context);
  expect([early, late].map((path) => context.disk.get(path))).toEqual(['0', '0']);
});

test('a container has the settings of its host', () => {
  const context = fakeContext(kernel);
  const contained = { ...context, system: { ...context.system, ownsMachine: () => false } };
  expect(setSysctls(contained)).toBe('skipped in a container');
  setLateSysctls(contained);
  expect(new Set(context.disk.values())).toEqual(new Set(['default']));
});
