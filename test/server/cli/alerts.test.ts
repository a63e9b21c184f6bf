import assert from 'node:assert/strict';
import {
  alertPreviewResponseSchema,
  alertRulesResponseSchema,
  alertRulesSchema,
  alertsResponseSchema,
  quickScanRequestSchema,
  webhooksRequestSchema,
  webhookTestResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { MovingClock } from '../../support/moving-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TestWindows } from '../http/test-windows.ts';
import { WebhookReceiver } from '../webhooks/webhook-receiver.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const DAY = 86_400_000;
const SCAN = quickScanRequestSchema.parse({ analyze: false, limit: 8 });

describe('fast-scanner alerts', () => {
  const folder = temporaryFolder();
  const clock = new MovingClock(Date.UTC(2026, 0, 7, 10, 20));
  let windows: TestWindows;
  let receiver: WebhookReceiver;

  before(async () => {
    receiver = await WebhookReceiver.open();
    windows = await TestWindows.open({ dataDir: folder.path, config: { webhookAllowPrivate: true }, clock });
  });
  after(async () => {
    await windows.close();
    await receiver.close();
  });

  const command = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand(['alerts', ...args, '--url', windows.url]);
  const scan = async () => {
    const { scanner } = windows.app;
    await scanner.start(SCAN);
    await eventually(async () => assert.equal((await scanner.scanStatus()).status.isScanning, false));
  };

  it('list and test say when there is nothing yet', async () => {
    const listed = await command('list');
    assert.deepEqual([listed.exitCode, listed.out], [0, '']);
    assert.match(listed.err, /no such alerts/);
    const tested = await command('test');
    assert.deepEqual([tested.exitCode, tested.out], [0, '']);
    assert.match(tested.err, /nothing to try the rules on: no scan has completed yet/);
  });

  it('list prints a table, the newest first, and takes its filters to the server', async () => {
    await scan();
    clock.setAhead(DAY);
    await scan();
    const { exitCode, out } = await command('list');
    assert.equal(exitCode, 0);
    assert.match(out, /Fired.*Rule.*Symbol.*Candles.*Closed.*What.*Price.*Exchange.*Data/);
    assert.match(
      out,
      /flip .* went from .* 2026-01-08 10:00 UTC|2026-01-08 10:00 UTC .* went from .* simulated market/,
    );
    const { alerts } = alertsResponseSchema.parse(JSON.parse((await command('list', '--json')).out));
    const [newest] = alerts;
    assert.ok(newest);
    const seqs = alerts.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      [...seqs].sort((left, right) => right - left),
    );
    const one = await command('list', '--symbol', newest.symbol.toLowerCase(), '--limit', '1', '--json');
    assert.deepEqual(alertsResponseSchema.parse(JSON.parse(one.out)).alerts, [newest]);
    assert.match((await command('list', '--limit', '1')).err, /newest 1; there may be more/);
    assert.match((await command('list', '--timeframe', '4h')).err, /no such alerts/);
  });

  it('rules prints what is watched, from which size on', async () => {
    const { out } = await command('rules');
    assert.match(out, /price-move .* yes .* price_move .* 3 % or 2 ATR .* all .* 1 candle /);
    assert.match(out, /confluence .* 0\.75 of the timeframes/);
    const { rules } = alertRulesResponseSchema.parse(JSON.parse((await command('rules', '--json')).out));
    assert.equal(rules.length, 6);
  });

  it('test says what has fired, how much else there is, and each reason if asked', async () => {
    const { exitCode, out, err } = await command('test');
    assert.equal(exitCode, 0);
    assert.match(out, /^Scan scan_\w+ after scan_\w+: nothing fires\.$/m);
    assert.match(
      out,
      /flip .* fired already .* went from .*; fired already, for the candle that closed at 2026-01-08T10:00/,
    );
    assert.match(
      out,
      /Rule .* fires .* fired already .* rests .* too small .* unchanged .* unknown .* not watched/,
    );
    assert.match(out, /score .* 8 /);
    assert.match(err, /With --all each symbol/);
    const all = await command('test', '--all');
    assert.match(all.out, /score .* unknown .* no deep analysis/);
    const asDocument = JSON.parse((await command('test', '--symbol', 'btc/usdt', '--json')).out);
    const preview = alertPreviewResponseSchema.parse(asDocument.preview);
    assert.deepEqual(new Set(preview.verdicts.map(({ symbol }) => symbol)), new Set(['BTC/USDT']));
    assert.equal(asDocument.delivery, null);
  });

  it('test says what would fire under new rules, and what rests', async () => {
    const rules = [
      { id: 'any-move', change: 'price_move', threshold: 0.0001 },
      { id: 'far', change: 'price_move', threshold: 99 },
      { id: 'off', change: 'flipped', enabled: false },
    ];
    await windows.app.scanner.updateAlertRules(alertRulesSchema.parse({ rules }));
    const { out } = await command('test', '--symbol', 'BTC/USDT');
    assert.match(out, /: 1 alert fires\.$/m);
    assert.match(out, /any-move .* BTC\/USDT .* fires .* BTC\/USDT moved/);
    assert.match(out, /far .* too small .* less than 99 %/);
    assert.match(out, /off .* – .* not watched .* is switched off/);
  });

  it('test sends a webhook a test delivery and fails when that does not arrive', async () => {
    const request = { webhooks: [{ id: 'desk', url: receiver.url }] };
    await windows.app.webhooks.replace(webhooksRequestSchema.parse(request));
    const taken = await command('test', '--webhook', 'desk');
    assert.equal(taken.exitCode, 0);
    assert.match(taken.out, /Webhook desk has taken the test: answered 204 No Content \(\d+ ms, test_/);
    receiver.next = [503, 503];
    const refused = await command('test', '--webhook', 'desk');
    assert.equal(refused.exitCode, 1);
    assert.match(refused.out, /Webhook desk has not taken the test: answered 503/);
    const asDocument = await command('test', '--webhook', 'desk', '--json');
    assert.equal(asDocument.exitCode, 1);
    assert.equal(webhookTestResponseSchema.parse(JSON.parse(asDocument.out).delivery).statusCode, 503);
    const unknown = await command('test', '--webhook', 'none');
    assert.equal(unknown.exitCode, 1);
    assert.match(unknown.err, /no webhook none \(not_found\)/);
  });
});
