import { TRAINING_SCHEMA_VERSION } from './manifest.ts';

/** The README of the folder: what whoever finds the files has to know. */
export const DATA_CARD = `# Training data of Fast Scanner

Written by the continuous scanner while it runs: what it saw (\`ohlcv\`), what it said (\`signals\`, \`clustering\`) and what came of it
(\`labels\`). Schema version ${TRAINING_SCHEMA_VERSION}. Everything here may be read at any time; nothing but Fast Scanner should write here.

## Layout
| path | format | one row is |
|---|---|---|
| \`signals/<exchange>/<SYMBOL>/<timeframe>/<yyyy-mm-dd>.jsonl\` | JSON Lines | one signal about one closed candle |
| \`clustering/…\` likewise | JSON Lines | the volume clusters at one closed candle |
| \`labels/…\` likewise | JSON Lines | the outcome of one signal |
| \`ohlcv/<exchange>/<SYMBOL>/<timeframe>/<period>.jsonl\`, \`.parquet\` | JSON Lines while the period is open, then Parquet | one closed candle |
| \`manifest.json\` | JSON | per file: rows, first and last time, size, SHA-256, whether it is sealed |
| \`journal/\` | internal | what is on its way into the files above; it is there already while the scanner runs |
| \`quarantine/\` | as found | damaged files, each beside a note that says why |

A day is a UTC day. Candles of an hour or longer are filed by month (\`yyyy-mm\`), shorter ones by day. The day of a signal is the one in
which its candle closed; the period of a candle is the one in which it opened. In names, everything but \`A–Z 0–9 _ . -\` is written as
\`%\` and two hexadecimal digits: \`BTC%2FUSDT\` is \`BTC/USDT\`.

Identity: exchange, symbol, timeframe and candle. There is one row for each; what was written first stays. Rows of an open file are in the
order they came; sealed files are in order of time. A sealed file is complete and changes only when records come very late. While both
exist, \`.parquet\` and \`.jsonl\` of the same period belong together.

\`\`\`python
import duckdb
duckdb.sql("SELECT * FROM 'ohlcv/demo/BTC%2FUSDT/5m/*.parquet' ORDER BY openTime")
import pandas as pd
pd.read_json("signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl", lines=True)
\`\`\`

## Columns
### ohlcv
| column | type | unit |
|---|---|---|
| \`openTime\` | Parquet: timestamp in ms, UTC; JSON Lines: integer | ms since 1970-01-01 UTC |
| \`open\`, \`high\`, \`low\`, \`close\` | double | quote currency for one unit of the base |
| \`volume\` | double | base units traded while the candle was open |

Only candles that had closed by the exchange's clock. A candle the exchange did not send is absent: nothing is filled in.

### signals
| column | unit |
|---|---|
| \`exchange\`, \`symbol\`, \`timeframe\`, \`style\` | the series; the style of trading that looks at this timeframe |
| \`candleCloseTime\` | ISO 8601 UTC; the candle the signal is about has closed then: nothing later was known |
| \`timestamp\` | ISO 8601 UTC; when it was computed |
| \`price\` | the candle's close, quote currency |
| \`signal_type\` | MOMENTUM_BUY, MOMENTUM_SELL, REVERSION_BULLISH, REVERSION_BEARISH, STRONG_BUY, STRONG_SELL, WEAK_BUY, WEAK_SELL, NEUTRAL |
| \`combined_score\`, \`momentum.momentum_score\`, \`reversion.reversion_score\` | 0–100 |
| \`momentum.price_change_pct\`, \`reversion.recent_gain_pct\` | percent, over 10 and over 5 candles |
| \`momentum.volume_ratio\` | mean volume of 5 candles as a multiple of the mean of 20; null when nothing was traded |
| \`momentum.strength_classification\` | strong, moderate, weak |
| \`reversion.consecutive_moves\` | candles in a row that moved one way by more than 0.1 % |
| \`reversion.is_overbought\`, \`reversion.is_oversold\` | RSI 14 above 70, below 30 |
| \`clustering.*\` | as below |

### clustering
| column | unit |
|---|---|
| \`total_clusters\`, \`bullish_clusters\`, \`bearish_clusters\` | runs of candles of one direction with high volume among the newest 20 |
| \`directional_ratio\`, \`follow_through\`, \`cluster_strength\` | ratios 0–1; the last is the product of the others |
| \`trend_formation_signal\` | whether the clusters form a trend that the newest candles follow |

### labels
| column | unit |
|---|---|
| identity as of the signal | |
| \`outcome\` | which was reached first after the signal's candle: \`target\`, \`stop\`, or neither within the horizon (\`timeout\`); when a candle reached both, the stop |
| \`forward_return_pct\` | percent, from the signal's close to the end of the horizon |
| \`horizon_candles\` | length of the horizon in candles of the timeframe |
| \`labelled_at\` | ISO 8601 UTC; when it was known |

A label is looked at from after the signal: it is what a model learns to tell, never an input. Signals of the last horizon have none yet.

## Source and licence
The exchange named in the path, through its public interface; \`demo\` is simulated, \`files\` is recorded data of its owner. Market data are
subject to the terms of the exchange they come from, which commonly forbid passing them on: check these before you share files of this
folder. Fast Scanner's own licence covers none of the data.

## Caveats
The universe is what somebody chose to follow, which favours what is alive today (survivorship bias). There are gaps where the scanner did
not run. Scores are not probabilities. Split by time and leave out a horizon's length between the parts, or labels leak.
`;
