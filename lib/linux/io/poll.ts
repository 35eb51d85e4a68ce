import { DynamicLibrary, getCurrentEventLoop, getRawPointer } from 'node:ffi';
import { bindFunctions, SyscallError } from '../ffi.ts';

export interface PollEvents {
  readonly readable: boolean;
  readonly writable: boolean;
}

/**
 * A descriptor that the event loop watches. It is level-triggered: what is not read or written is told
 * again.
 */
export interface PollHandle {
  /** Chooses what to wait for; nothing at all pauses the watch. */
  want(events: PollEvents): void;
  /** Ends the watch; resolves when the descriptor may be closed. */
  close(): Promise<void>;
}

/**
 * Watches a descriptor that Node did not open (a character device, a raw socket) by uv_poll, on Node's own
 * event loop: no thread waits for it. It becomes non-blocking. `onReady` runs outside the native callback, so
 * it may throw and await. A descriptor that hung up or failed is reported as whatever was wanted: the next
 * read or write tells.
 */
export function pollDescriptor(fd: number, onReady: (events: PollEvents) => void): PollHandle {
  // The handle belongs to libuv until its close callback has run: `live` keeps the memory, whose address is
  // fixed.
  const handle = Buffer.alloc(handleBytes);
  checkUv('uv_poll_init', uv.uv_poll_init(getCurrentEventLoop(), handle, fd));
  const address = getRawPointer(handle);
  const watch: Watch = { handle, wanted: 0, deliver: onReady, closed: undefined };
  live.set(address, watch);
  return {
    want: (events) => want(watch, (events.readable ? readable : 0) | (events.writable ? writable : 0)),
    close: () => close(watch),
  };
}

interface Watch {
  readonly handle: Buffer;
  wanted: number;
  readonly deliver: (events: PollEvents) => void;
  closed: (() => void) | undefined;
}

/** enum uv_poll_event and enum uv_handle_type, uv.h. */
const readable = 1;
const writable = 2;
const pollHandleType = 8;

const uv = bindFunctions({
  uv_handle_size: { arguments: ['int32'], return: 'uint64' },
  uv_poll_init: { arguments: ['pointer', 'pointer', 'int32'], return: 'int32' },
  uv_poll_start: { arguments: ['pointer', 'int32', 'pointer'], return: 'int32' },
  uv_poll_stop: { arguments: ['pointer'], return: 'int32' },
  uv_close: { arguments: ['pointer', 'pointer'], return: 'void' },
});

const handleBytes = Number(uv.uv_handle_size(pollHandleType));
const live = new Map<bigint, Watch>();

/**
 * One native callback for all handles, registered once and never taken back: libuv may hold its address for
 * ever. The library is kept beside them since collecting it would free them, and the next event would crash
 * the process.
 */
const native = registerCallbacks(new DynamicLibrary(null));

function registerCallbacks(library: DynamicLibrary) {
  return {
    library,
    onPoll: library.registerCallback(
      { arguments: ['pointer', 'int32', 'int32'], return: 'void' },
      (address, status, events) => {
        const watch = live.get(address as bigint);
        // Promises do not drain after a native callback, and it must not throw: the rest runs in this turn's
        // check phase.
        if (watch) setImmediate(() => (status < 0 ? deliverError(watch) : deliver(watch, events)));
      },
    ),
    onClose: library.registerCallback({ arguments: ['pointer'], return: 'void' }, (address) => {
      const watch = live.get(address as bigint);
      live.delete(address as bigint);
      setImmediate(() => watch?.closed?.());
    }),
  };
}

function deliver(watch: Watch, seen: number): void {
  // What is wanted may have changed since the callback.
  const events = seen & watch.wanted;
  if (watch.closed || events === 0) return;
  watch.deliver({ readable: (events & readable) !== 0, writable: (events & writable) !== 0 });
}

/** Milliseconds: an error that stays, with an owner who goes on all the same, must not keep the CPU busy. */
const pauseAfterError = 100;

/**
 * libuv has stopped watching. Telling "all that was wanted" makes the owner meet the error itself, which takes it off
 * a socket (a lost notice, an interface that went down): unless the owner closes, the watch goes on.
 */
function deliverError(watch: Watch): void {
  setTimeout(() => start(watch), pauseAfterError);
  deliver(watch, watch.wanted);
}

function want(watch: Watch, events: number): void {
  if (watch.closed || watch.wanted === events) return;
  watch.wanted = events;
  if (events === 0) uv.uv_poll_stop(watch.handle);
  else start(watch);
}

function start(watch: Watch): void {
  if (watch.closed || watch.wanted === 0) return;
  checkUv('uv_poll_start', uv.uv_poll_start(watch.handle, watch.wanted, native.onPoll));
}

function close(watch: Watch): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (watch.closed) return Promise.resolve();
  watch.closed = resolve;
  uv.uv_close(watch.handle, native.onClose);
  return promise;
}

function checkUv(call: string, result: number): void {
  // libuv's own error numbers are the kernel's, negative.
  if (result < 0) throw new SyscallError(call, -result);
}
