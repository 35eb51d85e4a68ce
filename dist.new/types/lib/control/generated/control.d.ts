import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { type CallOptions, type ChannelCredentials, Client, type ClientDuplexStream, type ClientOptions, type ClientReadableStream, type ClientUnaryCall, type ClientWritableStream, type handleBidiStreamingCall, type handleClientStreamingCall, type handleServerStreamingCall, type handleUnaryCall, type Metadata, type ServiceError, type UntypedServiceImplementation } from "@grpc/grpc-js";
export interface StatusRequest {
}
export interface StatusReply {
    hostname: string;
    uptimeS: number;
    memoryTotal: bigint;
    memoryAvailable: bigint;
    services: Service[];
    kernelRelease: string;
    bootId: string;
    cpuUsec: bigint;
    cpus: number;
}
export interface Service {
    name: string;
    section: string;
    state: string;
    restarts: number;
    pid: number;
    lastExit: string;
    memoryBytes: bigint;
    memoryLimitBytes: bigint;
    cpuUsec: bigint;
    processes: number;
    ageS: number;
    health: string;
    healthAgeS: number;
    healthFalls: number;
    crashLoop: boolean;
    oomKills: number;
}
export interface IncidentsRequest {
    service: string;
}
export interface IncidentsReply {
    incidents: Incident[];
    bootId: string;
}
export interface Incident {
    service: string;
    what: string;
    firstMs: bigint;
    lastMs: bigint;
    count: number;
    lines: LogLine[];
    stack: string[];
    bootId: string;
}
export interface ReportRequest {
}
export interface ReportReply {
    parts: ReportPart[];
}
export interface ReportPart {
    name: string;
    text: string;
}
export interface LogsRequest {
    services: string[];
    follow: boolean;
    tail: number;
    sinceMs: bigint;
    all: boolean;
    after: LogPosition[];
    logId: string;
}
export interface LogPosition {
    source: string;
    sequence: bigint;
}
export interface LogLines {
    lines: LogLine[];
    logId: string;
    after: LogPosition[];
}
export interface LogLine {
    timeMs: bigint;
    source: string;
    stream: string;
    message: string;
    pid: number;
    sequence: bigint;
    missed: bigint;
}
export interface ServiceRequest {
    service: string;
}
export interface ServiceReply {
    service: Service | undefined;
}
export interface ExecInput {
    start?: ExecStart | undefined;
    stdin?: Uint8Array | undefined;
    stdinEnd?: boolean | undefined;
    resize?: Window | undefined;
    signal?: string | undefined;
}
export interface ExecStart {
    service: string;
    command: string[];
    terminal: Window | undefined;
    term: string;
    image: DebugImage | undefined;
}
export interface DebugImage {
    layers: Layer[];
    env: string[];
}
export interface Layer {
    id: string;
    digest: string;
    bytes: bigint;
}
export interface LayersRequest {
    layers: Layer[];
}
export interface LayersReply {
    missing: string[];
}
export interface LayerInput {
    start?: Layer | undefined;
    data?: Uint8Array | undefined;
}
export interface LayerReply {
}
export interface Window {
    rows: number;
    columns: number;
}
export interface ExecOutput {
    stdout?: Uint8Array | undefined;
    stderr?: Uint8Array | undefined;
    end?: ExecEnd | undefined;
}
export interface ExecEnd {
    status: number;
}
export interface TunnelOutput {
    data?: Uint8Array | undefined;
    end?: boolean | undefined;
}
export interface ForwardInput {
    start?: ForwardStart | undefined;
    data?: Uint8Array | undefined;
    end?: boolean | undefined;
}
export interface ForwardStart {
    service: string;
    port: number;
}
export interface DebugInput {
    start?: DebugStart | undefined;
    data?: Uint8Array | undefined;
    end?: boolean | undefined;
}
export interface DebugStart {
    service: string;
    break: boolean;
}
export interface CopyInput {
    start?: CopyStart | undefined;
    data?: Uint8Array | undefined;
    end?: boolean | undefined;
}
export interface CopyStart {
    service: string;
    path: string;
    direction: string;
    follow: boolean;
}
export interface EndRequest {
    ending: string;
}
export interface EndReply {
}
export declare const StatusRequest: MessageFns<StatusRequest>;
export declare const StatusReply: MessageFns<StatusReply>;
export declare const Service: MessageFns<Service>;
export declare const IncidentsRequest: MessageFns<IncidentsRequest>;
export declare const IncidentsReply: MessageFns<IncidentsReply>;
export declare const Incident: MessageFns<Incident>;
export declare const ReportRequest: MessageFns<ReportRequest>;
export declare const ReportReply: MessageFns<ReportReply>;
export declare const ReportPart: MessageFns<ReportPart>;
export declare const LogsRequest: MessageFns<LogsRequest>;
export declare const LogPosition: MessageFns<LogPosition>;
export declare const LogLines: MessageFns<LogLines>;
export declare const LogLine: MessageFns<LogLine>;
export declare const ServiceRequest: MessageFns<ServiceRequest>;
export declare const ServiceReply: MessageFns<ServiceReply>;
export declare const ExecInput: MessageFns<ExecInput>;
export declare const ExecStart: MessageFns<ExecStart>;
export declare const DebugImage: MessageFns<DebugImage>;
export declare const Layer: MessageFns<Layer>;
export declare const LayersRequest: MessageFns<LayersRequest>;
export declare const LayersReply: MessageFns<LayersReply>;
export declare const LayerInput: MessageFns<LayerInput>;
export declare const LayerReply: MessageFns<LayerReply>;
export declare const Window: MessageFns<Window>;
export declare const ExecOutput: MessageFns<ExecOutput>;
export declare const ExecEnd: MessageFns<ExecEnd>;
export declare const TunnelOutput: MessageFns<TunnelOutput>;
export declare const ForwardInput: MessageFns<ForwardInput>;
export declare const ForwardStart: MessageFns<ForwardStart>;
export declare const DebugInput: MessageFns<DebugInput>;
export declare const DebugStart: MessageFns<DebugStart>;
export declare const CopyInput: MessageFns<CopyInput>;
export declare const CopyStart: MessageFns<CopyStart>;
export declare const EndRequest: MessageFns<EndRequest>;
export declare const EndReply: MessageFns<EndReply>;
export type ControlService = typeof ControlService;
export declare const ControlService: {
    readonly status: {
        readonly path: "/kit.control.v1.Control/Status";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: StatusRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => StatusRequest;
        readonly responseSerialize: (value: StatusReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => StatusReply;
    };
    readonly logs: {
        readonly path: "/kit.control.v1.Control/Logs";
        readonly requestStream: false;
        readonly responseStream: true;
        readonly requestSerialize: (value: LogsRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => LogsRequest;
        readonly responseSerialize: (value: LogLines) => Buffer;
        readonly responseDeserialize: (value: Buffer) => LogLines;
    };
    readonly startService: {
        readonly path: "/kit.control.v1.Control/StartService";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: ServiceRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ServiceRequest;
        readonly responseSerialize: (value: ServiceReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => ServiceReply;
    };
    readonly stopService: {
        readonly path: "/kit.control.v1.Control/StopService";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: ServiceRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ServiceRequest;
        readonly responseSerialize: (value: ServiceReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => ServiceReply;
    };
    readonly restartService: {
        readonly path: "/kit.control.v1.Control/RestartService";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: ServiceRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ServiceRequest;
        readonly responseSerialize: (value: ServiceReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => ServiceReply;
    };
    readonly incidents: {
        readonly path: "/kit.control.v1.Control/Incidents";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: IncidentsRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => IncidentsRequest;
        readonly responseSerialize: (value: IncidentsReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => IncidentsReply;
    };
    readonly report: {
        readonly path: "/kit.control.v1.Control/Report";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: ReportRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ReportRequest;
        readonly responseSerialize: (value: ReportReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => ReportReply;
    };
    readonly exec: {
        readonly path: "/kit.control.v1.Control/Exec";
        readonly requestStream: true;
        readonly responseStream: true;
        readonly requestSerialize: (value: ExecInput) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ExecInput;
        readonly responseSerialize: (value: ExecOutput) => Buffer;
        readonly responseDeserialize: (value: Buffer) => ExecOutput;
    };
    readonly missingLayers: {
        readonly path: "/kit.control.v1.Control/MissingLayers";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: LayersRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => LayersRequest;
        readonly responseSerialize: (value: LayersReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => LayersReply;
    };
    readonly pushLayer: {
        readonly path: "/kit.control.v1.Control/PushLayer";
        readonly requestStream: true;
        readonly responseStream: false;
        readonly requestSerialize: (value: LayerInput) => Buffer;
        readonly requestDeserialize: (value: Buffer) => LayerInput;
        readonly responseSerialize: (value: LayerReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => LayerReply;
    };
    readonly forward: {
        readonly path: "/kit.control.v1.Control/Forward";
        readonly requestStream: true;
        readonly responseStream: true;
        readonly requestSerialize: (value: ForwardInput) => Buffer;
        readonly requestDeserialize: (value: Buffer) => ForwardInput;
        readonly responseSerialize: (value: TunnelOutput) => Buffer;
        readonly responseDeserialize: (value: Buffer) => TunnelOutput;
    };
    readonly debug: {
        readonly path: "/kit.control.v1.Control/Debug";
        readonly requestStream: true;
        readonly responseStream: true;
        readonly requestSerialize: (value: DebugInput) => Buffer;
        readonly requestDeserialize: (value: Buffer) => DebugInput;
        readonly responseSerialize: (value: TunnelOutput) => Buffer;
        readonly responseDeserialize: (value: Buffer) => TunnelOutput;
    };
    readonly copy: {
        readonly path: "/kit.control.v1.Control/Copy";
        readonly requestStream: true;
        readonly responseStream: true;
        readonly requestSerialize: (value: CopyInput) => Buffer;
        readonly requestDeserialize: (value: Buffer) => CopyInput;
        readonly responseSerialize: (value: TunnelOutput) => Buffer;
        readonly responseDeserialize: (value: Buffer) => TunnelOutput;
    };
    readonly end: {
        readonly path: "/kit.control.v1.Control/End";
        readonly requestStream: false;
        readonly responseStream: false;
        readonly requestSerialize: (value: EndRequest) => Buffer;
        readonly requestDeserialize: (value: Buffer) => EndRequest;
        readonly responseSerialize: (value: EndReply) => Buffer;
        readonly responseDeserialize: (value: Buffer) => EndReply;
    };
};
export interface ControlServer extends UntypedServiceImplementation {
    status: handleUnaryCall<StatusRequest, StatusReply>;
    logs: handleServerStreamingCall<LogsRequest, LogLines>;
    startService: handleUnaryCall<ServiceRequest, ServiceReply>;
    stopService: handleUnaryCall<ServiceRequest, ServiceReply>;
    restartService: handleUnaryCall<ServiceRequest, ServiceReply>;
    incidents: handleUnaryCall<IncidentsRequest, IncidentsReply>;
    report: handleUnaryCall<ReportRequest, ReportReply>;
    exec: handleBidiStreamingCall<ExecInput, ExecOutput>;
    missingLayers: handleUnaryCall<LayersRequest, LayersReply>;
    pushLayer: handleClientStreamingCall<LayerInput, LayerReply>;
    forward: handleBidiStreamingCall<ForwardInput, TunnelOutput>;
    debug: handleBidiStreamingCall<DebugInput, TunnelOutput>;
    copy: handleBidiStreamingCall<CopyInput, TunnelOutput>;
    end: handleUnaryCall<EndRequest, EndReply>;
}
export interface ControlClient extends Client {
    status(request: StatusRequest, callback: (error: ServiceError | null, response: StatusReply) => void): ClientUnaryCall;
    status(request: StatusRequest, metadata: Metadata, callback: (error: ServiceError | null, response: StatusReply) => void): ClientUnaryCall;
    status(request: StatusRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: StatusReply) => void): ClientUnaryCall;
    logs(request: LogsRequest, options?: Partial<CallOptions>): ClientReadableStream<LogLines>;
    logs(request: LogsRequest, metadata?: Metadata, options?: Partial<CallOptions>): ClientReadableStream<LogLines>;
    startService(request: ServiceRequest, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    startService(request: ServiceRequest, metadata: Metadata, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    startService(request: ServiceRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    stopService(request: ServiceRequest, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    stopService(request: ServiceRequest, metadata: Metadata, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    stopService(request: ServiceRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    restartService(request: ServiceRequest, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    restartService(request: ServiceRequest, metadata: Metadata, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    restartService(request: ServiceRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: ServiceReply) => void): ClientUnaryCall;
    incidents(request: IncidentsRequest, callback: (error: ServiceError | null, response: IncidentsReply) => void): ClientUnaryCall;
    incidents(request: IncidentsRequest, metadata: Metadata, callback: (error: ServiceError | null, response: IncidentsReply) => void): ClientUnaryCall;
    incidents(request: IncidentsRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: IncidentsReply) => void): ClientUnaryCall;
    report(request: ReportRequest, callback: (error: ServiceError | null, response: ReportReply) => void): ClientUnaryCall;
    report(request: ReportRequest, metadata: Metadata, callback: (error: ServiceError | null, response: ReportReply) => void): ClientUnaryCall;
    report(request: ReportRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: ReportReply) => void): ClientUnaryCall;
    exec(): ClientDuplexStream<ExecInput, ExecOutput>;
    exec(options: Partial<CallOptions>): ClientDuplexStream<ExecInput, ExecOutput>;
    exec(metadata: Metadata, options?: Partial<CallOptions>): ClientDuplexStream<ExecInput, ExecOutput>;
    missingLayers(request: LayersRequest, callback: (error: ServiceError | null, response: LayersReply) => void): ClientUnaryCall;
    missingLayers(request: LayersRequest, metadata: Metadata, callback: (error: ServiceError | null, response: LayersReply) => void): ClientUnaryCall;
    missingLayers(request: LayersRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: LayersReply) => void): ClientUnaryCall;
    pushLayer(callback: (error: ServiceError | null, response: LayerReply) => void): ClientWritableStream<LayerInput>;
    pushLayer(metadata: Metadata, callback: (error: ServiceError | null, response: LayerReply) => void): ClientWritableStream<LayerInput>;
    pushLayer(options: Partial<CallOptions>, callback: (error: ServiceError | null, response: LayerReply) => void): ClientWritableStream<LayerInput>;
    pushLayer(metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: LayerReply) => void): ClientWritableStream<LayerInput>;
    forward(): ClientDuplexStream<ForwardInput, TunnelOutput>;
    forward(options: Partial<CallOptions>): ClientDuplexStream<ForwardInput, TunnelOutput>;
    forward(metadata: Metadata, options?: Partial<CallOptions>): ClientDuplexStream<ForwardInput, TunnelOutput>;
    debug(): ClientDuplexStream<DebugInput, TunnelOutput>;
    debug(options: Partial<CallOptions>): ClientDuplexStream<DebugInput, TunnelOutput>;
    debug(metadata: Metadata, options?: Partial<CallOptions>): ClientDuplexStream<DebugInput, TunnelOutput>;
    copy(): ClientDuplexStream<CopyInput, TunnelOutput>;
    copy(options: Partial<CallOptions>): ClientDuplexStream<CopyInput, TunnelOutput>;
    copy(metadata: Metadata, options?: Partial<CallOptions>): ClientDuplexStream<CopyInput, TunnelOutput>;
    end(request: EndRequest, callback: (error: ServiceError | null, response: EndReply) => void): ClientUnaryCall;
    end(request: EndRequest, metadata: Metadata, callback: (error: ServiceError | null, response: EndReply) => void): ClientUnaryCall;
    end(request: EndRequest, metadata: Metadata, options: Partial<CallOptions>, callback: (error: ServiceError | null, response: EndReply) => void): ClientUnaryCall;
}
export declare const ControlClient: {
    new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>): ControlClient;
    service: typeof ControlService;
    serviceName: string;
};
interface MessageFns<T> {
    encode(message: T, writer?: BinaryWriter): BinaryWriter;
    decode(input: BinaryReader | Uint8Array, length?: number): T;
}
export {};
