import { expect, test } from 'vitest';
import type { MachineClient } from './client.ts';
import { powerOff, powerOffOrderly } from './power-off.ts';

interface Guest {
  /** The error by which its supervisor refuses the request; undefined: it accepts. */
  readonly refusal?: Error;
  /** The call after which the machine has ended. */
  readonly endsAfter: 'poweroff' | 'powerButton' | 'quit' | 'never';
}

/** The calls that were made, and the messages for the user. */
async function calls(run: typeof powerOff, { refusal, endsAfter }: Guest) {
  const made: string[] = [];
  const notices: string[] = [];
  const client = {
    end: async () => {
      made.push('poweroff');
      if (refusal) throw refusal;
    },
    monitor: async (method: string) => void made.push(method),
  } as unknown as MachineClient;
  const gone = async () => made.includes(endsAfter);
  const notify = (text: string) => void notices.push(text);
  const isOff = await run({ client, gone, notify, timeoutMs: 3000 });
  return { isOff, made, notices };
}

test('a guest that powers off is asked once', async () => {
  const asked = await calls(powerOff, { endsAfter: 'poweroff' });
  expect(asked).toEqual({ isOff: true, made: ['poweroff'], notices: [] });
});

test('the power button is pressed when the guest does not finish, or does not answer', async () => {
  const slow = await calls(powerOff, { endsAfter: 'powerButton' });
  expect(slow.made).toEqual(['poweroff', 'powerButton']);
  expect(slow.notices).toEqual(['The guest has not powered off within 3 s: pressing the power button']);
  const silent = await calls(powerOff, { endsAfter: 'powerButton', refusal: new Error('no route') });
  expect(silent.notices).toEqual(['The guest does not answer (no route): pressing the power button']);
});

test('only powerOff uses force, and its result is false when that fails too', async () => {
  const forced = await calls(powerOff, { endsAfter: 'quit' });
  expect(forced).toMatchObject({ isOff: true, made: ['poweroff', 'powerButton', 'quit'] });
  const orderly = await calls(powerOffOrderly, { endsAfter: 'quit' });
  expect(orderly).toMatchObject({ isOff: false, made: ['poweroff', 'powerButton'] });
  expect(await calls(powerOff, { endsAfter: 'never' })).toMatchObject({ isOff: false });
});
