import { reasonOf } from '../../lib/errors/errors.ts';
import type { InputEvent } from '../../lib/linux/io/input-device.ts';
import type { EndRequests } from '../end-requests.ts';
import type { StepContext } from '../steps.ts';
import { loadModuleByName } from './modules.ts';

/** The functions used of lib/linux/io/input-device.ts, which is loaded only after the boot. */
export type InputDevices = Pick<
  typeof import('../../lib/linux/io/input-device.ts'),
  'watchInputDevice' | 'hasKey' | 'isPress' | 'KEY_POWER'
>;

const loadInputDevices = (): Promise<InputDevices> => import('../../lib/linux/io/input-device.ts');

/**
 * Turns a press of the power button (ACPI, or a key of a keyboard) into a request to power off: hypervisors
 * press it to shut a machine down in order. Logs, once, if it cannot be watched.
 */
export async function watchPowerButton(
  context: StepContext & { readonly requests: EndRequests },
  load = loadInputDevices,
): Promise<void> {
  const { system, console, requests } = context;
  try {
    if (!system.ownsMachine()) return;
    const input = await load();
    // Input devices are on no bus that loadDrivers examines, so evdev is not loaded yet.
    if (withPowerKey('input', 'capabilities/key', context, input).length === 0) return;
    loadModuleByName('evdev', context);
    const onEvents = (events: readonly InputEvent[]): void => {
      if (events.some((event) => input.isPress(event, input.KEY_POWER)))
        requests.request({ ending: 'poweroff', by: 'the power button' });
    };
    for (const name of withPowerKey('event', 'device/capabilities/key', context, input))
      void input.watchInputDevice(`/dev/input/${name}`, onEvents);
  } catch (thrown) {
    console.log(`Cannot watch the power button: ${reasonOf(thrown)}`);
  }
}

/** The devices in /sys/class/input that have the key: `input3`, `event0`. */
function withPowerKey(
  kind: string,
  file: string,
  { system }: StepContext,
  { hasKey, KEY_POWER }: InputDevices,
): string[] {
  return system.files
    .list('/sys/class/input')
    .filter((name) => name.startsWith(kind))
    .filter((name) => hasKey(system.files.read(`/sys/class/input/${name}/${file}`) ?? '', KEY_POWER));
}
