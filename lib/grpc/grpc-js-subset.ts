/**
 * The parts of @grpc/grpc-js that the programs of the guest use. The bundler replaces the package by this
 * file (build/packages/bundle/drop-unused-code.ts): its index would load all resolvers and load balancers,
 * and a compiler for protobuf.
 */

// First: the modules of the package import each other in a circle, which works only when entered here.
import '@grpc/grpc-js/build/src/channel.js';
import { ChannelCredentials } from '@grpc/grpc-js/build/src/channel-credentials.js';
import { setup as pickFirst } from '@grpc/grpc-js/build/src/load-balancer-pick-first.js';
import { setup as unixSockets } from '@grpc/grpc-js/build/src/resolver-uds.js';

export { Client } from '@grpc/grpc-js/build/src/client.js';
export { Status as status } from '@grpc/grpc-js/build/src/constants.js';
export { makeClientConstructor as makeGenericClientConstructor } from '@grpc/grpc-js/build/src/make-client.js';
export { Metadata } from '@grpc/grpc-js/build/src/metadata.js';
export { Server } from '@grpc/grpc-js/build/src/server.js';
export { ServerCredentials } from '@grpc/grpc-js/build/src/server-credentials.js';
export { ServerInterceptingCall } from '@grpc/grpc-js/build/src/server-interceptors.js';

export const credentials = { createInsecure: ChannelCredentials.createInsecure };

unixSockets();
pickFirst();
