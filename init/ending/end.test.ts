import { expect, test } from 'vitest';
import type { Init } from '../phases.ts';
import { type Fake, fakeMachine } from '../testing/fake-kernel.ts';
import { endMachine } from './end.ts';
import { EndRequests } from './end-requests.ts';

function machineToEnd(): { fake: Fake; init: Init; requests: EndRequests } {
  const fake = fakeMachine();
  const requests = new EndRequests();
  const waitFor = () => Promise.reject(new Error('nothing to wait for'));
  const supervisor = {
    go: () => {},
    async stop(limitMs: (service?: string) => number) {
      fake.did.push(`stop services ${limitMs()}`);
      return undefined;
    },
    release: () => void fake.did.push('release supervisor'),
  };
  return {
    fake,
    requests,
    init: {
      ...fake,
      requests,
      ending: requests.ending,
      waitFor,
      daemons: { supervisor },
      settled: Promise.withResolvers(),
    },
  };
}

test('services stop before the rest is killed, disks are taken off, then the machine ends', async () => {
  const { fake, init } = machineToEnd();
  fake.kernel.mount('root', '/', 'overlay', []);
  fake.kernel.mount('/dev/vda', '/var/data', 'ext4', []);
  fake.kernel.mount('overlay', '/containers/services/a/rootfs', 'overlay', []);
  fake.kernel.mount('/dev/loop0', '/run/layers/x', 'erofs', []);
  fake.did.length = 0;
  fake.failing.set('unmount now /var/data', new Error('EBUSY'));
  await endMachine({ ending: 'poweroff', by: 'kit stop' }, init);
  expect(fake.did).toEqual([
    'stop services 15000',
    'release supervisor',
    'signal SIGTERM',
    'signal SIGCONT',
    'sync',
    'unmount now /containers/services/a/rootfs',
    'unmount now /var/data',
    'read-only /var/data',
    'sync',
    'reboot poweroff',
  ]);
  expect(fake.shown[0]).toBe('poweroff, asked for by kit stop');
});

test('what does not heed SIGTERM is killed, and what cannot be killed does not stop the end', async () => {
  const { fake, init } = machineToEnd();
  fake.kernel.others = () => {
    fake.now += 1000;
    return [7, 8, 9];
  };
  for (const [pid, name] of Object.entries({ 7: 'sleep', 8: 'containerd', 9: 'sleep' }))
    fake.disk.set(`/proc/${pid}/comm`, `${name}\n`);
  await endMachine({ ending: 'reboot', by: 'SIGTERM' }, init);
  expect(fake.did).toContain('signal SIGKILL');
  expect(fake.shown).toContain(
    'stop the rest failed: SIGKILL does not end 2 sleep, containerd; going on without it',
  );
  expect(fake.did.at(-1)).toBe('reboot reboot');
});

test('in a hurry nothing is waited for, and the disks are taken off all the same', async () => {
  const { fake, init, requests } = machineToEnd();
  fake.kernel.mount('/dev/vda', '/var', 'ext4', []);
  const supervisor = { go: () => {}, stop: () => new Promise<undefined>(() => {}), release: () => {} };
  requests.ask({ ending: 'poweroff', by: 'kit stop' });
  const ended = endMachine({ ending: 'poweroff', by: 'kit stop' }, { ...init, daemons: { supervisor } });
  requests.ask({ ending: 'poweroff', by: 'the power button' });
  await ended;
  expect(fake.shown).toContain('stop services failed: there is a hurry; going on without it');
  expect(fake.did.slice(-3)).toEqual(['unmount now /var', 'sync', 'reboot poweroff']);
});

test('the first request decides, the second one hurries', async () => {
  const requests = new EndRequests();
  expect(requests.ending.aborted).toBe(false);
  requests.ask({ ending: 'halt', by: 'a' });
  expect([requests.ending.aborted, requests.hurry.aborted]).toEqual([true, false]);
  requests.ask({ ending: 'reboot', by: 'b' });
  expect(requests.hurry.aborted).toBe(true);
  expect(await requests.asked).toEqual({ ending: 'halt', by: 'a' });
});
