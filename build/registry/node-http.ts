import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Tls from 'node:tls';

/**
 * Node's own modules, loaded by the first request: most commands make none. ECMAScript's import reads every export of
 * node:http besides, one of which loads all of fetch and WebSocket: 40 ms of each start.
 */
export const nodeHttp = (): typeof Http => process.getBuiltinModule('node:http');
export const nodeHttps = (): typeof Https => process.getBuiltinModule('node:https');
export const nodeTls = (): typeof Tls => process.getBuiltinModule('node:tls');
