import { type handleClientStreamingCall, status } from '@grpc/grpc-js';
import type { LayerInput, LayerReply } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, refusal } from '../access/refusal.ts';
import { readLayer, wrong } from './layer.ts';
import type { LayerStore } from './layer-store.ts';

/** The PushLayer call of control.proto. */
export function receiveCall(store: LayerStore): handleClientStreamingCall<LayerInput, LayerReply> {
  return (call, callback) => {
    receive(store, call).then(
      () => callback(null, {}),
      (thrown: unknown) => callback(isRefusal(thrown) ? thrown : refusal(status.INTERNAL, reasonOf(thrown))),
    );
  };
}

async function receive(store: LayerStore, call: AsyncIterable<LayerInput>): Promise<void> {
  const inputs = call[Symbol.asyncIterator]();
  const first = await inputs.next();
  const start = first.done ? undefined : first.value.start;
  if (!start) throw wrong('the first message does not say which');
  await store.receive(readLayer(start), bytesOf(inputs));
}

async function* bytesOf(inputs: AsyncIterator<LayerInput>): AsyncGenerator<Uint8Array> {
  for (let next = await inputs.next(); !next.done; next = await inputs.next())
    if (next.value.data) yield next.value.data;
}
