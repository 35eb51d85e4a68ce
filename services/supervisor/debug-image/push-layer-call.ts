import type { handleClientStreamingCall } from '@grpc/grpc-js';
import type { LayerInput, LayerReply } from '../../../lib/control/generated/control.ts';
import { toRpcError } from '../calls/rpc-error.ts';
import { invalidLayer, parseDebugLayer } from './debug-layer.ts';
import type { LayerStore } from './layer-store.ts';

/** The PushLayer call of control.proto. */
export function pushLayerCall(store: LayerStore): handleClientStreamingCall<LayerInput, LayerReply> {
  return (call, callback) => {
    receiveLayer(store, call).then(
      () => callback(null, {}),
      (thrown: unknown) => callback(toRpcError(thrown)),
    );
  };
}

async function receiveLayer(store: LayerStore, call: AsyncIterable<LayerInput>): Promise<void> {
  const inputs = call[Symbol.asyncIterator]();
  const first = await inputs.next();
  const start = first.done ? undefined : first.value.start;
  if (!start) throw invalidLayer('the first message does not say which');
  await store.receive(parseDebugLayer(start), dataOf(inputs));
}

async function* dataOf(inputs: AsyncIterator<LayerInput>): AsyncGenerator<Uint8Array> {
  for (let next = await inputs.next(); !next.done; next = await inputs.next())
    if (next.value.data) yield next.value.data;
}
