const { reporters } = require('mocha');

/** How long the process may go on after the last test before that is called a leak. */
const GRACE_MS = 10_000;

/** Mocha's dots and summary, then one plain line with the counts. A test that leaves something running fails the run. */
module.exports = class TestReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
      setTimeout(failOnLeak, GRACE_MS).unref(); // comes to nothing when the process ends by itself
    });
  }
};

function failOnLeak() {
  const resources = process.getActiveResourcesInfo().join(', ');
  process.stdout.write(`The tests have ended but left something running: ${resources}\n`);
  process.on('exit', () => {
    process.exitCode = 1; // after mocha has set its own
  });
  process.exit(1);
}
