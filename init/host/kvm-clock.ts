import type { GuestFiles } from '../system/files.ts';

/**
 * The driver of the clock that KVM shows its machines (docs/time.md): for no device, so no modalias names it.
 */
export const kvmClockDriver = 'ptp_kvm';

const clockSources = '/sys/devices/system/clocksource/clocksource0/available_clocksource';

/**
 * Whether that driver may find its clock: on amd64 the kernel has recognised KVM by then, and without it the
 * driver would log an error; on arm64, whose clock source is the second, it asks for itself.
 */
export const mayHaveKvmClock = (files: Pick<GuestFiles, 'read'>): boolean =>
  /\b(?:kvm-clock|arch_sys_counter)\b/.test(files.read(clockSources) ?? '');
