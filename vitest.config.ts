import { defineConfig } from 'vitest/config';

const suite = (name: string, more: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: 30_000, hookTimeout: 60_000, ...more },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit'),
      suite('contract'),
      suite('api'),
      suite('infra', { testTimeout: 120_000, hookTimeout: 240_000 }),
      suite('browser'),
    ],
    maxWorkers: 2,
    globalSetup: 'test/support/globalSetup.ts',
    reporters: ['default', './test/support/summaryReporter.ts'],
  },
});
