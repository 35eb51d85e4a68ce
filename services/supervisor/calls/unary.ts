import type { handleUnaryCall } from '@grpc/grpc-js';
import { toRpcError } from './rpc-error.ts';

/** Wraps an async function, which may throw RpcError, in grpc-js's callback form. */
export function unaryCall<Request, Reply>(
  answer: (request: Request) => Promise<Reply>,
): handleUnaryCall<Request, Reply> {
  return (call, callback) => {
    answer(call.request).then(
      (reply) => callback(null, reply),
      (thrown: unknown) => callback(toRpcError(thrown)),
    );
  };
}
