export const SYMBOL_CATEGORIES = ['majors', 'altcoins', 'memes'] as const;
export type SymbolCategory = (typeof SYMBOL_CATEGORIES)[number];

/** The large, old coins. */
const MAJORS: ReadonlySet<string> = new Set(
  'BTC ETH BNB SOL XRP ADA AVAX LINK DOT LTC BCH TRX TON XLM HBAR SUI'.split(' '),
);

/** Coins that trade on attention. */
const MEMES: ReadonlySet<string> = new Set(
  (
    'DOGE SHIB PEPE WIF BONK FLOKI BRETT POPCAT MEW BOME TURBO NEIRO MOG PNUT GOAT MOODENG ACT SPX FARTCOIN TRUMP MELANIA ' +
    'PENGU BABYDOGE DOGS CAT CATI HMSTR MYRO SLERF WEN PONKE GIGA TOSHI LADYS ELON MEME PEOPLE BAN CHILLGUY PUMP USELESS'
  ).split(' '),
);

/** Coins that hold the value of a currency, and currencies themselves: nothing moves there but the peg. */
const STABLE: ReadonlySet<string> = new Set(
  (
    'USDT USDC FDUSD TUSD BUSD DAI USDP USDD PYUSD GUSD LUSD FRAX USDE SUSDE USDS USD1 RLUSD XUSD USTC UST SUSD CRVUSD GHO USD0 BFUSD USDX USDF USDG ' +
    'EURI EURC EURT EURS AEUR EUR GBP TRY BRL AUD JPY ARS ZAR UAH PLN RON MXN COP CZK IDR BIDR RUB NGN VAI XSGD BRZ'
  ).split(' '),
);

/** The same coin once more, wrapped or staked. */
const DOUBLES: ReadonlySet<string> = new Set(
  'WBTC CBBTC TBTC BBTC WBETH STETH WSTETH CBETH BETH RETH WETH EZETH WEETH BNSOL JITOSOL MSOL BBSOL WBNB'.split(
    ' ',
  ),
);

/** Tokens that follow a multiple of another coin: `BTCUP`, `ETH3L`. */
const LEVERAGED =
  /^(?:(?:BTC|ETH|BNB|XRP|ADA|DOT|LINK|LTC|TRX|SOL|AVAX)(?:UP|DOWN|BULL|BEAR)|[A-Z0-9]{2,}[2-5][LS])$/;

/** Lots of very cheap coins: `1000PEPE` is PEPE. */
const LOT = /^(?:1000000|10000|1000|1M)(?=[A-Z])/;

/**
 * The one category a coin belongs to; `null` for what no run chooses by itself: stablecoins, currencies, wrapped and staked
 * doubles, leveraged tokens. What is in no list is an altcoin.
 */
export function categoryOf(base: string): SymbolCategory | null {
  const coin = base.toUpperCase().replace(LOT, '');
  if (STABLE.has(coin) || DOUBLES.has(coin) || LEVERAGED.test(coin)) return null;
  if (MAJORS.has(coin)) return 'majors';
  return MEMES.has(coin) ? 'memes' : 'altcoins';
}
