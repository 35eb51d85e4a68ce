import { expect, test } from 'vitest';
import { makeResolvConf, nameHost, raiseLimits, startLoopback, takeFoundName } from './host/host.ts';
import { mountLayers, mountVolumes } from './host/layers.ts';
import { mountAll, openCgroups } from './host/mounts.ts';
import { runSteps, type Step } from './steps.ts';
import { fakeLink, fakeMachine } from './testing/fake-kernel.ts';
import { earlierTimes, showReady, writeTimeline } from './timeline.ts';

const step = (name: string, ifItFails: Step['ifItFails'], run: Step['run']): Step => ({
  name,
  ifItFails,
  run,
});

test('steps run in order, timed and shown; a failure that is not fatal is passed', async () => {
  const machine = fakeMachine();
  const times = await runSteps(
    [
      step('one', 'stop', () => undefined),
      step('two', 'go on', () => {
        throw new Error('no such device');
      }),
      step('three', 'go on', async () => '3 things'),
    ],
    machine,
  );
  expect(machine.shown).toEqual([
    'one 1 ms',
    'two failed: no such device; going on without it',
    'three 1 ms: 3 things',
  ]);
  expect(times.map(({ phase }) => phase)).toEqual(['one', 'two', 'three']);
});

test('a fatal failure names the step, and nothing runs after it', async () => {
  const machine = fakeMachine();
  const steps = [
    step('mounts', 'stop', () => {
      throw new Error('no /proc');
    }),
    step('later', 'go on', () => undefined),
  ];
  await expect(runSteps(steps, machine)).rejects.toThrow('Cannot boot: mounts failed: no /proc');
  expect(machine.shown).toEqual([]);
});

test('nothing runs once the machine is to end', async () => {
  const machine = { ...fakeMachine(), ending: AbortSignal.abort() };
  expect(await runSteps([step('one', 'stop', () => undefined)], machine)).toEqual([]);
});

test('mounts: what stage 1 has mounted stays, what the kernel lacks is passed', () => {
  const machine = fakeMachine({ '/proc/self/stat': '' });
  for (const target of ['/proc', '/dev', '/run']) {
    machine.mounted.push({ id: 0, parent: 0, target, options: [], type: 'x', source: 'x' });
  }
  machine.failing.set(
    'mount efivarfs /sys/firmware/efi/efivars efivarfs nosuid,nodev,noexec,relatime',
    new Error('ENOENT'),
  );
  mountAll(machine);
  const targets = machine.did.filter((line) => line.startsWith('mount')).map((line) => line.split(' ')[2]);
  expect(targets.slice(0, 3)).toEqual(['/sys', '/tmp', '/var']);
  expect(targets.at(-1)).toBe('/');
  expect(targets).toContain('/sys/fs/cgroup');
  expect(machine.did).toContain('link /dev/fd /proc/self/fd');
});

test('mounts: without the rest there is no machine', () => {
  const machine = fakeMachine();
  machine.failing.set('mount sysfs /sys sysfs nosuid,nodev,noexec,relatime', new Error('EPERM'));
  expect(() => mountAll(machine)).toThrow('Cannot mount sysfs on "/sys" to show devices and drivers: EPERM');
});

test('cgroups: parents of containers can limit and account', () => {
  const machine = fakeMachine();
  openCgroups(machine);
  expect(machine.did).toContain('controllers /sys/fs/cgroup/svc');
});

test.each([
  [{ '/etc/hostname': 'web\n' }, 'web'],
  [{ '/etc/hostname': '\n' }, 'kit-525400123456'],
  [{}, 'kit-525400123456'],
])('hostname of %j', (files, name) => {
  expect(nameHost(fakeMachine(files))).toBe(name);
});

test('in a container the name that metadata has found is given by init; a machine has it already', () => {
  const machine = fakeMachine({ '/run/config/hostname': 't1\n' });
  takeFoundName(machine);
  expect(machine.did).toEqual([]);
  takeFoundName({ ...machine, kernel: { ...machine.kernel, ownsMachine: () => false } });
  expect(machine.did).toEqual(['hostname t1']);
});

test('limits that a container may not raise stay as they are; in a machine that is a failure', () => {
  const machine = fakeMachine();
  machine.failing.set('limit NOFILE 1048576', new Error('EPERM'));
  expect(() => raiseLimits(machine)).toThrow('EPERM');
  const contained = { ...machine, kernel: { ...machine.kernel, ownsMachine: () => false } };
  expect(raiseLimits(contained)).toBe('as they are: the machine around this container allows no more');
});

test('limits, and an empty resolv.conf that does not replace a full one', () => {
  const machine = fakeMachine();
  raiseLimits(machine);
  makeResolvConf(machine);
  expect(machine.did.slice(0, 2)).toEqual(['limit NOFILE 1048576', 'limit NPROC unlimited']);
  expect(machine.disk.get('/run/resolvconf/resolv.conf')).toBe('');
  machine.disk.set('/run/resolvconf/resolv.conf', 'nameserver 1.1.1.1');
  makeResolvConf(machine);
  expect(machine.disk.get('/run/resolvconf/resolv.conf')).toBe('nameserver 1.1.1.1');
});

test('layers: those of bundles are attached; one that is damaged does not keep the others back', () => {
  const [root, first, second] = ['0'.repeat(16), '1'.repeat(16), '2'.repeat(16)];
  const index = `${root} 5 root\n${first} 5 bundle\n${second} 5 bundle\n`;
  const machine = fakeMachine({ '/run/layerfiles/index': index });
  machine.failing.set(
    `image /run/layerfiles/${first}.erofs /run/layers/${first} erofs`,
    new Error('EUCLEAN'),
  );
  mountLayers(machine);
  expect(machine.shown).toEqual([`layer ${first} failed: EUCLEAN`]);
  expect(machine.did.filter((line) => line.startsWith('image'))).toEqual([
    `image /run/layerfiles/${first}.erofs /run/layers/${first} erofs`,
    `image /run/layerfiles/${second}.erofs /run/layers/${second} erofs`,
  ]);
});

test('volumes: one with tmp can be written, one without cannot', () => {
  const volumes = '/containers/volumes';
  const machine = fakeMachine({ [`${volumes}/a/tmp/.keep`]: '', [`${volumes}/b/lower/x`]: '' });
  expect(mountVolumes(machine)).toBe('a, b');
  expect(machine.did.filter((line) => line.startsWith('mount'))).toEqual([
    `mount tmpfs ${volumes}/a/tmp tmpfs`,
    `mount overlay ${volumes}/a/merged overlay lowerdir=${volumes}/a/lower,upperdir=${volumes}/a/tmp/upper,workdir=${volumes}/a/tmp/work`,
    `mount ${volumes}/b/lower ${volumes}/b/merged bind,ro`,
  ]);
});

test('the timeline begins with what came before init, and ends once, when the machine is ready', () => {
  const machine = fakeMachine({ '/run/kit/stage1': '4.40\n5.50\n' });
  machine.now = 9400;
  const before = earlierTimes(machine);
  expect(before.map(({ phase, endMs }) => [phase, endMs])).toEqual([
    ['kernel', 4400],
    ['stage 1', 5500],
    ['runtime', 9401],
  ]);
  writeTimeline(before, machine);
  machine.now = 14_199;
  showReady(['web'], machine);
  showReady([], machine);
  expect(machine.shown).toEqual(['ready in 14.2 s, but for web']);
  expect(JSON.parse(machine.disk.get('/run/kit/boot.json') ?? '').at(-1)).toEqual({
    phase: 'ready',
    startMs: 9401,
    endMs: 14_200,
  });
});

test('loopback comes up; a machine without it fails the step', () => {
  const machine = fakeMachine();
  expect(() => startLoopback(machine)).toThrow('Cannot bring up the loopback interface: there is none');
  machine.links.push(fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }));
  startLoopback(machine);
  expect(machine.did).toEqual(['link 1 {"up":true}']);
});
