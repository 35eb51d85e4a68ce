import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Tls from 'node:tls';

/**
 * Node's own modules, loaded by the first request, since most commands make none. An ECMAScript import would
 * read every export of node:http, one of which loads fetch and WebSocket: 40 ms at each start.
 */
export const nodeHttp = (): typeof Http => process.getBuiltinModule('node:http');
export const nodeHttps = (): typeof Https => process.getBuiltinModule('node:https');
export const nodeTls = (): typeof Tls => process.getBuiltinModule('node:tls');
