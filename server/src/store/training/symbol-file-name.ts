import { ScannerError } from '@fast-scanner/shared';

const LONGEST = 48;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
/** Written as they are; everything else, lower-case letters included, as `%` and two hexadecimal digits. */
const PLAIN = /[A-Z0-9_.-]/;
/** Names that mean a device on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * A symbol as a name for files and folders: `BTC/USDT` is `BTC%2FUSDT`. No two symbols have the same name, not even where case does not
 * count, and `symbolOfFileName` reads it back.
 * @throws ScannerError `invalid_input` for what no file system should see: `..`, `CON`, control characters, blanks, more than 48 characters
 */
export function toSymbolFileName(symbol: string): string {
  const isSafe =
    symbol.length <= LONGEST && VISIBLE_ASCII.test(symbol) && symbol !== '.' && !symbol.includes('..');
  if (!isSafe || DEVICE.test(symbol)) {
    const shown = JSON.stringify(symbol.slice(0, LONGEST));
    throw new ScannerError('invalid_input', `symbol ${shown} cannot be the name of a file`);
  }
  return Array.from(symbol, (character, index) => {
    // Windows drops a dot at the end of a name.
    const isPlain = PLAIN.test(character) && !(character === '.' && index === symbol.length - 1);
    return isPlain ? character : percentEncoded(character);
  }).join('');
}

/** The symbol that a name of `toSymbolFileName` stands for; `null` for any other name. */
export function symbolOfFileName(name: string): string | null {
  const symbol = name.replaceAll(/%([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  try {
    return toSymbolFileName(symbol) === name ? symbol : null;
  } catch {
    return null;
  }
}

/** Whether an exchange id can name a folder. */
export function isExchangeFolder(exchange: string): boolean {
  return /^[a-z0-9]{2,24}$/.test(exchange) && !DEVICE.test(exchange);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
