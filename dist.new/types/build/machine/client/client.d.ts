import { type ClientDuplexStream, type ClientReadableStream, type ClientWritableStream } from '@grpc/grpc-js';
import { type CopyInput, type DebugInput, type ExecInput, type ExecOutput, type ForwardInput, type IncidentsReply, type Layer, type LayerInput, type LogLines, type LogsRequest, type ReportPart, type Service, type StatusReply, type TunnelOutput } from '../../../lib/control/generated/control.ts';
/**
 * Methods of the monitor itself, on the socket that also carries the guest's service. Request and reply are
 * empty.
 */
export declare const monitorMethods: {
    /** Presses the ACPI power button. */
    readonly powerButton: '/kit.monitor.v1.Monitor/PowerButton';
    /** Presses Ctrl-Alt-Del on the machine's keyboard. */
    readonly ctrlAltDel: '/kit.monitor.v1.Monitor/CtrlAltDel';
    /** Ends the machine at once. */
    readonly quit: '/kit.monitor.v1.Monitor/Quit';
};
export type ServiceVerb = 'startService' | 'stopService' | 'restartService';
/**
 * A client of one running machine, through its monitor or over the network. `using` closes the connection.
 */
export declare class MachineClient implements Disposable {
    #private;
    constructor(dir: string);
    status(deadlineMs?: number): Promise<StatusReply>;
    logs(request: LogsRequest): ClientReadableStream<LogLines>;
    service(verb: ServiceVerb, service: string): Promise<Service>;
    incidents(service: string): Promise<IncidentsReply>;
    report(): Promise<ReportPart[]>;
    /** No deadline: it lasts as long as there is something to copy. */
    copy(): ClientDuplexStream<CopyInput, TunnelOutput>;
    /** No deadline: it lasts as long as the program. */
    exec(): ClientDuplexStream<ExecInput, ExecOutput>;
    /** The digests of a debug image's layers that the machine does not have. */
    missingLayers(layers: readonly Layer[]): Promise<readonly string[]>;
    /** No deadline: a layer may be large, and the network slow. `done` rejects with the gRPC error. */
    pushLayer(): {
        readonly call: ClientWritableStream<LayerInput>;
        readonly done: Promise<void>;
    };
    /** No deadline: it lasts as long as the debugger does. */
    debug(): ClientDuplexStream<DebugInput, TunnelOutput>;
    /** No deadline: it lasts as long as the connection. */
    forward(): ClientDuplexStream<ForwardInput, TunnelOutput>;
    end(ending: 'poweroff' | 'reboot' | 'halt', deadlineMs?: number): Promise<void>;
    monitor(method: keyof typeof monitorMethods): Promise<void>;
    [Symbol.dispose](): void;
}
