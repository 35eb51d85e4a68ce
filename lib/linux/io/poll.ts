import { DynamicLibrary, getCurrentEventLoop, getRawPointer } from 'node:ffi';
import { bindFunctions, SyscallError } from '../ffi.ts';

export interface PollEvents {
  readonly readable: boolean;
  readonly writable: boolean;
}

/** A watched descriptor. Level-triggered: it calls back until everything is read or written. */
export interface PollHandle {
  /** Sets the events to wait for; none pauses the watch. */
  want(events: PollEvents): void;
  /** Ends the watch. The descriptor may be closed when it has resolved. */
  close(): Promise<void>;
}

/**
 * Watches a descriptor that Node did not open (a character device, a raw socket) with uv_poll on Node's own
 * event loop; no thread waits for it. The descriptor becomes non-blocking. `onReady` runs outside the native
 * callback, so it may throw and await. A hang-up or an error is reported as all wanted events: the next read
 * or write returns it.
 */
export function pollDescriptor(fd: number, onReady: (events: PollEvents) => void): PollHandle {
  // libuv uses the handle by its address until the close callback has run: `live` keeps it from being
  // collected.
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
 * One native callback for all handles, registered once and never unregistered: libuv may keep its address for
 * ever. The library is kept too: collecting it would free the callbacks, and the next event would crash the
 * process.
 */
const native = registerCallbacks(new DynamicLibrary(null));

function registerCallbacks(library: DynamicLibrary) {
  return {
    library,
    onPoll: library.registerCallback(
      { arguments: ['pointer', 'int32', 'int32'], return: 'void' },
      (address, status, events) => {
        const watch = live.get(address as bigint);
        // Microtasks do not run after a native callback, and it must not throw: the rest runs in the check
        // phase.
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
  // The wanted events may have changed since the native callback.
  const events = seen & watch.wanted;
  if (watch.closed || events === 0) return;
  watch.deliver({ readable: (events & readable) !== 0, writable: (events & writable) !== 0 });
}

/** Milliseconds. A persistent error must not keep the CPU busy while the owner does not close. */
const pauseAfterError = 100;

/**
 * After an error libuv has stopped watching. Reporting all wanted events makes the owner read the error,
 * which clears it on a socket (lost messages, an interface that went down). Unless the owner closes, the
 * watch is resumed.
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
  // The error numbers of libuv are the negative ones of the kernel.
  if (result < 0) throw new SyscallError(call, -result);
}
