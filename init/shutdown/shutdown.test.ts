import { expect, test } from 'vitest';
import type { InitContext } from '../context.ts';
import { EndRequests } from '../end-requests.ts';
import { fakeBundle } from '../testing/fake-bundle.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import { endMachine } from './shutdown.ts';

/** A context with a supervisor that stops all services at once. */
function runningMachine(): { fake: FakeContext; init: InitContext; requests: EndRequests } {
  const fake = fakeContext();
  const requests = new EndRequests();
  const waitFor = () => Promise.reject(new Error('nothing to wait for'));
  const supervisor = {
    go: () => {},
    taskFailed: () => {},
    async stop(limitMs: (service?: string) => number) {
      fake.calls.push(`stop services ${limitMs()} ${limitMs('web')}`);
      return undefined;
    },
    stopRestarting: () => void fake.calls.push('stop restarting the supervisor'),
  };
  return {
    fake,
    requests,
    init: {
      ...fake,
      requests,
      ending: requests.ending,
      waitFor,
      taskFailed: () => {},
      daemons: { supervisor },
      servicesSettled: Promise.withResolvers(),
    },
  };
}

test('services are stopped, other processes killed and disks unmounted, then the machine ends', async () => {
  const { fake, init } = runningMachine();
  fake.system.mount('root', '/', 'overlay', []);
  fake.system.mount('/dev/vda', '/var/data', 'ext4', []);
  fake.system.mount('overlay', '/containers/services/a/rootfs', 'overlay', []);
  fake.system.mount('/dev/loop0', '/run/layers/x', 'erofs', []);
  fake.bundles.push(fakeBundle({ section: 'services', name: 'web', stopTimeoutMs: 30_000 }));
  fake.calls.length = 0;
  fake.failing.set('unmount now /var/data', new Error('EBUSY'));
  await endMachine({ ending: 'poweroff', by: 'kit stop' }, init);
  expect(fake.calls).toEqual([
    'mark /run/resolvconf machine-ends',
    'stop services 15000 40000',
    'stop restarting the supervisor',
    'signal SIGTERM',
    'signal SIGCONT',
    'sync',
    'unmount now /containers/services/a/rootfs',
    'unmount now /var/data',
    'read-only /var/data',
    'sync',
    'reboot poweroff',
  ]);
  expect(fake.shown[0]).toBe('poweroff, requested by kit stop');
});

test('processes that ignore SIGTERM are killed, and the machine ends even if SIGKILL fails', async () => {
  const { fake, init } = runningMachine();
  fake.system.otherProcesses = () => {
    fake.now += 1000;
    return [7, 8, 9];
  };
  for (const [pid, name] of Object.entries({ 7: 'sleep', 8: 'containerd', 9: 'sleep' }))
    fake.disk.set(`/proc/${pid}/comm`, `${name}\n`);
  await endMachine({ ending: 'reboot', by: 'SIGTERM' }, init);
  expect(fake.calls).toContain('signal SIGKILL');
  expect(fake.shown).toContain(
    'stop the rest failed: SIGKILL does not end 2 sleep, containerd; continuing without it',
  );
  expect(fake.calls.at(-1)).toBe('reboot reboot');
});

test('a reboot starts the kernel that kexec has loaded, and the firmware if that fails', async () => {
  const { fake, init } = runningMachine();
  fake.disk.set('/sys/kernel/kexec_loaded', '1\n');
  fake.failing.set('reboot kexec', new Error('EINVAL'));
  await endMachine({ ending: 'reboot', by: 'kit reboot' }, init);
  expect(fake.calls.slice(-2)).toEqual(['reboot kexec', 'reboot reboot']);
  expect(fake.shown.at(-1)).toBe('cannot start the kernel that kexec has loaded: EINVAL');
  await endMachine({ ending: 'poweroff', by: 'kit stop' }, init);
  expect(fake.calls.at(-1)).toBe('reboot poweroff');
});

test('a second request cuts waiting short, and disks are still unmounted', async () => {
  const { fake, init, requests } = runningMachine();
  fake.system.mount('/dev/vda', '/var', 'ext4', []);
  const silent = { go: () => {}, taskFailed: () => {}, stopRestarting: () => {} };
  const supervisor = { ...silent, stop: () => new Promise<undefined>(() => {}) };
  requests.request({ ending: 'poweroff', by: 'kit stop' });
  const ended = endMachine({ ending: 'poweroff', by: 'kit stop' }, { ...init, daemons: { supervisor } });
  requests.request({ ending: 'poweroff', by: 'the power button' });
  await ended;
  expect(fake.shown).toContain('stop services failed: a second request cut it short; continuing without it');
  expect(fake.calls.slice(-3)).toEqual(['unmount now /var', 'sync', 'reboot poweroff']);
});
