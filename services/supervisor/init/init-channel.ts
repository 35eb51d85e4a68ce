import { EventEmitter } from 'node:events';
import type { ToInit, ToSupervisor } from '../../../lib/control/init.ts';

/** The IPC channel to PID 1. There is none if the supervisor was started by hand. */
export class InitChannel extends EventEmitter<{ taskFailed: [] }> {
  /** Resolves when PID 1 allows services to start; at once without a channel. */
  readonly go: Promise<void>;
  /** Resolves when PID 1 shuts the machine down. */
  readonly shutdown: Promise<void>;

  constructor() {
    super();
    const [go, shutdown] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    if (!process.send) go.resolve();
    process.on('message', ({ kind }: ToSupervisor) => {
      if (kind === 'taskFailed') this.emit('taskFailed');
      else (kind === 'go' ? go : shutdown).resolve();
    });
    this.go = go.promise;
    this.shutdown = shutdown.promise;
  }

  /** False if there is no channel. */
  send(message: ToInit): boolean {
    if (!process.send || !process.connected) return false;
    process.send(message);
    return true;
  }
}
