import { expect, test } from 'vitest';
import * as real from '../../lib/linux/io/input-device.ts';
import { type EndRequest, EndRequests } from '../ending/end-requests.ts';
import { type Fake, fakeMachine } from '../testing/fake-kernel.ts';
import { type InputDevices, takePowerButton } from './power-button.ts';

const power = '10000000000000 0\n';
const sys = '/sys/class/input';

/** Its devices appear with their driver, as in a guest: the button is input3 and event1, input0 is a mouse. */
function machineWithButton(): Fake {
  const index = {
    release: '6.12',
    aliases: {},
    modules: { evdev: { path: 'input/evdev.ko.xz', needs: [] } },
  };
  const machine = fakeMachine({
    [`${sys}/input0/capabilities/key`]: '70000 0 0 0 0\n',
    [`${sys}/input3/capabilities/key`]: power,
    '/usr/lib/modules/kit-index.json': JSON.stringify(index),
  });
  const { kernel } = machine;
  const plain = kernel.loadModule;
  kernel.loadModule = (path) => {
    machine.disk.set(`${sys}/event0/device/capabilities/key`, '70000 0 0 0 0\n');
    machine.disk.set(`${sys}/event1/device/capabilities/key`, power);
    return plain(path);
  };
  return machine;
}

interface Watched {
  readonly paths: string[];
  press(value: number): void;
  readonly load: () => Promise<InputDevices>;
}

function watched(): Watched {
  const paths: string[] = [];
  let tell: Parameters<InputDevices['watchInputDevice']>[1] = () => {};
  const watchInputDevice: InputDevices['watchInputDevice'] = (path, onEvents) => {
    paths.push(path);
    tell = onEvents;
    return new Promise(() => {});
  };
  const press = (value: number): void => tell([{ type: 1, code: real.KEY_POWER, value }]);
  return { paths, press, load: async () => ({ ...real, watchInputDevice }) };
}

test('a press asks for power-off, its release does not, and a second press makes the end hurry', async () => {
  const machine = machineWithButton();
  const requests = new EndRequests();
  const button = watched();
  await takePowerButton({ ...machine, requests }, button.load);
  expect(machine.did).toEqual(['module /usr/lib/modules/6.12/input/evdev.ko.xz']);
  expect(button.paths).toEqual(['/dev/input/event1']);
  button.press(0);
  expect(requests.ending.aborted).toBe(false);
  button.press(1);
  expect(await requests.asked).toEqual<EndRequest>({ ending: 'poweroff', by: 'the power button' });
  button.press(1);
  expect(requests.hurry.aborted).toBe(true);
});

test('a machine without the button, and a container, load nothing', async () => {
  const button = watched();
  const none = fakeMachine();
  await takePowerButton({ ...none, requests: new EndRequests() }, button.load);
  const container = machineWithButton();
  container.kernel.ownsMachine = () => false;
  await takePowerButton({ ...container, requests: new EndRequests() }, button.load);
  expect([...none.did, ...container.did, ...button.paths]).toEqual([]);
});

test('what keeps the button from being heard is said, and nothing else is lost', async () => {
  const machine = machineWithButton();
  const load = async (): Promise<InputDevices> => ({
    ...real,
    watchInputDevice: () => {
      throw new Error('no such device');
    },
  });
  await takePowerButton({ ...machine, requests: new EndRequests() }, load);
  expect(machine.shown).toEqual(['Cannot watch the power button: no such device']);
});
