/** Ends a test run with what was left out and why, and with one plain line of counts. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let [passed, failed, skipped] = [0, errors.length, 0];
    const leftOut = new Map<string, number>();
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else {
          skipped++;
          // The reason stands in the name of what was left out: one test, or its whole suite.
          const suite = test.parent.type === 'suite' ? test.parent.fullName : '';
          const place = suite.includes('(') ? suite : test.fullName;
          leftOut.set(place, (leftOut.get(place) ?? 0) + 1);
        }
      }
    }
    if (skipped > 0) console.log('\nLeft out on this machine:');
    for (const [place, count] of leftOut) console.log(`  ${count} of "${place}"`);
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
}
