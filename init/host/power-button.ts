import { reasonOf } from '../../lib/errors/errors.ts';
import type { InputEvent } from '../../lib/linux/io/input-device.ts';
import type { EndRequests } from '../ending/end-requests.ts';
import type { Machine } from '../steps.ts';
import { loadModule } from './modules.ts';

/** What watching takes of lib/linux/io/input-device.ts, which is loaded when the boot is over. */
export type InputDevices = Pick<
  typeof import('../../lib/linux/io/input-device.ts'),
  'watchInputDevice' | 'hasKey' | 'isPress' | 'KEY_POWER'
>;

const loadInput = (): Promise<InputDevices> => import('../../lib/linux/io/input-device.ts');

/**
 * Takes a press of the machine's power button (ACPI, or a keyboard's key) for a request to power off: it is what a
 * hypervisor presses to have a machine end in order. Says so, once, if it cannot be heard.
 */
export async function takePowerButton(
  machine: Machine & { readonly requests: EndRequests },
  load = loadInput,
): Promise<void> {
  const { kernel, console, requests } = machine;
  try {
    if (!kernel.ownsMachine()) return;
    const input = await load();
    // No bus lists the devices of the input layer, so no driver was loaded for them.
    if (withPowerKey('input', 'capabilities/key', machine, input).length === 0) return;
    loadModule('evdev', machine);
    const heard = (events: readonly InputEvent[]): void => {
      if (events.some((event) => input.isPress(event, input.KEY_POWER)))
        requests.ask({ ending: 'poweroff', by: 'the power button' });
    };
    for (const name of withPowerKey('event', 'device/capabilities/key', machine, input))
      void input.watchInputDevice(`/dev/input/${name}`, heard);
  } catch (thrown) {
    console.say(`Cannot watch the power button: ${reasonOf(thrown)}`);
  }
}

/** Names in /sys/class/input (`input3`, `event0`) of the devices that have the key. */
function withPowerKey(
  kind: string,
  file: string,
  { kernel }: Machine,
  { hasKey, KEY_POWER }: InputDevices,
): string[] {
  return kernel.files
    .list('/sys/class/input')
    .filter((name) => name.startsWith(kind))
    .filter((name) => hasKey(kernel.files.read(`/sys/class/input/${name}/${file}`) ?? '', KEY_POWER));
}
