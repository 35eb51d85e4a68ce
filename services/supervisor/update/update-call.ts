import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { UpdateInput, UpdateOutput } from '../../../lib/control/generated/control.ts';
import { messagesOf } from '../../../lib/control/tunnel.ts';
import { type RpcError, rpcError, toRpcError } from '../calls/rpc-error.ts';
import type { OneUpdate } from './one-update.ts';
import type { Patience } from './steady.ts';
import type { Updater } from './updater.ts';

type Call = ServerDuplexStream<UpdateInput, UpdateOutput>;
type Inputs = AsyncIterator<UpdateInput>;

/** Milliseconds without a message, after which a client gives way to others. */
const quietMs = 60_000;

/** The longest times that a client may ask for, in milliseconds. */
const most: Patience = { readyMs: 3_600_000, steadyMs: 600_000 };

/** The Update call of control.proto. */
export function updateCall(updater: Updater): handleBidiStreamingCall<UpdateInput, UpdateOutput> {
  return (call) => {
    serve(call, updater).then(
      () => call.end(),
      (thrown: unknown) => call.cancelled || call.emit('error', toRpcError(thrown)),
    );
  };
}

async function serve(call: Call, updater: Updater): Promise<void> {
  const inputs = patient(messagesOf<UpdateInput>(call));
  const { start } = await nextOf(inputs);
  if (!start) throw invalid('the first message does not say with what');
  using update = updater.begin(start);
  call.write({ missing: { missing: update.missing.map(({ digest }) => digest) } });
  const patience = await receiveLayers(inputs, update);
  const done = await update.apply(patience, (service, state) => {
    if (!call.cancelled) call.write({ progress: { service, state } });
  });
  if (!call.cancelled) call.write({ done });
}

/** Until the client says `apply`. */
async function receiveLayers(inputs: Inputs, update: OneUpdate): Promise<Patience> {
  for (;;) {
    const { layer, apply } = await nextOf(inputs);
    if (apply)
      return {
        readyMs: Math.min(apply.readyMs, most.readyMs),
        steadyMs: Math.min(apply.steadyMs, most.steadyMs),
      };
    if (!layer) throw invalid('more bytes came than its layers have');
    await update.receive(layer.id, ({ bytes }) => dataOf(inputs, bytes));
  }
}

/** The bytes of a layer, which may be too many by what one message holds. */
async function* dataOf(inputs: Inputs, bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; ) {
    const { data } = await nextOf(inputs);
    if (!data) return;
    left -= data.length;
    yield data;
  }
}

/** @throws RpcError at the end of the messages */
async function nextOf(inputs: Inputs): Promise<UpdateInput> {
  const next = await inputs.next();
  if (next.done) throw invalid('the client ended before it said `apply`');
  return next.value;
}

/** The messages; a client that sends none for long does not keep others from theirs. */
async function* patient(inputs: AsyncIterator<UpdateInput>): AsyncGenerator<UpdateInput> {
  for (;;) {
    const { promise: quiet, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(rpcError(status.ABORTED, `Cannot update: nothing came for ${quietMs / 1000} s`)),
      quietMs,
    );
    const next = await Promise.race([inputs.next(), quiet]).finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}

const invalid = (why: string): RpcError => rpcError(status.INVALID_ARGUMENT, `Cannot update: ${why}`);
