import { expect, test } from 'vitest';
import { OnDemandSocket6 } from './on-demand6.ts';

/** What happens, in order. `failing`: how often it cannot be opened. */
function recorded(failing = 0): { readonly calls: string[]; readonly socket: OnDemandSocket6 } {
  const calls: string[] = [];
  let failures = failing;
  const socket = new OnDemandSocket6(async () => {
    calls.push('open');
    if (failures-- > 0) throw new Error('no address');
    return { send: (bytes) => calls.push(`send ${bytes}`), close: () => calls.push('close') };
  });
  return { calls, socket };
}

const send = (socket: OnDemandSocket6, text: string, calls: string[]): void =>
  socket.send(Buffer.from(text), (error) => calls.push(String(error)));
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('it is opened once for what is sent, and what is sent before it is closed still leaves', async () => {
  const { calls, socket } = recorded();
  for (const text of ['a', 'b']) send(socket, text, calls);
  socket.close();
  await settled();
  expect(calls).toEqual(['open', 'send a', 'send b', 'close']);
  send(socket, 'c', calls);
  await settled();
  expect(calls.slice(4)).toEqual(['open', 'send c']);
});

test('one that cannot be opened is tried again with the next message', async () => {
  const { calls, socket } = recorded(2);
  expect(await socket.open()).toBe('unusable');
  send(socket, 'a', calls);
  await settled();
  send(socket, 'b', calls);
  await settled();
  expect(calls).toEqual(['open', 'open', 'Error: no address', 'open', 'send b']);
});

test('closed while it is opened', async () => {
  const { calls, socket } = recorded();
  const result = socket.open();
  socket.close();
  expect(await result).toBe('closed');
  expect(calls).toEqual(['open', 'close']);
});
