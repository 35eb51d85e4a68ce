import { expect, test } from 'vitest';
import * as real from '../../lib/linux/io/input-device.ts';
import { type EndRequest, EndRequests } from '../end-requests.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import { type InputDevices, watchPowerButton } from './power-button.ts';

const power = '10000000000000 0\n';
const sys = '/sys/class/input';

/**
 * As in a guest, event devices appear with their driver: the button is input3 and event1, input0 is a mouse.
 */
function contextWithButton(): FakeContext {
  const index = {
    release: '6.12',
    aliases: {},
    modules: { evdev: { path: 'input/evdev.ko.xz', needs: [] } },
  };
  const context = fakeContext({
    [`${sys}/input0/capabilities/key`]: '70000 0 0 0 0\n',
    [`${sys}/input3/capabilities/key`]: power,
    '/usr/lib/modules/kit-index.json': JSON.stringify(index),
  });
  const { system } = context;
  const plain = system.loadModule;
  system.loadModule = (path) => {
    context.disk.set(`${sys}/event0/device/capabilities/key`, '70000 0 0 0 0\n');
    context.disk.set(`${sys}/event1/device/capabilities/key`, power);
    return plain(path);
  };
  return context;
}

interface Watched {
  readonly paths: string[];
  press(value: number): void;
  readonly load: () => Promise<InputDevices>;
}

function watched(): Watched {
  const paths: string[] = [];
  let deliver: Parameters<InputDevices['watchInputDevice']>[1] = () => {};
  const watchInputDevice: InputDevices['watchInputDevice'] = (path, onEvents) => {
    paths.push(path);
    deliver = onEvents;
    return new Promise(() => {});
  };
  const press = (value: number): void => deliver([{ type: 1, code: real.KEY_POWER, value }]);
  return { paths, press, load: async () => ({ ...real, watchInputDevice }) };
}

test('a press requests power-off, a release does not, and a second press cuts waiting short', async () => {
  const context = contextWithButton();
  const requests = new EndRequests();
  const button = watched();
  await watchPowerButton({ ...context, requests }, button.load);
  expect(context.calls).toEqual(['module /usr/lib/modules/6.12/input/evdev.ko.xz']);
  expect(button.paths).toEqual(['/dev/input/event1']);
  button.press(0);
  expect(requests.ending.aborted).toBe(false);
  button.press(1);
  expect(await requests.first).toEqual<EndRequest>({ ending: 'poweroff', by: 'the power button' });
  button.press(1);
  expect(requests.skipWaiting.aborted).toBe(true);
});

test('a machine without a power button, and a container, load nothing', async () => {
  const button = watched();
  const none = fakeContext();
  await watchPowerButton({ ...none, requests: new EndRequests() }, button.load);
  const container = contextWithButton();
  container.system.ownsMachine = () => false;
  await watchPowerButton({ ...container, requests: new EndRequests() }, button.load);
  expect([...none.calls, ...container.calls, ...button.paths]).toEqual([]);
});

test('a failure to watch the button is only logged', async () => {
  const context = contextWithButton();
  const load = async (): Promise<InputDevices> => ({
    ...real,
    watchInputDevice: () => {
      throw new Error('no such device');
    },
  });
  await watchPowerButton({ ...context, requests: new EndRequests() }, load);
  expect(context.shown).toEqual(['Cannot watch the power button: no such device']);
});
