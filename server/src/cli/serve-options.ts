export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly exchange?: string;
  readonly printConfig?: boolean;
}
