import type { ControlClient, LogLines, LogsRequest } from './generated/control.ts';

/**
 * The messages of a call for logs, until the supervisor ends it. The call is cancelled when `signal` is
 * aborted, and when the caller stops reading. @throws the error of the call
 */
export async function* logMessages(
  client: ControlClient,
  request: LogsRequest,
  signal: AbortSignal,
): AsyncGenerator<LogLines> {
  const call = client.logs(request);
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel);
  // An error may come after the loop has ended; without a listener it would end the process.
  call.on('error', () => {});
  try {
    yield* call as AsyncIterable<LogLines>;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
