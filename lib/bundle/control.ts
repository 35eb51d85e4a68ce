/** `/etc/kit/control.json`: where and how the supervisor serves over the network. Checked and settled on the host. */
export interface ControlConfig {
  /** `10.0.2.15`, `fd00::20`; empty: every address. */
  readonly host: string;
  readonly port: number;
  /** Paths in the machine of PEM files. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** Absent: nothing is revoked. */
  readonly crl?: string;
}
