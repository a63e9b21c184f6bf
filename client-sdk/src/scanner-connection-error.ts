/** The server could not be reached, or what answered was not a Fast Scanner. */
export class ScannerConnectionError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ScannerConnectionError';
  }
}
