/** Loads a bundle as Lambda does and asks it once: `node answerOnce.cjs BUNDLE EVENT`. Prints the status and the processor time. */
const [, , bundle, event] = process.argv;
const { handler } = require(bundle);
handler(JSON.parse(event), {}).then(({ statusCode }) => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`answered ${statusCode} after ${user + system} microseconds\n`);
});
